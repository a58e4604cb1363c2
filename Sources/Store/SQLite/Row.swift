import GRDBSQLite
import Telephony

/// The row that a statement stands at, until its next step. A column that cannot be what was written is `Damage`, never a trap: the
/// file may have been hurt.
struct Row {
    private let statement: OpaquePointer

    init(of statement: OpaquePointer) { self.statement = statement }

    func column<Value: ReadableValue>(_ column: Int) throws -> Value { try Value(statement, column: Int32(column)) }

    /// Nil where the column is NULL.
    func column<Value: ReadableValue>(_ column: Int) throws -> Value? {
        guard sqlite3_column_type(statement, Int32(column)) != SQLITE_NULL else { return nil }
        return try Value(statement, column: Int32(column))
    }

    func octets(_ column: Int) throws -> [UInt8] { try self.column(column) }

    /// A name written with `description`.
    func identifier<Subject>(_ column: Int) throws -> Identifier<Subject> {
        guard let identifier: Identifier<Subject> = try optionalIdentifier(column) else { throw Damage() }
        return identifier
    }

    func optionalIdentifier<Subject>(_ column: Int) throws -> Identifier<Subject>? {
        guard let text: String = try self.column(column) else { return nil }
        guard let identifier = Identifier<Subject>(text) else { throw Damage() }
        return identifier
    }

    func instant(_ column: Int) throws -> Instant { Instant(milliseconds: try self.column(column)) }

    func optionalInstant(_ column: Int) throws -> Instant? {
        (try self.column(column) as Int64?).map(Instant.init(milliseconds:))
    }

    /// An enumeration's case, written as its raw value.
    func value<Value: RawRepresentable>(_ column: Int) throws -> Value where Value.RawValue == String {
        guard let value = Value(rawValue: try self.column(column)) else { throw Damage() }
        return value
    }

    /// A failure from its cause and detail columns; nil where there is none.
    func failure(_ cause: Int, _ detail: Int) throws -> Failure? {
        guard let code: String = try column(cause) else { return nil }
        guard let cause = Cause(code: code) else { throw Damage() }
        return Failure(cause, try column(detail) as String? ?? "")
    }
}
