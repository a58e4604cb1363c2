import Exchange
import Foundation
import HomelineTesting
import Store
import Telephony
import Testing

@testable import Daemon

@Suite struct RestoreTests {
    @Test func `what waited is in doubt and is not sent twice`() async throws {
        let house = try House()
        let waiting = try await house.submit("waits")
        try await house.make()
        let (state, result) = try await house.restore(to: "restored")
        #expect(result.held.sends == 1)
        let ledger = try LedgerAccess.open(state)
        #expect(try await ledger.message(waiting.id)?.state == .inDoubt)
        let now = house.clock.now()
        #expect(try await ledger.claim(.trunk("home"), limit: 9, now: now, lease: now + .seconds(9), mint: house.mint).claims.isEmpty)
        // The original goes on as it was.
        #expect(try await house.ledger.message(waiting.id)?.state == .queued)
    }

    @Test func `the audit log of the restored house says that it was`() async throws {
        let house = try House()
        try await house.make()
        let (state, _) = try await house.restore(to: "restored")
        let entries = try await LedgerAccess.open(state).auditEntries(before: nil, limit: 9)
        #expect(entries.map(\.act) == [.restored] && entries.map(\.place) == ["command line"])
        #expect(try await house.ledger.auditEntries(before: nil, limit: 9).isEmpty)
    }

    @Test func `files of a configuration that an earlier restore left are there after a second`() async throws {
        let house = try House()
        let kept = house.state.path + "/configuration/etc/old"
        try FileManager.default.createDirectory(atPath: house.state.path + "/configuration/etc", withIntermediateDirectories: true)
        try Data("of before".utf8).write(to: URL(filePath: kept))
        try await house.make()
        let (state, result) = try await house.restore(to: "restored")
        #expect(house.text(of: state.path + "/configuration/etc/old") == "of before")
        #expect(result.configuration.contains { $0.hasSuffix("/homeline.yaml") })
    }

    @Test func `a directory with a ledger is refused, and put aside when told to`() async throws {
        let house = try House()
        let old = try await house.submit("of before")
        try await house.make()
        let (state, _) = try await house.restore(to: "restored")
        let ledger = try LedgerAccess.open(state)
        _ = try await ledger.forget(old.id, at: house)
        try ledger.close()
        await #expect(throws: BackupError.self) { try await house.restore(to: "restored") }
        let (_, result) = try await house.restore(to: "restored", .replace)
        let aside = try #require(result.replaced)
        #expect(FileManager.default.fileExists(atPath: aside + "/ledger.sqlite"))
        #expect(try await LedgerAccess.open(state).message(old.id) != nil)
    }

    /// Under systemd the directory that everybody names is a link to the one that is the daemon's.
    @Test(.enabled(if: geteuid() == 0))
    func `what root restores belongs to the daemon, also where a link leads to its directory`() async throws {
        let house = try House()
        try await house.submit("hello", [try await house.picture(3)])
        try await house.make()
        let place = StateDirectory(house.directory.file("private"))
        try place.create()
        #expect(chown(place.path, 4711, 4712) == 0)
        #expect(symlink("private", house.directory.file("restored")) == 0)
        let (state, _) = try await house.restore(to: "restored")
        for name in ["ledger.sqlite", "files.key", "media", "trunks/home/notes"] {
            #expect(Owner(of: "\(state.path)/\(name)") == Owner(user: 4711, group: 4712), "\(name)")
        }
    }

    @Test func `a directory that a daemon runs on is refused`() async throws {
        let house = try House()
        try await house.make()
        let target = StateDirectory(house.directory.file("running"))
        try target.create()
        let lock = try target.lock()
        await #expect(throws: BackupError.refused("Another homeline runs on \(target.path)")) { try await house.restore(to: "running", .replace) }
        withExtendedLifetime(lock) {}
    }

    @Test func `a wrong passphrase changes nothing`() async throws {
        let house = try House()
        try await house.make()
        await #expect(throws: BackupError.wrongPassphrase) { try await house.restore(to: "restored", passphrase: "another passphrase") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: house.directory.file("restored")) == ["lock"])
    }

    @Test(arguments: [0.1, 0.5, 0.9, 0.999])
    func `one that is cut off changes nothing`(_ share: Double) async throws {
        let house = try House()
        try await house.submit("hello", [try await house.picture(3)])
        try await house.make()
        let whole = try Data(contentsOf: URL(filePath: house.backup))
        let cut = house.directory.file("cut")
        try whole.prefix(Int(Double(whole.count) * share)).write(to: URL(filePath: cut))
        await #expect(throws: BackupError.self) { try await house.restore(to: "restored", from: cut) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: house.directory.file("restored")) == ["lock"])
    }

