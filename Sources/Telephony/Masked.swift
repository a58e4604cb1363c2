extension String {
    /// This text for a log that others may see: of every run of six digits or more that stands alone, with its `+`, only the last two are left, of
    /// octets in hexadecimal only how many there are, of tokens nothing. What is a number or a secret by its look, is taken for one.
    public var masked: String {
        var text = ""
        var word = ""
        for scalar in unicodeScalars {
            if scalar.isOfWord || (scalar == "-" || scalar == "…") && word.hasPrefix(tokenMark) {
                word.unicodeScalars.append(scalar)
            } else {
                text += Self.masked(word: word)
                word = ""
                text.unicodeScalars.append(scalar)
            }
        }
        return text + Self.masked(word: word)
    }

    private static func masked(word: String) -> String {
        if word.hasPrefix(tokenMark) { return "\(tokenMark)…" }
        // Digits of every script.
        if word.unicodeScalars.allSatisfy({ $0.properties.numericType == .decimal }) {
            return word.unicodeScalars.count < shortestNumber ? word : "…\(String(word.unicodeScalars.suffix(2)))"
        }
        guard word.utf8.count >= shortestHex, word.utf8.allSatisfy(\.isHexDigit) else { return word }
        return "(\(word.utf8.count) hex digits)"
    }
}

private let tokenMark = "hl_"
private let shortestNumber = 6
private let shortestHex = 24

extension Unicode.Scalar {
    fileprivate var isOfWord: Bool { properties.isAlphabetic || properties.numericType != nil || self == "_" }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}
