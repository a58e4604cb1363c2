import SMS

/// The character sets in which gateways put texts into addresses, beside UTF-8.
enum CharacterSet: Hashable, Sendable {
    case utf8, utf16, latin1, windows1252

    /// Nil for one that we do not know; its text stays as it came.
    init?(_ name: String) {
        switch name.uppercased() {
        case "UTF-8": self = .utf8
        case "UTF-16BE", "UTF-16", "UCS-2", "UCS2": self = .utf16
        case "ISO-8859-1", "LATIN1": self = .latin1
        case "WINDOWS-1252", "CP1252": self = .windows1252
        default: return nil
        }
    }

    func decode(_ octets: [UInt8]) -> String {
        switch self {
        case .utf8: String(decoding: octets, as: UTF8.self)
        case .utf16: UCS2.decode(octets[...])
        case .latin1: String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) }))
        case .windows1252: String(String.UnicodeScalarView(octets.map(Self.windows)))
        }
    }

    /// Latin-1 but for 0x80 to 0x9F, where the euro and the quotation marks are; five of those mean nothing.
    private static func windows(_ octet: UInt8) -> Unicode.Scalar {
        (0x80...0x9F).contains(octet) ? windowsOwn[Int(octet - 0x80)] : Unicode.Scalar(octet)
    }

    private static let windowsOwn: [Unicode.Scalar] = [
        "€", "\u{81}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{8D}", "Ž", "\u{8F}",
        "\u{90}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{9D}", "ž", "Ÿ",
    ]
}
