import GRDB
import GRDBSQLite

/// Statements are compiled and kept by GRDB; binding and stepping is done here, because a message takes a dozen of them.
extension Database {
    /// The parameters of a statement, in order; nil is NULL.
    typealias Parameters = [(any ColumnValue)?]

    /// Executes a statement that is compiled once per connection.
    func run(_ sql: String, _ parameters: Parameters = []) throws {
        try perform(sql, parameters) { statement in
            while try step(statement) {}
        }
    }

    /// All rows, each read as it passes.
    func rows<Value>(_ sql: String, _ parameters: Parameters = [], _ read: (Row) throws -> Value) throws -> [Value] {
        try perform(sql, parameters) { statement in
            var values: [Value] = []
            while try step(statement) { values.append(try read(Row(of: statement))) }
            return values
        }
    }

    /// The first row, where there is one.
    func first<Value>(_ sql: String, _ parameters: Parameters = [], _ read: (Row) throws -> Value) throws -> Value? {
        try perform(sql, parameters) { statement in try step(statement) ? try read(Row(of: statement)) : nil }
    }

    func integer(_ sql: String, _ parameters: Parameters = []) throws -> Int64? {
        try first(sql, parameters) { try $0.column(0) as Int64? } ?? nil
    }

    private func perform<Value>(_ sql: String, _ parameters: Parameters, _ use: (OpaquePointer) throws -> Value) throws -> Value {
        let statement = try cachedStatement(sql: sql).sqliteStatement
        defer { sqlite3_reset(statement) }
        for (index, parameter) in parameters.enumerated() {
            let position = Int32(index + 1)
            try check(parameter?.bind(to: statement, at: position) ?? sqlite3_bind_null(statement, position))
        }
        return try use(statement)
    }

    /// Whether there is another row.
    private func step(_ statement: OpaquePointer) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            try check(code)
            return false
        }
    }

    private func check(_ code: Int32) throws {
        guard code != SQLITE_OK else { return }
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: sqliteConnection.map { String(cString: sqlite3_errmsg($0)) })
    }
}
