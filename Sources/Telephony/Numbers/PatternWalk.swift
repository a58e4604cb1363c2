/// One pass over a pattern's text.
struct PatternWalk {
    let text: ArraySlice<UInt8>
    let digits: Digits
    var index: Int

    init(text: ArraySlice<UInt8>, digits: Digits) {
        self.text = text
        self.digits = digits
        index = text.startIndex
    }

    private var next: UInt8? { index < text.endIndex ? text[index] : nil }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// `a|b|c` up to the end of the text or of the group.
    mutating func alternatives(from places: PlaceSet) -> PlaceSet {
        var reached = sequence(from: places)
        while skip("|") { reached.formUnion(sequence(from: places)) }
        return reached
    }

    private mutating func sequence(from places: PlaceSet) -> PlaceSet {
        var places = places
        while let character = next, character != UInt8(ascii: "|"), character != UInt8(ascii: ")") {
            guard !places.isEmpty else {
                skipAlternative()
                break
            }
            switch character {
            case UInt8(ascii: "("): places = group(from: places)
            case UInt8(ascii: "$"):
                index += 1
                places = places.intersection(PlaceSet(digits.count))
            default: places = digitClass(from: places)
            }
        }
        return places
    }

    /// Nothing more can match before the next `|` or `)` of this level.
    private mutating func skipAlternative() {
        var depth = 0
        while let character = next {
            switch character {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")") where depth == 0: return
            case UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: "|") where depth == 0: return
            default: break
            }
            index += 1
        }
    }

    private mutating func group(from places: PlaceSet) -> PlaceSet {
        index += 1
        if skip("?") { _ = skip(":") }
        let body = index
        var current = alternatives(from: places)
        _ = skip(")")
        let times = quantifier()
        let end = index
        var reached = times.contains(0) ? places : []
        if times.contains(1) { reached.formUnion(current) }
        var time = 1
        while time < times.upperBound, !current.isEmpty {
            index = body
            current = alternatives(from: current)
            time += 1
            if times.contains(time) { reached.formUnion(current) }
        }
        index = end
        return reached
    }

    private mutating func digitClass(from places: PlaceSet) -> PlaceSet {
        let standing = digits.places(of: oneDigit())
        let times = quantifier()
        var current = places
        var reached = times.contains(0) ? places : []
        var time = 0
        while time < times.upperBound, !current.isEmpty {
            current = current.intersection(standing).advanced
            time += 1
            if times.contains(time) { reached.formUnion(current) }
        }
        return reached
    }

    /// `7`, `\d` or `[2-46]`, as a set of digits. Anything else is skipped and matches no digit.
    private mutating func oneDigit() -> DigitSet {
        guard let character = next else { return [] }
        index += 1
        switch character {
        case UInt8(ascii: "\\"):
            return skip("d") ? .all : []
        case UInt8(ascii: "["):
            return bracket()
        default:
            return DigitSet(ascii: character)
        }
    }

    private mutating func bracket() -> DigitSet {
        var set: DigitSet = []
        var last: UInt8 = 0
        while let character = next, character != UInt8(ascii: "]") {
            index += 1
            if character == UInt8(ascii: "\\"), skip("d") {
                set = .all
            } else if character == UInt8(ascii: "-"), let end = next {
                for digit in min(last, end)...end { set.formUnion(DigitSet(ascii: digit)) }
            } else {
                set.formUnion(DigitSet(ascii: character))
                last = character
            }
        }
        _ = skip("]")
        return set
    }

    /// How often the item before it may stand: `?`, `{3}`, `{2,5}`, or nothing for once.
    private mutating func quantifier() -> ClosedRange<Int> {
        if skip("?") { return 0...1 }
        guard skip("{") else { return 1...1 }
        let least = number()
        let most = skip(",") ? number() : least
        _ = skip("}")
        return least...max(least, most)
    }

    private mutating func number() -> Int {
        var number = 0
        while let character = next, let digit = Digits.value(ofASCII: character) {
            number = min(number * 10 + digit, Digits.limit)
            index += 1
        }
        return number
    }
}
