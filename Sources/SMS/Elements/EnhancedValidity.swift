import Wire

/// Enhanced validity period (3GPP TS 23.040 §9.2.3.12.3), kept as its seven octets.
public struct EnhancedValidity: Hashable, Sendable {
    private let raw: SevenOctets

    public var octets: [UInt8] { raw.array }

    /// The first seven octets count; missing ones are zero.
    public init(octets: [UInt8]) {
        raw = SevenOctets(octets)
    }

    /// So many seconds, up to 255.
    public init(seconds: UInt8) {
        raw = SevenOctets([0x02, seconds])
    }

    init(decoding reader: inout OctetReader) throws(DecodeError) {
        raw = try SevenOctets(decoding: &reader, "validityPeriod")
    }

    func encode(to writer: inout OctetWriter) {
        raw.encode(to: &writer)
    }

    /// The service centre is to try once.
    public var isSingleShot: Bool {
        raw[0] & 0x40 != 0
    }

    /// Nil when none is given, a further indicator octet follows (none is defined), or the form is not known.
    public var duration: Duration? {
        guard raw[0] & 0x80 == 0 else { return nil }
        switch raw[0] & 0x07 {
        case 1: return ValidityPeriod.duration(ofRelative: raw[1])
        case 2: return .seconds(Int(raw[1]))
        case 3:
            let clock = (1...3).map { raw[$0] }
            guard clock.allSatisfy({ $0 & 0x0F <= 9 && $0 >> 4 <= 9 }) else { return nil }
            return .seconds(clock.reduce(0) { $0 * 60 + Int($1 & 0x0F) * 10 + Int($1 >> 4) })
        default: return nil
        }
    }
}
