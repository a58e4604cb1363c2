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
}
