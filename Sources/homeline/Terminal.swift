import Glibc

/// What is said to a person. Colour only where a person can see it.
enum Terminal {
    static let isInteractive = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil && getenv("TERM").map { String(cString: $0) } != "dumb"

    enum Style: String {
        case plain = "0", bold = "1", dim = "2", red = "31", green = "32", yellow = "33"
    }

    static func say(_ text: String = "", _ style: Style = .plain) {
        print(style == .plain ? text : styled(text, style))
        fflush(nil)
    }

    static func styled(_ text: String, _ style: Style) -> String {
        isInteractive ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// To standard error, so that a script's output stays clean.
    static func complain(_ text: String) {
        let line = "homeline: \(harmless(text))\n"
        _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    }

    /// Words from outside must not command the terminal: control characters are shown, not obeyed.
    static func harmless(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    let isControl = scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || (0x7F...0x9F).contains(scalar.value)
                    let turnsDirection = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
                    return isControl || turnsDirection ? "\u{FFFD}" : scalar
                }))
    }
}
