/// Quoted strings (RFC 3261 §25.1).
enum Quoting {
    static func quoted(_ text: String) -> String {
        var out = ""
        appendQuoted(text, to: &out)
        return out
    }

    /// Hardly any text has something to escape, and looking is cheaper than copying one by one.
    static func appendQuoted(_ text: String, to out: inout String) {
        out += "\""
        if text.utf8.contains(where: isSpecial) { out += escaped(text) } else { out += text }
        out += "\""
    }

    private static func isSpecial(_ octet: UInt8) -> Bool {
        octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") || octet == 0x0D || octet == 0x0A || octet == 0
    }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text.unicodeScalars {
            switch character {
            case "\"", "\\": out.append("\\"); out.unicodeScalars.append(character)
            case "\r", "\n", "\0": out.append(" ")
            default: out.unicodeScalars.append(character)
            }
        }
        return out
    }

    /// As it stands where it is a token, in quotes where it would end its parameter.
    static func tokenOrQuoted(_ text: String) -> String {
        !text.isEmpty && text.utf8.allSatisfy(Grammar.isToken) ? text : quoted(text)
    }
}
