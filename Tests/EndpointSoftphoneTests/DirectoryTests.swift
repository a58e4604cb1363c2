import Exchange
import HomelineTesting
import Store
import Synchronization
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

    @Test func `a new password for all apps ends the registrations by the old one, and no others`() async throws {
        let directory = Directory(ledger: ledger)
        try await add("alice")
        try await add("bob")
        _ = try await directory.load(now: start)
        let own = binding(Self.tablet, password: AppPassword.ID(high: 1, low: 1))
        try await directory.apply([.save(binding(Self.phone)), .save(own)], to: "alice", now: start)
        try await directory.apply([.save(binding(Self.phone, of: "bob"))], to: "bob", now: start)
        let changed = SIPCredentials(realm: "home.test", user: "alice", password: "other")
        try await ledger.save(Person(id: "alice", lines: ["home"], credentials: changed))
        try await directory.refresh(now: start + .seconds(1))
        #expect(directory.bindings(of: "alice", now: start).map(\.device) == [Self.tablet])
        #expect(directory.bindings(of: "bob", now: start).map(\.device) == [Self.phone])
        // Nor does a restart bring it back.
        let kept = try await ledger.bindings(now: start)
        #expect(Set(kept.map { "\($0.person) \($0.device)" }) == ["alice tablet", "bob phone"])
        // What is kept for the device stays.
        let devices = try await ledger.devices(of: "alice")
        #expect(devices == [Self.phone, Self.tablet])
    }

    @Test(arguments: [Duration.seconds(8 * 3_600), .seconds(-8 * 3_600)])
    func `a clock that is set makes no registration shorter or longer`(step: Duration) async throws {
        let uptime = Uptime()
        let directory = Directory(ledger: ledger) { uptime.now }
        try await add("alice")
        try await ledger.save(binding(Self.tablet))
        _ = try await directory.load(now: start)
        try await directory.apply([.save(binding(Self.phone))], to: "alice", now: start)
        uptime.advance(by: .seconds(10))
        let now = start + .seconds(10) + step
        let fresh = binding("laptop").moved(by: now - start)
        try await directory.apply([.save(fresh)], to: "alice", now: now)
        try await directory.refresh(now: now)
        let moved = binding(Self.phone).moved(by: step)
        #expect(moved.expiresAt == start + .seconds(3_600) + step)
        #expect(directory.binding("alice", Self.phone, now: now) == moved)
        #expect(directory.binding("alice", "laptop", now: now) == fresh)
        // Of a run before this one, when the clock may have been right.
        #expect(directory.binding("alice", Self.tablet, now: now)?.expiresAt == (step > .zero ? nil : start + .seconds(3_600)))
        #expect(directory.takeMoved() == [moved])
        #expect(directory.takeMoved().isEmpty)
        let written = try await ledger.bindings(now: now).filter { $0.device == Self.phone }
        #expect(written == [moved])
    }

    @Test func `a clock that is set back makes no registration longer that is older than what it was set back by`() async throws {
        let uptime = Uptime()
        let directory = Directory(ledger: ledger) { uptime.now }
        try await add("alice")
        _ = try await directory.load(now: start)
        try await directory.apply([.save(binding(Self.phone, for: 7_200))], to: "alice", now: start)
        uptime.advance(by: .seconds(3_600))
        try await directory.refresh(now: start + .seconds(3_600))
        uptime.advance(by: .seconds(1))
        let step = Duration.seconds(-1_800), now = start + .seconds(3_601) + step
        try await directory.refresh(now: now)
        #expect(directory.binding("alice", Self.phone, now: now)?.expiresAt == start + .seconds(7_200) + step)
    }

    @Test func `a clock that goes right moves no registration`() async throws {
        let uptime = Uptime()
        let directory = Directory(ledger: ledger) { uptime.now }
        try await add("alice")
        _ = try await directory.load(now: start)
        try await directory.apply([.save(binding(Self.phone))], to: "alice", now: start)
        for hours in 1...2 {
            uptime.advance(by: .seconds(3_600))
            try await directory.refresh(now: start + .seconds(3_600 * hours + 1))
        }
        #expect(directory.takeMoved().isEmpty)
        #expect(directory.bindings(of: "alice", now: start).isEmpty)
    }

    @Test func `a longer registration that could not be written is written when it can be`() async throws {
        let faults = Fault(ledger)
        let directory = Directory(ledger: InterceptedLedger(faults))
        try await add("alice")
        _ = try await directory.load(now: start)
        for seconds in [3_600, 7_200] { try await directory.apply([.save(binding(Self.phone, for: seconds))], to: "alice", now: start) }
        faults.isFull.withLock { $0 = true }
        await #expect(throws: LedgerError.full("no room")) { try await directory.refresh(now: start + .seconds(1)) }
        faults.isFull.withLock { $0 = false }
        try await directory.refresh(now: start + .seconds(2))
        let written = try await ledger.bindings(now: start)
        #expect(written.map(\.expiresAt) == [start + .seconds(7_200)])
    }

    @Test func `another line for a person ends no registration`() async throws {
        let directory = Directory(ledger: ledger)
        try await add("alice")
        _ = try await directory.load(now: start)
        try await directory.apply([.save(binding(Self.phone))], to: "alice", now: start)
        let person = try #require(directory.person("alice"))
        try await ledger.save(Person(id: "alice", lines: ["home", "work"], credentials: person.credentials))
        try await directory.refresh(now: start + .seconds(1))
        #expect(directory.bindings(of: "alice", now: start).map(\.device) == [Self.phone])
    }

    private func binding(_ device: DeviceID, of person: PersonID = "alice", for seconds: Int = 3_600, password: AppPassword.ID? = nil) -> Binding {
        Binding(
            person: person, device: device, contact: "sip:\(person)@192.0.2.1", path: [], flow: "tcp", callID: "c", cseq: 1, userAgent: "",
            registeredAt: start, expiresAt: start + .seconds(seconds), password: password)
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

/// A ledger without room for registrations, at times.
private final class Fault: LedgerInterceptor {
    let isFull = Mutex(false)
    private let ledger: MemoryLedger

    init(_ ledger: MemoryLedger) { self.ledger = ledger }

    func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        if call == .saveBinding, isFull.withLock(\.self) { throw .full("no room") }
        return try await body(ledger)
    }
}

private final class Uptime: Sendable {
    private let instant = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { instant.withLock(\.self) }

    func advance(by duration: Duration) { instant.withLock { $0 += duration } }
}
