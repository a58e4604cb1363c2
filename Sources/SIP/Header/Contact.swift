import Wire

/// Contact (RFC 3261 §20.10, RFC 5626, RFC 5627).
public enum Contact: HeaderField {
    public static var name: HeaderName { .contact }

    /// `*`: all bindings, in a REGISTER that removes them.
    case wildcard
    case address(NameAddress)

    public init(decoding value: ArraySlice<UInt8>) throws(DecodeError) {
        if value.elementsEqual("*".utf8) {
            self = .wildcard
        } else {
            self = .address(try NameAddress(decoding: value, "address"))
        }
    }

    public var address: NameAddress? {
        if case .address(let address) = self { address } else { nil }
    }

    public var uri: URI? { address?.uri }

    /// Seconds of the `expires` parameter; nil when absent or no number.
    public var expires: Int? { address?.parameters["expires"].flatMap { Lexer.number($0.utf8, limit: 0xFFFF_FFFF) } }

    /// The device's instance, `urn:uuid:…`, without angle brackets (RFC 5626 §4.1).
    public var instance: String? {
        guard let text = address?.parameters["+sip.instance"] else { return nil }
        return text.hasPrefix("<") && text.hasSuffix(">") ? String(text.dropFirst().dropLast()) : text
    }

    /// The flow among several of one device (RFC 5626 §4.2).
    public var regID: Int? { address?.parameters["reg-id"].flatMap { Lexer.number($0.utf8, limit: 0x7FFF_FFFF) } }

    /// Preference in thousandths, 1000 when absent or malformed (RFC 3261 §20.10).
    public var preference: Int {
        guard let text = address?.parameters["q"] else { return 1000 }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ Lexer.number($0, limit: 1) }) else { return 1000 }
        let digits = parts.count == 2 ? Array(parts[1].prefix(3)) : []
        guard digits.allSatisfy(Grammar.isDigit) else { return 1000 }
        let thousandths = (0..<3).reduce(0) { $0 * 10 + ($1 < digits.count ? Int(digits[$1] & 0x0F) : 0) }
        return min(1000, whole * 1000 + thousandths)
    }

    public var description: String {
        switch self {
        case .wildcard: "*"
        case .address(let address): address.description
        }
    }
}

extension Headers {
    /// Empty when there is none or one is malformed.
    public var contacts: [Contact] {
        get { (try? decode(Contact.self)) ?? [] }
        set { replace(.contact, with: newValue.map(\.description)) }
    }
}
