import Console
import Exchange
import Foundation
import HomelineTesting
import Store
import Telephony
import Testing

@testable import Daemon

@Suite struct HouseRestorationTests {
    /// A daemon on which nothing is set up, beside a house with a backup.
    private struct Fresh {
        let house: House
        let state: StateDirectory
        let life: DaemonLife
        let restoration: HouseRestoration

        init() async throws {
            house = try House()
            try house.configurationText(listen: "0.0.0.0:8080").write(toFile: house.configuration, atomically: true, encoding: .utf8)
            try await house.submit("hello")
            let now = house.clock.now()
            try await house.ledger.hold(
                HeldMessage(
                    id: house.mint.identifier(), person: "alice", line: "home", recipients: [.number("+15550100")], parts: [.text("later")], due: now, heldAt: now))
            try await house.make()
            state = StateDirectory(house.directory.file("fresh"))
            try LedgerAccess.open(state).close()
            let file = ConfigurationFile(house.directory.file("fresh.yaml"))
            try file.write("state: \(state.path)\nhttp:\n  listen: 127.0.0.1:8080\n")
            life = DaemonLife(file, running: try file.read())
            restoration = HouseRestoration(state: state, life: life, now: house.clock.now)
        }

        func bring(_ octets: Data? = nil) async throws {
            let whole = try octets ?? Data(contentsOf: URL(filePath: house.backup))
            let incoming = try restoration.receive(whole.count)
            for start in stride(from: 0, to: whole.count, by: 1000) { try await incoming.take(Array(whole[start..<min(start + 1000, whole.count)])) }
            try await incoming.keep()
        }

        var names: Set<String> { get throws { Set(try FileManager.default.contentsOfDirectory(atPath: state.path)) } }
    }

