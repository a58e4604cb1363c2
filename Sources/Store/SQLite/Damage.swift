import Foundation
import GRDB
import Telephony

/// A stored row that cannot be what was stored: its checksum or a name in it is wrong. It is passed over; others are served.
struct Damage: Error, Hashable, Sendable {}

extension Row {
    /// A name written with `description`.
    func identifier<Subject>(_ column: Int) throws -> Identifier<Subject> {
        let text: String = self[column]
        guard let identifier = Identifier<Subject>(text) else { throw Damage() }
        return identifier
    }

    func octets(_ column: Int) -> [UInt8] { Array(self[column] as Data) }

    func instant(_ column: Int) -> Instant { Instant(milliseconds: self[column]) }

    func optionalInstant(_ column: Int) -> Instant? { (self[column] as Int64?).map(Instant.init(milliseconds:)) }

    /// An enumeration's case, written as its raw value.
    func value<Value: RawRepresentable>(_ column: Int) throws -> Value where Value.RawValue == String {
        let text: String = self[column]
        guard let value = Value(rawValue: text) else { throw Damage() }
        return value
    }

    /// A failure from its cause and detail columns; nil where there is none.
    func failure(_ cause: Int, _ detail: Int) throws -> Failure? {
        guard let code: String = self[cause] else { return nil }
        guard let cause = Cause(code: code) else { throw Damage() }
        return Failure(cause, self[detail] ?? "")
    }
}
