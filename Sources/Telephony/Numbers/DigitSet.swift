/// A class of digits, `[2-46]`.
struct DigitSet: OptionSet, Sendable {
    let rawValue: UInt16

    init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The one digit, or none for another character.
    init(ascii character: UInt8) {
        rawValue = Digits.value(ofASCII: character).map { 1 << UInt16($0) } ?? 0
    }

    static let all = DigitSet(rawValue: 0x3FF)
}
