import GRDB

extension Tables {
    /// What `read` makes of a row; nil when the row is damaged, or the page that it is on, which is noted.
    func whole<Value>(_ table: DamagedRow.Table, _ key: some CustomStringConvertible, _ read: () throws -> Value) throws -> Value? {
        do { return try read() } catch is Damage {} catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {}
        damage.add(table, key)
        return nil
    }

    func writeDown(_ rows: Set<DamagedRow>) throws {
        for row in rows { try db.run("INSERT OR IGNORE INTO damage (place, key) VALUES (?, ?)", row.table.rawValue, row.key) }
    }

    func knownDamage() throws -> Set<DamagedRow> {
        let rows = try db.rows("SELECT place, key FROM damage") { try (place: $0.column(0) as String, key: $0.column(1) as String) }
        return Set(rows.compactMap { row in DamagedRow.Table(rawValue: row.place).map { DamagedRow(table: $0, key: row.key) } })
    }
}
