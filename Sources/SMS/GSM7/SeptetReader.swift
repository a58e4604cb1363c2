/// A place in packed septets, least significant bits first. The octets are passed to each call.
struct SeptetReader {
    private var index: Int
    /// Up to seven bits that are left of the octet before `index`.
    private var bits: UInt64 = 0
    private var bitCount: UInt64 = 0

    init(_ octets: Span<UInt8>, from septet: Int) {
        let bit = septet * 7
        index = bit / 8
        guard bit % 8 > 0, index < octets.count else { return }
        bits = UInt64(octets[index]) >> (bit % 8)
        bitCount = UInt64(8 - bit % 8)
        index += 1
    }

    /// The next septet; zero bits follow the last octet.
    @inline(__always)
    mutating func next(_ octets: Span<UInt8>) -> UInt8 {
        if bitCount < 7 {
            if index < octets.count { bits |= UInt64(octets[index]) &<< bitCount }
            index &+= 1
            bitCount &+= 8
        }
        let septet = UInt8(truncatingIfNeeded: bits & 0x7F)
        bits &>>= 7
        bitCount &-= 7
        return septet
    }

    /// The next eight septets, the first one lowest; nil when the octets do not hold them.
    @inline(__always)
    mutating func nextEight(_ octets: Span<UInt8>) -> UInt64? {
        guard octets.count - index >= 7 else { return nil }
        var word = bits
        for step in 0..<7 { word |= UInt64(octets[index &+ step]) &<< (bitCount &+ UInt64(step &* 8)) }
        index &+= 7
        bits = word &>> 56
        return word & 0xFF_FFFF_FFFF_FFFF
    }
}
