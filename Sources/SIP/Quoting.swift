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
}
