import Exchange
import GRDB

extension SQLiteLedger {
    /// The schema's version, and how many rows each table has.
    public func census() async throws(LedgerError) -> (schema: Int, tables: [(name: String, rows: Int)]) {
        try await read { tables in
            let names = try tables.db.rows(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'word%' ORDER BY name"
            ) { try $0.column(0) as String }
            let counts = try names.map { name in
                (name: name, rows: try Int.fetchOne(tables.db, sql: "SELECT count(*) FROM \(name.quotedDatabaseIdentifier)") ?? 0)
            }
            return (Int(try tables.db.integer("PRAGMA user_version") ?? 0), counts)
        }
    }
}
