import SMS

/// The character sets in which gateways put texts into addresses, beside UTF-8.
enum CharacterSet: Hashable, Sendable {
    case utf8, utf16, latin1

    /// Nil for one that we do not know; its text stays as it came.
    init?(_ name: String) {
        switch name.uppercased() {
        case "UTF-8": self = .utf8
        case "UTF-16BE", "UTF-16", "UCS-2", "UCS2": self = .utf16
        case "ISO-8859-1", "LATIN1", "WINDOWS-1252": self = .latin1
        default: return nil
        }
    }

    func decode(_ octets: [UInt8]) -> String {
        switch self {
        case .utf8: String(decoding: octets, as: UTF8.self)
        case .utf16: UCS2.decode(octets[...])
        case .latin1: String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) }))
        }
    }
}
