import GRDB

/// A step of the schema. Its name and statements never change once released; a later step corrects an earlier one.
struct Migration: Sendable {
    let name: String
    let sql: String
    /// What SQL cannot compute; in the same transaction.
    var fill: (@Sendable (Database) throws -> Void)?

    /// In order. The count is the file's `user_version`.
    static let all: [Migration] = [.ledger, .repeats, .checksums, .multimedia, .readers, .console, .keys, .personal, .care, .contacts, .devices, .receivers, .words, .numbers]

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (index, migration) in all.enumerated() {
            migrator.registerMigration(migration.name) { db in
                try db.execute(sql: migration.sql)
                try migration.fill?(db)
                try db.execute(sql: "PRAGMA application_id = \(LedgerFile.applicationID)")
                try db.execute(sql: "PRAGMA user_version = \(index + 1)")
            }
        }
        return migrator
    }
}
