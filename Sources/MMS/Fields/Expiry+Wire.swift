import Wire

extension Expiry {
    private static let absoluteToken: UInt8 = 0x80
    private static let relativeToken: UInt8 = 0x81

    /// A length, 80 or 81, and a number. Nil where one of them is missing.
    init?(decoding value: HeaderValue) {
        guard case .counted(let octets) = value else { return nil }
        var reader = OctetReader(octets.dropFirst())
        guard let number = (try? reader.integer("expiry")).flatMap({ $0 }), let seconds = Int64(exactly: number) else { return nil }
        switch octets.first {
        case Expiry.absoluteToken: self = .absolute(secondsSince1970: seconds)
        case Expiry.relativeToken: self = .relative(seconds: seconds)
        default: return nil
        }
    }

    var value: HeaderValue {
        var writer = OctetWriter()
        switch self {
        case .absolute(let seconds):
            writer.octet(Expiry.absoluteToken)
            writer.longInteger(UInt64(clamping: seconds))
        case .relative(let seconds):
            writer.octet(Expiry.relativeToken)
            writer.longInteger(UInt64(clamping: seconds))
        }
        return .counted(writer.octets[...])
    }
}
