import Wire

/// The seven octets of a time or an enhanced validity period, held without an allocation.
struct SevenOctets: Hashable, Sendable {
    private var packed: UInt64 = 0

    init(_ octets: some Sequence<UInt8>) {
        for (index, octet) in octets.prefix(7).enumerated() { self[index] = octet }
    }

    init(decoding reader: inout OctetReader, _ field: StaticString) throws(DecodeError) {
        self.init(try reader.octets(7, field))
    }

    /// The octet at 0 to 6.
    subscript(index: Int) -> UInt8 {
        get { UInt8(truncatingIfNeeded: packed >> UInt64(index * 8)) }
        set { packed = packed & ~(0xFF << UInt64(index * 8)) | UInt64(newValue) << UInt64(index * 8) }
    }

    var array: [UInt8] {
        (0..<7).map { self[$0] }
    }

    func encode(to writer: inout OctetWriter) {
        for index in 0..<7 { writer.octet(self[index]) }
    }
}
