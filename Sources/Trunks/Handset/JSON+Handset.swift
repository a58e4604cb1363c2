import HTTPStack
import Telephony

extension JSON {
    /// A whole number, also one that is written as text.
    var wholeNumber: Int64? {
        switch self {
        case .integer(let number): number
        case .string(let text): Int64(text)
        case .number(let number): Int64(exactly: number.rounded())
        case .null, .bool, .array, .object: nil
        }
    }

    /// The member of that name, nil also where it is null.
    func present(_ name: String) -> JSON? {
        switch self[name] {
        case nil, .null: nil
        case let value?: value
        }
    }

    /// Milliseconds since 1970, or a time in words; nil for what is neither or out of reach.
    var instant: Instant? {
        let milliseconds = text.flatMap { Instant(internetTime: $0)?.milliseconds } ?? wholeNumber
        guard let milliseconds, (0...253_402_300_799_999).contains(milliseconds) else { return nil }
        return Instant(milliseconds: milliseconds)
    }
}
