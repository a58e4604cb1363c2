/// The quote before text whose first character would be taken for a length or a short integer (WAP-230-WSP §8.4.2.1).
enum TextString {
    static let quote: UInt8 = 0x7F

    /// Whether text that begins so is quoted. The standard asks for it above 7F; control characters and a quote itself need it as well.
    static func needsQuote(_ first: UInt8) -> Bool {
        first < 0x20 || first >= quote
    }

    static func unquoted(_ characters: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard characters.first == quote, let second = characters.dropFirst().first, needsQuote(second) else { return characters }
        return characters.dropFirst()
    }
}
