/// Texts as values have them (RFC 6350 §3.4, §4).
enum CardText {
    static func escape(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case ",": out += "\\,"
            case ";": out += "\\;"
            case "\n": out += "\\n"
            case "\r": break
            default: out.unicodeScalars.append(scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F ? " " : scalar)
            }
        }
        return out
    }

    static func unescape(_ value: String) -> String {
        var out = "", isEscaped = false
        for scalar in value.unicodeScalars {
            if isEscaped {
                out.unicodeScalars.append(scalar == "n" || scalar == "N" ? "\n" : scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// The components of a structured value, which `;` separates; those of one component are joined by spaces.
    static func components(_ value: String) -> [String] {
        var components = [""], isEscaped = false
        for scalar in value.unicodeScalars {
            if isEscaped {
                components[components.count - 1].unicodeScalars.append(scalar == "n" || scalar == "N" ? " " : scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == ";" {
                components.append("")
            } else {
                components[components.count - 1].unicodeScalars.append(scalar == "," ? " " : scalar)
            }
        }
        return components
    }
}
