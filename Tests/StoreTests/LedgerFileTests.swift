import Exchange
import Foundation
import GRDB
import HomelineTesting
import Telephony
import Testing

@testable import Store

@Suite struct LedgerFileTests {
    @Test func `every commit is synced, and the log is written ahead`() async throws {
        let ledger = try Scratch().ledger
        #expect(try await ledger.write { try $0.db.integer("PRAGMA synchronous") } == 2)
        #expect(try await ledger.write { try $0.db.first("PRAGMA journal_mode") { try $0.column(0) as String } } == "wal")
        #expect(try await ledger.write { try $0.db.integer("PRAGMA foreign_keys") } == 1)
        #expect(try await ledger.write { try $0.db.integer("PRAGMA application_id") } == Int64(LedgerFile.applicationID))
        #expect(try await ledger.write { try $0.db.integer("PRAGMA user_version") } == Int64(Migration.all.count))
    }

    @Test func `the file, its log and a directory made for it are their owner's alone`() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("new/deep/ledger")
        let ledger = try SQLiteLedger(path: path)
        try await ledger.update(Line(id: "home"))
        for (file, mode) in [(path, 0o600), ("\(path)-wal", 0o600), ("\(path)-shm", 0o600), (directory.file("new/deep"), 0o700)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode, "\(file)")
        }
        try ledger.close()
    }

    @Test func `a file that others could read is closed to them`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("ledger")
        #expect(FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o644]))
        try SQLiteLedger(path: path).close()
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test(arguments: ["CREATE TABLE theirs (x)", "PRAGMA application_id = 7", "PRAGMA user_version = 3"])
    func `another program's database is refused and left as it was`(sql: String) throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("theirs")
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
        let before = try Data(contentsOf: URL(filePath: path))
        #expect(throws: LedgerError.unusable("\(path) is a database of another program")) { try SQLiteLedger(path: path) }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test func `a newer version's file is refused and left as it was`() throws {
        let scratch = try Scratch()
        try scratch.ledger.close()
        let queue = try DatabaseQueue(path: scratch.path)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
        try queue.close()
        #expect(
            throws: LedgerError.unusable(
                "\(scratch.path) was written by a newer version (schema 99; this one knows \(Migration.all.count))")
        ) {
            try SQLiteLedger(path: scratch.path)
        }
        let again = try DatabaseQueue(path: scratch.path)
        #expect(try again.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 99)
    }

    @Test func `what is no database is refused and left as it was`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("notes.txt")
        let text = Data(String(repeating: "not a database. ", count: 100).utf8)
        try text.write(to: URL(filePath: path))
        let error = #expect(throws: LedgerError.self) { try SQLiteLedger(path: path) }
        guard case .unusable = error else {
            Issue.record("unusable expected, not \(String(describing: error))")
            return
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == text)
    }

    @Test func `a directory in the file's place is refused`() throws {
        let directory = try TemporaryDirectory()
        let error = #expect(throws: LedgerError.self) { try SQLiteLedger(path: directory.path) }
        guard case .unusable = error else {
            Issue.record("unusable expected, not \(String(describing: error))")
            return
        }
    }

    @Test func `a schema step keeps its name and its words for ever`() {
        // A released step is never edited: add a new one, and its line here.
        let names = [
            "0001-ledger", "0002-repeats", "0003-checksums", "0004-multimedia", "0005-readers", "0006-console", "0007-keys", "0008-personal", "0009-care",
            "0010-contacts", "0011-devices", "0012-receivers", "0013-words", "0014-numbers",
        ]
        #expect(Migration.all.map(\.name) == names)
        #expect(Set(Migration.all.map(\.name)).count == Migration.all.count)
    }

    @Test func `another process's lock is waited for, then told as busy, and nothing is lost`() async throws {
        let directory = try TemporaryDirectory()
        let ledger = try SQLiteLedger(path: directory.file("ledger"), busyBudget: .milliseconds(20))
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: directory.file("ledger"), configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        await #expect { try await ledger.update(Line(id: "home")) } throws: { error in
            if case LedgerError.busy = error { true } else { false }
        }
        try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        try await ledger.update(Line(id: "home"))
        #expect(try await ledger.lines().count == 1)
    }

    @Test func `calls after closing fail`() async throws {
        let ledger = try Scratch().ledger
        try ledger.close()
        await #expect(throws: LedgerError.self) { try await ledger.update(Line(id: "home")) }
        await #expect(throws: LedgerError.self) { try await ledger.lines() }
    }

    @Test func `a change of persons by another process raises the directory's version`() async throws {
        let scratch = try Scratch()
        let version = try await scratch.ledger.directoryVersion()
        let other = try SQLiteLedger(path: scratch.path)
        try await other.save(Token(name: "web", hash: "ab", scopes: [.read], createdAt: scratch.clock.now(), expiresAt: nil))
        try other.close()
        #expect(try await scratch.ledger.directoryVersion() > version)
    }
}
