/// The answer to one command.
public struct Reply: Equatable, Sendable {
    /// One line of the answer, with the PDU that followed it where one did.
    public struct Line: Equatable, Sendable {
        public var text: String
        /// Hexadecimal digits.
        public var payload: String?

        public init(_ text: String, payload: String? = nil) {
            self.text = text
            self.payload = payload
        }
    }

    /// How far a command had come.
    public enum Phase: Equatable, Sendable {
        /// The command line was written.
        case commanded
        /// The prompt is there, nothing of the PDU was written.
        case prompted
        /// The PDU and its Ctrl-Z were handed over: the network may have it.
        case submitted
    }

    public enum Completion: Equatable, Sendable {
        case result(ResultCode)
        /// No final result by the deadline.
        case timedOut(Phase)
        /// The link ended first.
        case disconnected(Phase)
        /// The owner gave the submission up at the prompt.
        case abandoned
        /// Another command was in flight.
        case refused
    }

    public var lines: [Line]
    public var completion: Completion

    public init(lines: [Line] = [], completion: Completion) {
        self.lines = lines
        self.completion = completion
    }

    /// Whether the modem gave a final result, be it an error.
    public var isFinal: Bool {
        if case .result = completion { true } else { false }
    }

    public var isOK: Bool { completion == .result(.ok) }
    public var texts: [String] { lines.map(\.text) }
    public var firstText: String? { lines.first?.text }
}
