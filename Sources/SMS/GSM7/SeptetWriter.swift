/// Puts septets behind octets, least significant bits first. The octets are passed to each call.
struct SeptetWriter {
    private var bits: UInt32 = 0
    private var bitCount: Int
    /// Septets so far; those that the octets at the beginning take are counted.
    private(set) var count: Int

    /// Fill bits of zero lead from a header of so many octets to the next septet.
    init(behind headerOctets: Int) {
        count = GSM7.septetCount(coveringOctets: headerOctets)
        bitCount = count * 7 - headerOctets * 8
    }

    @inline(__always)
    mutating func append(_ septet: UInt8, to octets: inout OutputSpan<UInt8>) {
        bits |= UInt32(septet & 0x7F) << bitCount
        bitCount += 7
        count += 1
        if bitCount >= 8 {
            octets.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            bitCount -= 8
        }
    }

    /// Fills the last octet up with zero bits.
    mutating func finish(_ octets: inout OutputSpan<UInt8>) {
        if bitCount > 0 { octets.append(UInt8(truncatingIfNeeded: bits)) }
        bitCount = 0
    }
}
