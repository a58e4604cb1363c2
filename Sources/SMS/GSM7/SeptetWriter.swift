/// Puts septets behind octets, least significant bits first.
struct SeptetWriter {
    private var octets: [UInt8]
    private var bits: UInt32 = 0
    private var bitCount: Int
    /// Septets so far; those that the octets at the beginning take are counted.
    private(set) var count: Int

    /// Fill bits of zero lead from the header to the next septet.
    init(behind header: consuming [UInt8]) {
        count = GSM7.septetCount(coveringOctets: header.count)
        bitCount = count * 7 - header.count * 8
        octets = header
        octets.reserveCapacity(UserData.maximumOctets)
    }

    @inline(__always)
    mutating func append(_ septet: UInt8) {
        bits |= UInt32(septet & 0x7F) << bitCount
        bitCount += 7
        count += 1
        if bitCount >= 8 {
            octets.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            bitCount -= 8
        }
    }

    /// All octets, the last one filled up with zero bits.
    consuming func finish() -> [UInt8] {
        if bitCount > 0 { octets.append(UInt8(truncatingIfNeeded: bits)) }
        return octets
    }
}
