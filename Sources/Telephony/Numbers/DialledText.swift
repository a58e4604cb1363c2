/// What a person typed or an address book holds, taken apart: `+41 (0)79 123-45-67`, `*100#`.
struct DialledText: Sendable {
    let hasPlus: Bool
    /// Digits, `*` and `#` in order.
    let ascii: [UInt8]

    /// Longer texts are no numbers; looking at them would be work for nothing.
    private static let limit = 120

    /// Nil when a letter or another character that is in no number stands in the text.
    init?(_ text: String) {
        guard text.utf8.count <= Self.limit else { return nil }
        var hasPlus = false
        var ascii: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "+", "\u{FF0B}":
                guard ascii.isEmpty, !hasPlus else { return nil }
                hasPlus = true
            case "*", "#":
                ascii.append(UInt8(truncatingIfNeeded: scalar.value))
            default:
                if let digit = Self.digit(scalar) {
                    ascii.append(0x30 + digit)
                } else if !Self.isSeparator(scalar) {
                    return nil
                }
            }
        }
        guard !ascii.isEmpty else { return nil }
        self.hasPlus = hasPlus
        self.ascii = ascii
    }

    var isServiceCode: Bool { ascii.contains(UInt8(ascii: "*")) || ascii.contains(UInt8(ascii: "#")) }

    /// A decimal digit of any script.
    private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
        if scalar.isASCII { return ("0"..."9").contains(scalar) ? UInt8(truncatingIfNeeded: scalar.value - 0x30) : nil }
        guard scalar.properties.numericType == .decimal else { return nil }
        return Character(scalar).wholeNumberValue.flatMap(UInt8.init(exactly:))
    }

    /// What people and address books put between digits, invisible direction marks included.
    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "-", ".", "/", "(", ")", "[", "]", "~", "\t", "\u{AD}", "\u{2212}", "\u{30FC}", "\u{FEFF}": true
        default:
            switch scalar.properties.generalCategory {
            case .spaceSeparator, .dashPunctuation, .format: true
            default: scalar.value >= 0xFF08 && scalar.value <= 0xFF0F
            }
        }
    }
}
