/// Finds known header names by their octets: a name of up to 24 is three numbers, hashed and compared at once.
struct NameTable: Sendable {
    /// A name in lower case, padded with zeros.
    struct Key: Hashable, Sendable {
        var first: UInt64 = 0
        var second: UInt64 = 0
        var third: UInt64 = 0

        @inline(__always)
        var place: Int {
            let mixed = (first ^ (second &* 0x9E37_79B9_7F4A_7C15) ^ (third &* 0xC2B2_AE3D_27D4_EB4F)) &* 0xD6E8_FEB8_6659_FD93
            return Int(truncatingIfNeeded: mixed >> 54)
        }
    }

    static let shared = NameTable()
    static let longest = 24

    struct Place: Sendable {
        var key = Key()
        var name: HeaderName.Known?
    }

    /// Open addressing over 1024 places for some eighty forms.
    private(set) var places = [Place](repeating: Place(), count: 1024)

    private init() {
        for name in HeaderName.Known.allCases {
            for form in [name.spelling, name.compactForm].compactMap(\.self) {
                let key = NameTable.key(form.utf8)
                var place = key.place
                while places[place].name != nil { place = (place + 1) & 1023 }
                places[place] = Place(key: key, name: name)
            }
        }
    }

    subscript(key: Key) -> HeaderName.Known? { NameTable.find(key, in: places.span) }

    /// The span spares a reference count a header.
    @inline(__always)
    static func find(_ key: Key, in places: Span<Place>) -> HeaderName.Known? {
        var place = key.place
        while let name = places[place].name {
            if places[place].key == key { return name }
            place = (place &+ 1) & 1023
        }
        return nil
    }

    /// Of any spelling; longer names are cut, and then match nothing.
    static func key(_ name: some Collection<UInt8>) -> Key {
        var words: [UInt64] = [0, 0, 0]
        for (index, octet) in name.prefix(longest).enumerated() {
            words[index / 8] |= UInt64(Grammar.lowercased(octet)) << UInt64(index % 8 * 8)
        }
        return Key(first: words[0], second: words[1], third: words[2])
    }

    /// The key of the token before the colon at `start`, with its length. Nil where there is no colon within reach or too few octets are left
    /// to look: the slow way decides then. Where one bit says "letter" another makes it small; a hyphen stays one and a CR does not become one.
    @inline(__always)
    static func key(at start: Int, in octets: RawSpan) -> (key: Key, length: Int)? {
        guard start &+ longest <= octets.byteCount else { return nil }
        let first = OctetSearch.word(at: start, in: octets)
        var length = OctetSearch.position(of: 0x3A, in: first)
        guard length == 8 else { return (Key(first: folded(first, length)), length) }
        let second = OctetSearch.word(at: start &+ 8, in: octets)
        length = OctetSearch.position(of: 0x3A, in: second)
        guard length == 8 else { return (Key(first: folded(first, 8), second: folded(second, length)), 8 &+ length) }
        let third = OctetSearch.word(at: start &+ 16, in: octets)
        length = OctetSearch.position(of: 0x3A, in: third)
        guard length < 8 else { return nil }
        return (Key(first: folded(first, 8), second: folded(second, 8), third: folded(third, length)), 16 &+ length)
    }

    /// The first `length` octets in lower case, the others zero.
    @inline(__always)
    private static func folded(_ word: UInt64, _ length: Int) -> UInt64 {
        let mask: UInt64 = length == 0 ? 0 : ~0 >> UInt64(64 &- length &* 8)
        return (word | (word & 0x4040_4040_4040_4040) >> 1) & mask
    }
}
