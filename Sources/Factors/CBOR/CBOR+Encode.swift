import Wire

extension CBOR {
    /// With the shortest heads (§4.2.1), entries in the order they are in.
    public var encoded: [UInt8] {
        var writer = OctetWriter()
        write(to: &writer)
        return writer.octets
    }

    private func write(to writer: inout OctetWriter) {
        switch self {
        case .unsigned(let number): Self.head(0, number, &writer)
        case .negative(let number): Self.head(1, number, &writer)
        case .octets(let octets):
            Self.head(2, UInt64(octets.count), &writer)
            writer.octets(octets)
        case .text(let text):
            Self.head(3, UInt64(text.utf8.count), &writer)
            writer.octets(text.utf8)
        case .array(let elements):
            Self.head(4, UInt64(elements.count), &writer)
            for element in elements { element.write(to: &writer) }
        case .map(let entries):
            Self.head(5, UInt64(entries.count), &writer)
            for entry in entries {
                entry.key.write(to: &writer)
                entry.value.write(to: &writer)
            }
        case .tagged(let tag, let value):
            Self.head(6, tag, &writer)
            value.write(to: &writer)
        case .simple(let value): Self.head(7, UInt64(value), &writer)
        case .float(let bits, let count):
            writer.octet(7 << 5 | (count == 2 ? 25 : count == 4 ? 26 : 27))
            Self.number(bits, count, &writer)
        }
    }

    private static func head(_ major: UInt8, _ argument: UInt64, _ writer: inout OctetWriter) {
        let size = argument <= 0xFF ? 0 : argument <= 0xFFFF ? 1 : argument <= 0xFFFF_FFFF ? 2 : 3
        guard argument > 23 else { return writer.octet(major << 5 | UInt8(argument)) }
        writer.octet(major << 5 | UInt8(24 + size))
        number(argument, 1 << size, &writer)
    }

    /// Most significant octet first.
    private static func number(_ number: UInt64, _ count: Int, _ writer: inout OctetWriter) {
        for shift in stride(from: (count - 1) * 8, through: 0, by: -8) { writer.octet(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
    }
}
