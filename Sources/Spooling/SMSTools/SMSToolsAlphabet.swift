/// How a body is to be read (header `Alphabet`); its first three letters count.
public enum SMSToolsAlphabet: Hashable, Sendable {
    /// Octets.
    case binary
    /// UTF-16, most significant octet first.
    case ucs
    case utf8
    /// ISO 8859-15, or UTF-8 where it is that; also the default.
    case latin

    public init(_ name: String?) {
        switch name?.prefix(3).lowercased() {
        case "bin": self = .binary
        case "ucs", "chi", "uni": self = .ucs
        case "utf": self = .utf8
        default: self = .latin
        }
    }

    /// Nil for octets that are no text.
    public func text(_ body: [UInt8]) -> String? {
        switch self {
        case .binary: nil
        case .ucs: SpoolText.utf16(body)
        case .utf8: String(decoding: body, as: UTF8.self)
        case .latin: SpoolText.guessed(body)
        }
    }
}
