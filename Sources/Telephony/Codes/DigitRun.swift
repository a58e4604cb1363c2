/// Digits that stand together; two groups of three or of four count as one.
struct DigitRun {
    let range: Range<Int>
    let digits: String
    /// Groups of digits a space or a hyphen apart.
    let groups: [Int]

    static func all(in text: [Unicode.Scalar]) -> [DigitRun] {
        var runs: [DigitRun] = []
        var index = 0
        while index < text.count {
            guard isDigit(text[index]) else {
                index += 1
                continue
            }
            let run = DigitRun(at: index, in: text)
            runs.append(run)
            index = run.range.upperBound
        }
        return runs
    }

    private init(at start: Int, in text: [Unicode.Scalar]) {
        var (end, digits, groups) = (start, "", [0])
        while end < text.count {
            if Self.isDigit(text[end]) {
                digits.unicodeScalars.append(text[end])
                groups[groups.count - 1] += 1
            } else if Self.joins.contains(text[end]), end + 1 < text.count, Self.isDigit(text[end + 1]) {
                groups.append(0)
            } else {
                break
            }
            end += 1
        }
        range = start..<end
        self.digits = digits
        self.groups = groups
    }

    private static let joins: Set<Unicode.Scalar> = [" ", "-", "\u{A0}", "\u{202F}", "\u{2011}", "\u{2013}"]
    private static let partOfMore: Set<Unicode.Scalar> = [".", ",", ":", "/", "'", "’", "*", "•", "+", "@", "_", "%"]
    private static let signs: Set<Unicode.Scalar> = ["€", "$", "£", "¥", "₹", "₽", "₺", "₩", "元", "円", "원", "%", "°"]
    private static let currencies: Set<String> = [
        "eur", "euro", "euros", "usd", "chf", "gbp", "pln", "zł", "czk", "kč", "sek", "nok", "dkk", "kr", "rub", "руб", "inr", "rs", "try", "tl", "huf", "ft", "ron", "lei", "brl", "cad",
        "aud", "sar", "aed", "jpy", "cny", "rmb", "krw", "min", "mins", "minutes", "minuten", "minuti", "minutos", "seconds", "sekunden", "km", "kg",
    ]
    /// What digits behind are the end of a card, an account or a telephone number.
    private static let ofThings: Set<String> = [
        "ending", "endend", "ends", "endet", "terminant", "terminée", "terminando", "terminada", "finisce", "konto", "kontonr", "account", "acct", "compte", "conto", "cuenta", "card", "karte", "carte", "carta",
        "tarjeta", "tel", "telefon", "phone", "call", "nr", "no", "num", "iban", "room", "order", "bestellung", "commande", "flight",
    ]
    private static let small: Set<String> = ["in", "with", "mit", "auf", "par", "en", "con", "the", "der", "dem", "à", "su", "at", "number", "nummer", "numéro"]

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    var isYear: Bool { digits.count == 4 && (digits.hasPrefix("19") || digits.hasPrefix("20")) }

    func mayBeCode(in text: [Unicode.Scalar]) -> Bool {
        guard (4...8).contains(digits.count), groups.count == 1 || groups == [3, 3] || groups == [4, 4] else { return false }
        return isWhole(in: text) && !isAmount(in: text) && !isOfThing(in: text)
    }

    /// Not a piece of a longer number, a price with cents, a time, a date or a name.
    private func isWhole(in text: [Unicode.Scalar]) -> Bool {
        let before = range.lowerBound > 0 ? text[range.lowerBound - 1] : " "
        let beforeThat = range.lowerBound > 1 ? text[range.lowerBound - 2] : " "
        let after = range.upperBound < text.count ? text[range.upperBound] : " "
        let afterThat = range.upperBound + 1 < text.count ? text[range.upperBound + 1] : " "
        // `G-493817`, as one sender writes it.
        let hasPrefix = before == "-" && beforeThat == "g"
        if Self.partOfMore.contains(before), Self.isDigit(beforeThat) || ["+", "*", "•", "/", "_", "@"].contains(before) { return false }
        if before == "-", !hasPrefix { return false }
        if before.properties.isAlphabetic, before.isASCII { return false }
        if after.properties.isAlphabetic, after.isASCII { return false }
        if after == "-" || after == "_" || after == "@" { return false }
        // A comma before one digit parts sentences, as Chinese texts have it without a space.
        if after == ",", Self.isDigit(afterThat), !(range.upperBound + 2 < text.count && Self.isDigit(text[range.upperBound + 2])) { return true }
        return !(Self.partOfMore.contains(after) && (Self.isDigit(afterThat) || after == "/" || after == "%"))
    }

    private func isAmount(in text: [Unicode.Scalar]) -> Bool {
        let before = Self.nearest(text[..<range.lowerBound].reversed()), after = Self.nearest(Array(text[range.upperBound...].prefix(24)))
        if let sign = before.sign, Self.signs.contains(sign) { return true }
        if let sign = after.sign, Self.signs.contains(sign) { return true }
        return Self.currencies.contains(String(before.word.reversed())) || Self.currencies.contains(after.word)
    }

    private func isOfThing(in text: [Unicode.Scalar]) -> Bool {
        var rest = Array(text[..<range.lowerBound].suffix(40).reversed())
        for _ in 0..<3 {
            rest = Array(rest.drop { $0 == " " || $0 == "." || $0 == ":" || $0 == "#" })
            let word = String(Self.nearest(rest).word.reversed())
            if Self.ofThings.contains(word) { return true }
            guard Self.small.contains(word) else { return false }
            rest = Array(rest.dropFirst(word.unicodeScalars.count))
        }
        return false
    }

    /// The word, or the sign, that follows a space at most.
    private static func nearest(_ text: [Unicode.Scalar]) -> (word: String, sign: Unicode.Scalar?) {
        let rest = text.drop { $0 == " " || $0 == "\u{A0}" }
        let word = rest.prefix { $0.properties.isAlphabetic }
        return (CodeWords.string(word), word.isEmpty ? rest.first : nil)
    }
}
