/// A pattern over digits, as numbering plans are written: `2(?:[1-4]\d|5)\d{6}|80{2}`.
///
/// Digits, classes, groups, alternatives, `?`, `{n}`, `{n,m}` and `$`; nothing unbounded. The text itself is the program: it is walked once,
/// carrying the set of all places in the number that can be reached. There is no backtracking; the cost is the pattern's length.
struct DigitPattern: Sendable {
    let text: ArraySlice<UInt8>

    /// No pattern, which matches nothing.
    static let none = DigitPattern(text: [])

    var isNone: Bool { text.isEmpty }

    /// Whether the pattern covers all of the digits.
    func matches(_ digits: Digits) -> Bool {
        !isNone && ends(in: digits, from: PlaceSet(0)).contains(digits.count)
    }

    /// The furthest place that the pattern reaches from the first digit; nil when it does not match there.
    func furthest(in digits: Digits) -> Int? {
        isNone ? nil : ends(in: digits, from: PlaceSet(0)).furthest
    }

    /// All places that can be reached from any of `places`.
    func ends(in digits: Digits, from places: PlaceSet) -> PlaceSet {
        var walk = PatternWalk(text: text, digits: digits)
        return walk.alternatives(from: places)
    }
}
