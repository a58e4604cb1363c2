/// The comma-separated values of an answer line (V.250 §5.4.2).
///
/// Lenient: blanks around values, missing quotes and quotes on one side only occur in the field.
public struct Parameters: Equatable, Sendable {
    public struct Value: Equatable, Sendable {
        public var text: String
        public var isQuoted: Bool

        public var isEmpty: Bool { text.isEmpty }
        public var int: Int? { Int(text) }
        public var hexadecimal: UInt64? { text.isEmpty ? nil : UInt64(text, radix: 16) }
    }

    public private(set) var values: [Value]

    /// Nil when the line does not begin with the prefix.
    public init?(_ line: String, after prefix: String) {
        guard let content = line.content(after: prefix) else { return nil }
        self.init(content)
    }

    public init(_ content: String) {
        values = []
        var current: [UInt8] = []
        var isQuoted = false
        var isInside = false
        // A quote that is never closed must not swallow the commas after it.
        var quotesLeft = content.utf8.count { $0 == UInt8(ascii: "\"") }
        for octet in content.utf8 {
            switch octet {
            case UInt8(ascii: "\""):
                quotesLeft -= 1
                isQuoted = true
                isInside = isInside ? false : quotesLeft > 0 && current.allSatisfy { $0 == 0x20 }
            case UInt8(ascii: ",") where !isInside:
                append(current, isQuoted: isQuoted)
                current = []
                isQuoted = false
            default:
                current.append(octet)
            }
        }
        append(current, isQuoted: isQuoted)
    }

    private mutating func append(_ octets: [UInt8], isQuoted: Bool) {
        let text = String(decoding: octets, as: UTF8.self)
        values.append(Value(text: isQuoted ? text : text.trimmed, isQuoted: isQuoted))
    }

    public var count: Int { values.count }

    /// The value at this place, nil when there are fewer.
    public subscript(_ index: Int) -> Value? {
        values.indices.contains(index) ? values[index] : nil
    }

    public func int(_ index: Int) -> Int? { self[index]?.int }

    /// The text at this place, nil when absent or empty.
    public func text(_ index: Int) -> String? {
        guard let value = self[index], !value.isEmpty else { return nil }
        return value.text
    }
}
