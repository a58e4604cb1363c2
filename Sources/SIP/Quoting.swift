/// Quoted strings (RFC 3261 §25.1).
enum Quoting {
    static func quoted(_ text: String) -> String {
        var out = "\""
        for character in text.unicodeScalars {
            switch character {
            case "\"", "\\": out.append("\\"); out.unicodeScalars.append(character)
            case "\r", "\n", "\0": out.append(" ")
            default: out.unicodeScalars.append(character)
            }
        }
        return out + "\""
    }

    /// As it stands where it is a token, in quotes where it would end its parameter.
    static func tokenOrQuoted(_ text: String) -> String {
        !text.isEmpty && text.utf8.allSatisfy(Grammar.isToken) ? text : quoted(text)
    }
}
