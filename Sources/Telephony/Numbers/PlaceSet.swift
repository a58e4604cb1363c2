/// Places between the digits of a number: 0 is before the first, the count behind the last.
struct PlaceSet: OptionSet, Sendable {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ place: Int) { rawValue = place < 32 ? 1 << UInt32(place) : 0 }

    func contains(_ place: Int) -> Bool { rawValue >> UInt32(place) & 1 != 0 }

    /// Every place moved on by one digit.
    var advanced: PlaceSet { PlaceSet(rawValue: rawValue << 1) }

    var furthest: Int? { rawValue == 0 ? nil : 31 - rawValue.leadingZeroBitCount }

    /// Its places, nearest first.
    var places: [Int] { (0..<32).filter(contains) }
}
