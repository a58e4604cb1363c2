/// Puts septets behind octets, least significant bits first. The octets are passed to each call.
struct SeptetWriter {
    /// Up to seven bits of the octet to come.
    private var bits: UInt64 = 0
    private var bitCount: UInt64
    /// Septets so far; those that the octets at the beginning take are counted.
    private(set) var count: Int

    /// Fill bits of zero lead from a header of so many octets to the next septet.
    init(behind headerOctets: Int) {
        count = GSM7.septetCount(coveringOctets: headerOctets)
        bitCount = UInt64(count * 7 - headerOctets * 8)
    }

    @inline(__always)
    mutating func append(_ septet: UInt8, to octets: inout OutputSpan<UInt8>) {
        bits |= UInt64(septet & 0x7F) &<< bitCount
        bitCount &+= 7
        count &+= 1
        guard bitCount >= 8 else { return }
        octets.append(UInt8(truncatingIfNeeded: bits))
        bits &>>= 8
        bitCount &-= 8
    }

    /// Eight septets at once, the first one lowest.
    @inline(__always)
    mutating func append(eight septets: UInt64, to octets: inout OutputSpan<UInt8>) {
        bits |= septets &<< bitCount
        count &+= 8
        for _ in 0..<7 {
            octets.append(UInt8(truncatingIfNeeded: bits))
            bits &>>= 8
        }
    }

    /// Writes what is left, the last octet filled up with zero bits.
    mutating func finish(_ octets: inout OutputSpan<UInt8>) {
        if bitCount > 0 { octets.append(UInt8(truncatingIfNeeded: bits)) }
        bitCount = 0
    }
}
