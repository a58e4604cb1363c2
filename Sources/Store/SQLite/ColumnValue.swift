import GRDBSQLite

/// What a parameter of a statement can be.
protocol ColumnValue {
    /// Gives it to the parameter at `position`, counted from 1, and moves on; SQLite's result code.
    func bind(to statement: OpaquePointer, at position: inout Int32) -> Int32
}

/// What can be read too.
protocol ReadableValue: ColumnValue {
    /// The column of the row that the statement stands at, counted from 0. Throws `Damage` when it is of another kind.
    init(_ statement: OpaquePointer, column: Int32) throws(Damage)
}

extension Int64: ReadableValue {
    func bind(to statement: OpaquePointer, at position: inout Int32) -> Int32 {
        defer { position += 1 }
        return sqlite3_bind_int64(statement, position, self)
    }

    init(_ statement: OpaquePointer, column: Int32) throws(Damage) {
        guard sqlite3_column_type(statement, column) == SQLITE_INTEGER else { throw Damage() }
        self = sqlite3_column_int64(statement, column)
    }
}

extension Int: ReadableValue {
    func bind(to statement: OpaquePointer, at position: inout Int32) -> Int32 { Int64(self).bind(to: statement, at: &position) }

    init(_ statement: OpaquePointer, column: Int32) throws(Damage) { self = Int(try Int64(statement, column: column)) }
}

extension UInt32: ReadableValue {
    func bind(to statement: OpaquePointer, at position: inout Int32) -> Int32 { Int64(self).bind(to: statement, at: &position) }

    init(_ statement: OpaquePointer, column: Int32) throws(Damage) {
        guard let number = UInt32(exactly: try Int64(statement, column: column)) else { throw Damage() }
        self = number
    }
}

extension Bool: ReadableValue {
    func bind(to statement: OpaquePointer, at position: inout Int32) -> Int32 { Int64(self ? 1 : 0).bind(to: statement, at: &position) }

    init(_ statement: OpaquePointer, column: Int32) throws(Damage) { self = try Int64(statement, column: column) != 0 }
}

extension String: ReadableValue {
    func bind(to statement: OpaquePointer, at position: inout Int32) -> Int32 {
        defer { position += 1 }
        let position = position
        var text = self
        return text.withUTF8 { octets in
            octets.withMemoryRebound(to: CChar.self) { octets in
                // An empty text may have no address, and no address would be NULL.
                guard let start = octets.baseAddress else { return sqlite3_bind_text(statement, position, "", 0, ColumnCopy.made) }
                return sqlite3_bind_text(statement, position, start, Int32(clamping: octets.count), ColumnCopy.made)
            }
        }
    }

    init(_ statement: OpaquePointer, column: Int32) throws(Damage) {
        guard sqlite3_column_type(statement, column) == SQLITE_TEXT, let start = sqlite3_column_text(statement, column) else { throw Damage() }
        let count = Int(sqlite3_column_bytes(statement, column))
        self = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }
}

extension [UInt8]: ColumnValue {
    func bind(to statement: OpaquePointer, at position: inout Int32) -> Int32 {
        defer { position += 1 }
        let position = position
        return withUnsafeBytes { octets in
            guard let start = octets.baseAddress, !octets.isEmpty else { return sqlite3_bind_zeroblob(statement, position, 0) }
            return sqlite3_bind_blob(statement, position, start, Int32(clamping: octets.count), ColumnCopy.made)
        }
    }
}

extension [UInt8]: ReadableValue {
    init(_ statement: OpaquePointer, column: Int32) throws(Damage) {
        guard sqlite3_column_type(statement, column) == SQLITE_BLOB else { throw Damage() }
        let count = Int(sqlite3_column_bytes(statement, column))
        self = Array(UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, column), count: count))
    }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
    func bind(to statement: OpaquePointer, at position: inout Int32) -> Int32 {
        if let self { return self.bind(to: statement, at: &position) }
        defer { position += 1 }
        return sqlite3_bind_null(statement, position)
    }
}

/// Several parameters in a row, for lists whose length is known when the statement is made.
struct Names: ColumnValue {
    let names: [String]

    init(_ names: [String]) { self.names = names }

    func bind(to statement: OpaquePointer, at position: inout Int32) -> Int32 {
        for name in names {
            let code = name.bind(to: statement, at: &position)
            guard code == SQLITE_OK else { return code }
        }
        return SQLITE_OK
    }

    /// Their places in a statement: `?, ?, ?`.
    var places: String { names.map { _ in "?" }.joined(separator: ", ") }
}

/// How SQLite is told that it must copy what it is given (`SQLITE_TRANSIENT`). Safe to share: a constant that SQLite compares and never calls.
private enum ColumnCopy {
    nonisolated(unsafe) static let made = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