    @Test func `one of a newer version is refused with what to do`() async throws {
        let house = try House()
        let path = house.directory.file("newer")
        try house.seal([("about.json", Array(#"{"format":2}"#.utf8))], to: path)
        await #expect(throws: BackupError.refused("The backup was made by a newer version of Homeline (format 2; this one knows 1).")) {
            try await house.restore(to: "restored", from: path)
        }
        let about = BackupAbout(madeAt: house.clock.now(), schema: SQLiteLedger.schema + 1, messages: 0)
        let ledger = try Data(contentsOf: URL(filePath: house.state.ledger))
        try house.seal([("about.json", about.octets), ("state/ledger.sqlite", Array(ledger)), ("end.json", BackupEnd(missing: []).octets)], to: path)
        await #expect(throws: BackupError.self) { try await house.restore(to: "restored", from: path) }
    }

    @Test(arguments: [
        [("passwd", "x")], [("about.json", "{}")], [("about.json", "x")], [],
        [("about.json", #"{"format":1,"madeAtMilliseconds":1,"schema":1,"messages":0}"#)],
        [("about.json", #"{"format":1,"madeAtMilliseconds":1,"schema":1,"messages":0}"#), ("state/ledger.sqlite", "no database"), ("end.json", #"{"missing":[]}"#)],
    ])
    func `what is no backup is refused`(_ files: [(String, String)]) async throws {
        let house = try House()
        let path = house.directory.file("other")
        try house.seal(files.map { ($0.0, Array($0.1.utf8)) }, to: path)
        await #expect(throws: BackupError.self) { try await house.restore(to: "restored", from: path) }
        #expect(!FileManager.default.fileExists(atPath: house.directory.file("restored/ledger.sqlite")))
    }

    @Test func `the configuration is put where it was, over nothing`() async throws {
        let house = try House()
        try await house.make()
        let root = house.directory.file("root")
        let password = root + BackupContents.absolute(house.directory.file("password"))
        try FileManager.default.createDirectory(atPath: URL(filePath: password).deletingLastPathComponent().path(percentEncoded: false), withIntermediateDirectories: true)
        try Data("another".utf8).write(to: URL(filePath: password))
        let (_, result) = try await house.restore(to: "restored", configuration: .place(below: root))
        #expect(result.configuration == [root + BackupContents.absolute(house.configuration)])
        #expect(result.kept == [password])
        #expect(house.text(of: password) == "another")
    }

    @Test func `no daemon starts where a restore was cut short, and the next restore mends it`() async throws {
        let house = try House()
        try await house.submit("hello")
        try await house.make()
        let state = StateDirectory(house.directory.file("restored"))
        try StateDirectory(state.unfinished).create()
        #expect(throws: StateError.self) { try LedgerAccess.open(state) }
        _ = try await house.restore(to: "restored", .replace)
        #expect(try await LedgerAccess.open(state).audit().messages == 1)
    }

    @Test func `no daemon starts either where the next restore fails`() async throws {
        let house = try House()
        try await house.make()
        let state = StateDirectory(house.directory.file("restored"))
        try StateDirectory(state.unfinished + "/media").create()
        await #expect(throws: BackupError.wrongPassphrase) { try await house.restore(to: "restored", .replace, passphrase: "another passphrase") }
        #expect(throws: StateError.self) { try LedgerAccess.open(state) }
        _ = try await house.restore(to: "restored", .replace)
        #expect(try LedgerAccess.open(state).schemaStep == nil)
    }

    @Test func `a dry run finds what a restore would, and leaves nothing`() async throws {
        let house = try House()
        try await house.submit("hello", [try await house.picture(3)])
        try await house.make()
        let scratch = try TemporaryDirectory()
        let proof = try await Restore.prove(house.backup, passphrase: House.passphrase, scratch: scratch.path)
        #expect(proof.messages == 1)
        #expect(proof.files == 1)
        #expect(proof.faults == [])
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/backup") == ["lock"])
    }
}

extension SQLiteLedger {
    /// Forgets a message that waits, by taking it as failed first.
    fileprivate func forget(_ message: MessageID, at house: House) async throws -> Bool {
        guard let delivery = try await deliveries(of: message).first?.delivery.id else { return false }
        try await decide(delivery, .takeAsFailed, now: house.clock.now())
        return try await forget(message)
    }
}
