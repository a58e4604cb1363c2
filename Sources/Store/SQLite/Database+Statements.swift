import GRDB
import GRDBSQLite

/// Statements are compiled and kept by GRDB; binding and stepping is done here, because a message takes a dozen of them.
extension Database {
    /// Executes a statement that is compiled once per connection. A parameter that is nil is NULL.
    func run<each Value: ColumnValue>(_ sql: String, _ parameters: repeat each Value) throws {
        let statement = try bound(sql, repeat each parameters)
        defer { sqlite3_reset(statement) }
        while try step(statement) {}
    }

    /// All rows, each read as it passes.
    func rows<each Value: ColumnValue, Result>(
        _ sql: String, _ parameters: repeat each Value, read: (Row) throws -> Result
    ) throws -> [Result] {
        let statement = try bound(sql, repeat each parameters)
        defer { sqlite3_reset(statement) }
        var results: [Result] = []
        while try step(statement) { results.append(try read(Row(of: statement))) }
        return results
    }

    /// The first row, where there is one.
    func first<each Value: ColumnValue, Result>(
        _ sql: String, _ parameters: repeat each Value, read: (Row) throws -> Result
    ) throws -> Result? {
        let statement = try bound(sql, repeat each parameters)
        defer { sqlite3_reset(statement) }
        return try step(statement) ? try read(Row(of: statement)) : nil
    }

    func integer<each Value: ColumnValue>(_ sql: String, _ parameters: repeat each Value) throws -> Int64? {
        try first(sql, repeat each parameters) { try $0.column(0) as Int64? } ?? nil
    }

    /// The statement with its parameters, at its beginning. Whoever steps it resets it.
    private func bound<each Value: ColumnValue>(_ sql: String, _ parameters: repeat each Value) throws -> OpaquePointer {
        let statement = try cachedStatement(sql: sql).sqliteStatement
        var position: Int32 = 1
        for parameter in repeat each parameters { try check(parameter.bind(to: statement, at: &position)) }
        return statement
    }

    /// Whether there is another row.
    private func step(_ statement: OpaquePointer) throws -> Bool {
        let code = sqlite3_step(statement)
        if code == SQLITE_ROW { return true }
        guard code != SQLITE_DONE else { return false }
        try check(code)
        return false
    }

    private func check(_ code: Int32) throws {
        guard code != SQLITE_OK else { return }
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: sqliteConnection.map { String(cString: sqlite3_errmsg($0)) })
    }
}
