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

    static func styled(_ text: String, _ style: Style) -> String {
        isInteractive ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// To standard error, so that a script's output stays clean.
    static func complain(_ text: String) {
        let line = "homeline: \(text.harmlessLines)\n"
        _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    }

}
