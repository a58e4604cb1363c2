import HTTPStack

/// Where in a request a value stands. Escaped for it, no value can end its place and begin another.
enum Place: Hashable, Sendable {
    /// A path or a query.
    case url
    case header
    case xml
    /// Where no escaping is needed: a string that the JSON encoder writes, a field of a form that is encoded whole, a body of nothing else.
    case enclosed

    func escape(_ value: String) -> String {
        switch self {
        case .url: PercentEncoding.encode(value)
        case .header: String(String.UnicodeScalarView(value.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
        case .xml: value.unicodeScalars.reduce(into: "") { $0 += Self.xml($1) }
        case .enclosed: value
        }
    }

    /// XML 1.0 has no way to write most control characters.
    private static func xml(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "'": "&apos;"
        case "\t", "\n": String(scalar)
        case "\r": "&#13;"
        default: scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF ? "\u{FFFD}" : String(scalar)
        }
    }
}
