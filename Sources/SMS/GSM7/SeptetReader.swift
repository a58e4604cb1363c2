/// A place in packed septets, least significant bits first. The octets are passed to each call.
struct SeptetReader {
    private var index: Int
    private var bits: UInt32 = 0
    private var bitCount = 0

    init(_ octets: Span<UInt8>, from septet: Int) {
        let bit = septet * 7
        index = bit / 8
        guard bit % 8 > 0, index < octets.count else { return }
        bits = UInt32(octets[index]) >> (bit % 8)
        bitCount = 8 - bit % 8
        index += 1
    }

    /// The next septet; zero bits follow the last octet.
    @inline(__always)
    mutating func next(_ octets: Span<UInt8>) -> UInt8 {
        if bitCount < 7 {
            if index < octets.count { bits |= UInt32(octets[index]) << bitCount }
            index += 1
            bitCount += 8
        }
        let septet = UInt8(truncatingIfNeeded: bits & 0x7F)
        bits >>= 7
        bitCount -= 7
        return septet
    }
}
