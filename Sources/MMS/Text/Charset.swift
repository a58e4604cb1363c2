/// A character set by its number in IANA's registry (MIBenum), as WSP names it (WAP-230-WSP §8.4.2.8).
public struct Charset: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    public static let ascii = Charset(rawValue: 3)
    public static let latin1 = Charset(rawValue: 4)
    public static let utf8 = Charset(rawValue: 106)
    /// Sixteen bits a character; in practice UTF-16.
    public static let ucs2 = Charset(rawValue: 1000)
    public static let utf16BE = Charset(rawValue: 1013)
    public static let utf16LE = Charset(rawValue: 1014)
    /// A mark at its beginning tells the order of octets.
    public static let utf16 = Charset(rawValue: 1015)

    /// Characters of two octets at least, so that a NUL is no end.
    var isWide: Bool {
        switch self {
        case .ucs2, .utf16BE, .utf16LE, .utf16: true
        default: false
        }
    }

    /// The text of octets. A character set that is not known, or not told, reads as UTF-8 where it can and as windows-1252 otherwise;
    /// what stands for no character reads as U+FFFD.
    public func text(of octets: some Collection<UInt8>) -> String {
        switch self {
        case .utf8: String(decoding: octets, as: UTF8.self)
        case .utf16LE: WideText.decode(octets, .little)
        case .utf16BE: WideText.decode(octets, .big)
        case .ucs2, .utf16: WideText.decode(octets, .marked)
        default: upperHalf.map { $0.text(of: octets) } ?? Charset.guess(octets)
        }
    }

    /// The text of octets that nobody named a character set for.
    static func guess(_ octets: some Collection<UInt8>) -> String {
        String(validating: octets, as: UTF8.self) ?? UpperHalf.windows1252.text(of: octets)
    }
}
