/// Takes septets out of octets, least significant bits first.
struct SeptetReader {
    private let octets: ArraySlice<UInt8>
    private var index: Int
    private var bits: UInt32 = 0
    private var count = 0

    init(_ octets: ArraySlice<UInt8>, from septet: Int) {
        self.octets = octets
        let bit = septet * 7
        index = octets.startIndex + bit / 8
        guard bit % 8 > 0, index < octets.endIndex else { return }
        bits = UInt32(octets[index]) >> (bit % 8)
        count = 8 - bit % 8
        index += 1
    }

    /// The next septet; zero bits follow the last octet.
    @inline(__always)
    mutating func next() -> UInt8 {
        if count < 7 {
            if index < octets.endIndex { bits |= UInt32(octets[index]) << count }
            index += 1
            count += 8
        }
        let septet = UInt8(truncatingIfNeeded: bits & 0x7F)
        bits >>= 7
        count -= 7
        return septet
    }
}
