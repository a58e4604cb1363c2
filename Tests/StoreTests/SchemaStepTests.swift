import Exchange
import Foundation
import GRDB
import HomelineTesting
import Telephony
import Testing

@testable import Store

@Suite struct SchemaStepTests {
    /// A file as a version wrote it that knew so many steps, with one person in it.
    private func older(_ schema: Int, in directory: TemporaryDirectory) throws -> String {
        let path = directory.file("ledger")
        let pool = try DatabasePool(path: path)
        try Migration.migrator.migrate(pool, upTo: Migration.all[schema - 1].name)
        try pool.write { try $0.execute(sql: "INSERT INTO line (id) VALUES ('home')") }
        try pool.close()
        return path
    }

    private func schema(of path: String) throws -> Int? {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
    }

    private func lines(of path: String) throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { try String.fetchAll($0, sql: "SELECT id FROM line") }
    }

    @Test(arguments: [1, 5, Migration.all.count - 1])
    func `a ledger of an older schema is copied as it was, whole and private`(from: Int) async throws {
        let directory = try TemporaryDirectory()
        let path = try older(from, in: directory)
        let ledger = try SQLiteLedger(path: path, .keptAside)
        let copy = "\(path).schema-\(from)"
        #expect(ledger.schemaStep == SchemaStep(from: from, to: Migration.all.count, copy: copy))
        #expect(try await ledger.lines().map(\.id) == ["home"])
        try ledger.close()
        #expect(try schema(of: path) == Migration.all.count)
        #expect(try schema(of: copy) == from)
        #expect(try lines(of: copy) == ["home"])
        #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)
        #expect(!FileManager.default.fileExists(atPath: copy + "-wal") && !FileManager.default.fileExists(atPath: copy + ".part"))
    }

    @Test func `only the copy of the last step is kept`() throws {
        let directory = try TemporaryDirectory()
        let path = try older(4, in: directory)
        try Data("of long ago".utf8).write(to: URL(filePath: "\(path).schema-2"))
        try SQLiteLedger(path: path, .keptAside).close()
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        #expect(names.filter { $0.contains("schema") } == ["ledger.schema-4"])
    }

    @Test func `a new ledger, one that is up to date, and one that is only looked at leave none`() throws {
        let directory = try TemporaryDirectory()
        for _ in 0..<2 {
            let ledger = try SQLiteLedger(path: directory.file("new"), .keptAside)
            #expect(ledger.schemaStep == nil)
            try ledger.close()
        }
        let path = try older(3, in: directory)
        try SQLiteLedger(path: path).close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.contains("schema") } == [])
    }
}