    @Test func `the house is looked at beside what is there, and moves in when nothing runs`() async throws {
        let fresh = try await Fresh()
        try await fresh.bring()
        let restored = try await fresh.restoration.restore(passphrase: House.passphrase, askedFrom: "192.0.2.7")
        #expect(restored == RestoredHouse(madeAt: fresh.house.clock.now(), messages: 1, files: 0, inDoubt: 1, scheduled: 1, door: .same))
        // Until the services have ended nothing of it is used.
        #expect(try await LedgerAccess.open(fresh.state).lastEntry() == 0)
        guard case .moving(let moving)? = fresh.life.next else { return #expect(Bool(false), "the daemon is to begin anew") }
        let (next, refusal) = moving.moveIn(fresh.life)
        #expect(refusal == nil && next.settings.stateDirectory == fresh.state.path && next.settings.lines.map(\.id) == ["home"])
        #expect(next.settings.http.listen == "0.0.0.0:8080")
        let ledger = try LedgerAccess.open(fresh.state)
        #expect(try await ledger.messages(after: nil, limit: 9, lines: nil).map(\.message.text) == ["hello"])
        let entry = try #require(try await ledger.auditEntries(before: nil, limit: 1).first)
        #expect(entry.act == .restored && entry.place == "192.0.2.7")
        #expect(fresh.house.text(of: fresh.state.path + "/factors.key") == "the factors' key")
        #expect(try fresh.names.filter { $0.hasPrefix("restor") } == [])
        #expect(try fresh.life.file.text() == next.text && next.text.contains("# the secret"))
    }

    @Test func `a wrong passphrase leaves the file for another try, and changes nothing`() async throws {
        let fresh = try await Fresh()
        try await fresh.bring()
        await #expect(throws: RestoreRefusal.wrongPassphrase) { _ = try await fresh.restoration.restore(passphrase: "a wrong passphrase", askedFrom: "local") }
        #expect(fresh.life.next == nil && fresh.restoration.waiting != nil)
        #expect(try !fresh.names.contains("restoring-house"))
        _ = try await fresh.restoration.restore(passphrase: House.passphrase, askedFrom: "local")
        #expect(fresh.restoration.waiting == nil)
    }

    @Test func `what is cut off, or no backup, is refused with a sentence`() async throws {
        let fresh = try await Fresh()
        await #expect(throws: RestoreRefusal.noFile) { _ = try await fresh.restoration.restore(passphrase: "x", askedFrom: "local") }
        let whole = try Data(contentsOf: URL(filePath: fresh.house.backup))
        for octets in [whole.dropLast(30), Data("a holiday".utf8)] {
            try await fresh.bring(Data(octets))
            let refusal = await #expect(throws: RestoreRefusal.self) { _ = try await fresh.restoration.restore(passphrase: House.passphrase, askedFrom: "local") }
            guard case .file(let sentence)? = refusal else { return #expect(Bool(false), "\(String(describing: refusal))") }
            #expect(sentence.hasPrefix("The backup cannot be used"))
        }
        #expect(fresh.life.next == nil)
    }

    @Test func `more than the disk has room for is refused before it comes`() async throws {
        let fresh = try await Fresh()
        #expect(throws: RestoreRefusal.noRoom) { _ = try fresh.restoration.receive(1 << 60) }
        #expect(fresh.restoration.waiting == nil)
    }

    @Test func `an upload that ends halfway leaves nothing, nor does one from before a start`() async throws {
        let fresh = try await Fresh()
        do {
            let incoming = try fresh.restoration.receive(nil)
            try await incoming.take([1, 2, 3])
        }
        #expect(try fresh.names.filter { $0.hasPrefix("restor") } == [])
        try await fresh.bring()
        try Data("a part".utf8).write(to: URL(filePath: fresh.state.path + "/restoring-file.part"))
        try StateDirectory(fresh.state.path + "/restoring-house/state").create()
        #expect(HouseRestoration(state: fresh.state, life: fresh.life, now: fresh.house.clock.now).waiting == nil)
        #expect(try fresh.names.filter { $0.hasPrefix("restor") } == [])
    }

    @Test func `settings that do not hold here are told, and the messages are there all the same`() async throws {
        let fresh = try await Fresh()
        try fresh.house.configurationText(listen: "0.0.0.0:8080", trunk: "carrier-pigeon").write(toFile: fresh.house.configuration, atomically: true, encoding: .utf8)
        try await fresh.house.make()
        try await fresh.bring()
        let restored = try await fresh.restoration.restore(passphrase: House.passphrase, askedFrom: "local")
        #expect(restored.settingsRefusal?.contains("carrier-pigeon") == true && restored.door == .same)
        guard case .moving(let moving)? = fresh.life.next else { return #expect(Bool(false), "the daemon is to begin anew") }
        let (next, refusal) = moving.moveIn(fresh.life)
        #expect(refusal?.contains("carrier-pigeon") == true && next.text == fresh.life.running.text)
        #expect(try await LedgerAccess.open(fresh.state).lastEntry() > 0)
    }

    @Test(arguments: [
        ("listen: 0.0.0.0:8080", RestoredHouse.Door.same), ("listen: 127.0.0.1:8080", .same), ("listen: 127.0.0.1:8081", .other("http://127.0.0.1:8081")),
        ("listen: 192.0.2.9:8080", .other("http://192.0.2.9:8080")), ("{listen: 0.0.0.0:8080, console: off}", .none),
        ("{listen: 0.0.0.0:8081, public-url: https://sms.example.org}", .other("https://sms.example.org")), ("listen: none", .none),
    ])
    func `where the pages will be is told`(http: String, door: RestoredHouse.Door) throws {
        func settings(_ http: String) throws -> HTTPSettings {
            try DaemonSettings(yaml: http.hasPrefix("{") ? "http: \(http)\n" : "http:\n  \(http)\n").http
        }
        #expect(try settings(http).door(from: settings("listen: 127.0.0.1:8080")) == door)
    }
}
