/// Puts septets behind octets, least significant bits first. The octets are passed to each call.
struct SeptetWriter {
    private var bits: UInt64 = 0
    /// Below 48 between calls.
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
        guard bitCount >= 48 else { return }
        for _ in 0..<6 {
            octets.append(UInt8(truncatingIfNeeded: bits))
            bits &>>= 8
        }
        bitCount &-= 48
    }

    /// Writes what is left, the last octet filled up with zero bits.
    mutating func finish(_ octets: inout OutputSpan<UInt8>) {
        for _ in 0..<(bitCount + 7) / 8 {
            octets.append(UInt8(truncatingIfNeeded: bits))
            bits &>>= 8
        }
        bitCount = 0
    }
}
