/// Looking at eight octets at a time. The loads are checked against the end of the span; any eight octets are a number.
enum OctetSearch {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Eight octets from `index`, the first in the lowest bits. `index + 8` must not be past the end.
    @inline(__always)
    static func word(at index: Int, in octets: RawSpan) -> UInt64 {
        UInt64(littleEndian: octets.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// Where in the word the octet stands first, 8 when nowhere.
    @inline(__always)
    static func position(of octet: UInt8, in word: UInt64) -> Int {
        let difference = word ^ (ones &* UInt64(octet))
        return place((difference &- ones) & ~difference & highs)
    }

    /// Of the octet with the first bit that is set, 8 when none is.
    @inline(__always)
    private static func place(_ found: UInt64) -> Int { found.trailingZeroBitCount >> 3 }

    /// The first `octet` at `start` or behind it; the count of the octets when there is none.
    @inline(__always)
    static func index(of octet: UInt8, from start: Int, in octets: RawSpan) -> Int {
        var index = start
        let pattern = SIMD4(repeating: ones &* UInt64(octet))
        while index &+ 32 <= octets.byteCount {
            let difference = octets.unsafeLoadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self) ^ pattern
            let found = (difference &- SIMD4(repeating: ones)) & ~difference & SIMD4(repeating: highs)
            if found[0] | found[1] != 0 { return index &+ (found[0] != 0 ? place(found[0]) : 8 &+ place(found[1])) }
            if found[2] | found[3] != 0 { return index &+ 16 &+ (found[2] != 0 ? place(found[2]) : 8 &+ place(found[3])) }
            index &+= 32
        }
        while index &+ 8 <= octets.byteCount {
            let position = position(of: octet, in: word(at: index, in: octets))
            if position < 8 { return index &+ position }
            index &+= 8
        }
        while index < octets.byteCount, octets[index] != octet { index &+= 1 }
        return index
    }
}

extension RawSpan {
    /// One octet, checked against the end.
    @inline(__always)
    subscript(_ index: Int) -> UInt8 { unsafeLoad(fromByteOffset: index, as: UInt8.self) }
}
