/// A run of decimal digits with an index of where each digit stands, so that a pattern can follow all its ways at once.
struct Digits: Sendable {
    /// Longer runs are no telephone numbers. A `PlaceSet` has room for one place more.
    static let limit = 30

    let ascii: ArraySlice<UInt8>
    private let places: InlineArray<10, PlaceSet>

    /// Nil for an empty run, one with another character, and one that is too long.
    init?(_ ascii: ArraySlice<UInt8>) {
        guard (1...Self.limit).contains(ascii.count) else { return nil }
        var places = InlineArray<10, PlaceSet>(repeating: [])
        for (place, character) in ascii.enumerated() {
            guard let digit = Self.value(ofASCII: character) else { return nil }
            places[digit].formUnion(PlaceSet(place))
        }
        self.ascii = ascii
        self.places = places
    }

    var count: Int { ascii.count }
    var text: String { String(decoding: ascii, as: UTF8.self) }

    func dropFirst(_ count: Int) -> Digits? { Digits(ascii.dropFirst(count)) }

    func hasPrefix(_ prefix: ArraySlice<UInt8>) -> Bool { ascii.starts(with: prefix) }

    /// Where one of these digits stands: the places before them.
    func places(of set: DigitSet) -> PlaceSet {
        if set == .all { return PlaceSet(rawValue: ~(.max << UInt32(count))) }
        var standing: PlaceSet = []
        for digit in 0..<10 where set.rawValue >> UInt16(digit) & 1 != 0 { standing.formUnion(places[digit]) }
        return standing
    }

    static func value(ofASCII character: UInt8) -> Int? {
        character >= 0x30 && character <= 0x39 ? Int(character - 0x30) : nil
    }
}
