import Exchange
import Store
import Telephony
import Testing

@testable import EndpointSoftphone

@Suite struct DirectoryTests {
    private let ledger = MemoryLedger()

    private func add(_ name: String) async throws {
        let person = PersonID(name)
        try await ledger.save(Person(id: person, lines: ["home"], credentials: SIPCredentials(realm: "home.test", user: name, password: "secret")))
    }

    @Test func `a person added a moment ago is found by looking, not by waiting`() async throws {
        let directory = Directory(ledger: ledger)
        _ = try await directory.load(now: start)
        try await add("alice")
        #expect(directory.person("alice") == nil)
        #expect(await directory.hasNews(now: start + .seconds(1)))
        #expect(directory.person("alice") != nil)
        #expect(await !directory.hasNews(now: start + .seconds(2)))
    }

    @Test func `strangers make it look no oftener than twenty times a second`() async throws {
        let directory = Directory(ledger: ledger)
        _ = try await directory.load(now: start)
        #expect(await !directory.hasNews(now: start + .seconds(1)))
        try await add("alice")
        for wait in [0, 10, 49] { #expect(await !directory.hasNews(now: start + .milliseconds(1_000 + wait))) }
        #expect(await directory.hasNews(now: start + .milliseconds(1_050)))
    }

    @Test func `a device that was forgotten is gone, one that has just come is not`() async throws {
        let directory = Directory(ledger: ledger)
        try await add("alice")
        _ = try await directory.load(now: start)
        try await directory.apply([.save(binding(Self.phone)), .save(binding(Self.tablet))], to: "alice", now: start)
        try await ledger.forget("alice", Self.phone, now: start)
        try await directory.refresh(now: start + .seconds(1))
        #expect(directory.bindings(of: "alice", now: start).map(\.device) == [Self.tablet])
        #expect(try await ledger.devices(of: "alice") == [Self.tablet])
    }

    private func binding(_ device: DeviceID) -> Binding {
        Binding(
            person: "alice", device: device, contact: "sip:alice@192.0.2.1", path: [], flow: "tcp", callID: "c", cseq: 1, userAgent: "", registeredAt: start,
            expiresAt: start + .seconds(3600))
    }

    private static let phone = DeviceID("phone"), tablet = DeviceID("tablet")

    @Test func `a device is served once that was noted, and no longer when something was put off for it or for whichever registers first`() {
        let directory = Directory(ledger: ledger)
        #expect(!directory.isServed("alice", Self.phone))
        for device in [Self.phone, Self.tablet] { directory.noteServed("alice", device) }
        directory.noteServed("bob", Self.phone)
        directory.noteWaiting("alice", Self.phone)
        #expect(!directory.isServed("alice", Self.phone))
        #expect(directory.isServed("alice", Self.tablet) && directory.isServed("bob", Self.phone))
        directory.noteServed("alice", Self.phone)
        directory.noteWaiting("alice", nil)
        #expect(!directory.isServed("alice", Self.phone) && !directory.isServed("alice", Self.tablet))
        #expect(directory.isServed("bob", Self.phone))
    }

    @Test func `a device that unregistered is not served when it comes back, though others of its person are`() async throws {
        let directory = Directory(ledger: ledger)
        for device in [Self.phone, Self.tablet] { directory.noteServed("alice", device) }
        try await directory.apply([.remove(Self.phone)], to: "alice", now: start)
        #expect(!directory.isServed("alice", Self.phone))
        #expect(directory.isServed("alice", Self.tablet))
    }
}
