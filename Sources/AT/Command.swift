/// One command line for the modem and what its answer looks like.
///
/// The text is made of literals and checked arguments only, so it never holds CR, LF, ESC or Ctrl-Z.
public struct Command: Equatable, Sendable {
    /// What the modem sends between the command and its final result.
    public enum Expectation: Equatable, Sendable {
        case nothing
        /// Lines without a prefix, or with this one (`+CGMI: "x"` on some makes).
        case bare(prefix: String)
        /// Lines that begin with one of these, colon included.
        case prefixed([String])
        /// Like `prefixed`, and each such line is followed by one line of hexadecimal digits.
        case withPayload(prefix: String)
        /// The network's own answer to a call attempt ends it: `NO CARRIER`, `BUSY`.
        case call
    }

    /// Deadlines in use; facts of real modems, not of the standard.
    public enum Deadline {
        public static let short = Duration.seconds(5)
        public static let sim = Duration.seconds(20)
        public static let listing = Duration.seconds(40)
        public static let radio = Duration.seconds(40)
        public static let submission = Duration.seconds(120)
        public static let scan = Duration.seconds(180)
        /// How long a modem may take to show `>`.
        public static let prompt = Duration.seconds(5)
    }

    /// The line without its CR.
    public let text: String
    public let expectation: Expectation
    /// From the moment the command (or its PDU) is written to its final result; nothing that arrives meanwhile extends it.
    public let deadline: Duration
    /// Upper-case hexadecimal digits to send at the prompt.
    public let payload: String?
    /// Whether the text must not appear in a log (it holds a PIN).
    public let isSecret: Bool

    init(
        _ text: String, expects expectation: Expectation = .nothing, within deadline: Duration = Deadline.short, payload: String? = nil,
        isSecret: Bool = false
    ) {
        self.text = text
        self.expectation = expectation
        self.deadline = deadline
        self.payload = payload
        self.isSecret = isSecret
    }

    /// A command of a modem's profile, written in source code.
    public static func literal(
        _ text: StaticString, expects expectation: Expectation = .nothing, within deadline: Duration = Deadline.short
    ) -> Command {
        Command("\(text)", expects: expectation, within: deadline)
    }

    /// A command line that a person wrote, in the configuration or on a console: printable ASCII, `AT` first, at most 512 characters.
    public static func verbatim(_ text: String) throws(CommandError) -> Command {
        try CommandArgument.check(text, limit: 512) { (0x20...0x7E).contains($0) }
        guard text.prefix(2).uppercased() == "AT" else { throw CommandError.forbidden(text.utf8.first ?? 0, at: 0) }
        let name = text.dropFirst(2).prefix { $0 != "=" && $0 != "?" && $0 != ";" }
        return Command(text, expects: .bare(prefix: name.isEmpty ? "" : "\(name.uppercased()):"), within: Deadline.radio)
    }

    /// The text as it may be logged.
    public var loggable: String { isSecret ? "\(text.prefix(8))…" : text }
}
