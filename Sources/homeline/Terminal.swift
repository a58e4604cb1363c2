import Glibc
import Telephony

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

    /// A question, with the answer on the same line.
    static func ask(_ text: String) {
        print(text, terminator: "")
        fflush(nil)
    }

    /// A picture of half blocks whose ink is light: white on black where colours are, whatever the terminal's own are.
    static func say(_ picture: [String]) {
        for line in picture { print(isInteractive ? "\u{1B}[97;40m\(line)\u{1B}[0m" : line) }
        fflush(nil)
    }

    static func styled(_ text: String, _ style: Style) -> String {
        isInteractive ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// In the place of what stands in the last line.
    static func overwrite(_ text: String) {
        print("\r\u{1B}[K\(text)", terminator: "")
        fflush(nil)
    }

    /// To standard error, so that a script's output stays clean.
    static func complain(_ text: String) {
        let line = "homeline: \(text.harmlessLines)\n"
        _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    }
}
