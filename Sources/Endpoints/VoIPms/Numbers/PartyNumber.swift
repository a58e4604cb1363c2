import Telephony

/// Numbers as the service's programs write them: ten digits within North America, digits alone elsewhere.
enum PartyNumber {
    /// Before what stands for a sender whom nobody can answer.
    private static let unanswerable = "000"

    /// Digits that programs take and send back unchanged; what `address` reads as the same party again.
    ///
    /// - Parameter home: whether our own line is in North America.
    static func text(of address: Address, isAtHome home: Bool) -> String {
        switch address {
        case .number(let number):
            let digits = number.filter { $0.isASCII && $0.isNumber }
            if digits.hasPrefix("1"), digits.utf8.count == 11 { return home ? String(digits.dropFirst()) : digits }
            // Ten digits alone would be taken for a number in North America.
            return digits.utf8.count == 10 ? "011\(digits)" : digits
        case .shortCode(let code): return code
        case .alphanumeric, .email, .person: return unanswerable + keypad(address.text)
        }
    }

    /// Whose name has to stand before the text, because their number does not tell it.
    static func name(of address: Address) -> String? {
        switch address {
        case .number, .shortCode: nil
        case .alphanumeric, .email, .person: address.text
        }
    }

    /// What a caller means by a number; nil for none.
    ///
    /// - Parameter plan: reads it as somebody in the line's country would.
    static func address(_ text: String, plan: (String) -> Address?) -> Address? {
        let digits = text.filter { $0.isASCII && $0.isNumber }
        guard digits.utf8.count >= 3, !digits.hasPrefix(unanswerable), text.utf8.count <= 40 else { return nil }
        if text.contains("+") { return plan(text) }
        if digits.hasPrefix("011"), digits.utf8.count > 10 { return plan("+" + digits.dropFirst(3)) }
        // As we write those of other countries, and the service's programs those of their own.
        if digits.utf8.count > 10, !digits.hasPrefix("0") { return plan("+" + digits) }
        if let address = plan(text), digits.utf8.count != 10 || isNumber(address) { return address }
        guard digits.utf8.count == 10, let first = digits.first, ("2"..."9").contains(first) else { return nil }
        return .number("+1" + digits)
    }

    private static func isNumber(_ address: Address) -> Bool { if case .number = address { true } else { false } }

    /// The keys of a telephone that a name is typed with.
    private static func keypad(_ name: String) -> String {
        let keys: [(String, Character)] = [
            ("abc", "2"), ("def", "3"), ("ghi", "4"), ("jkl", "5"), ("mno", "6"), ("pqrs", "7"), ("tuv", "8"), ("wxyz", "9"),
        ]
        return String(
            name.lowercased().prefix(24).compactMap { letter in
                letter.isASCII && letter.isNumber ? letter : keys.first { $0.0.contains(letter) }?.1
            })
    }
}
