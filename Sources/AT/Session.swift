import Wire

/// One conversation with a modem: a single command in flight, notifications at any moment, and a way back to order after a failure.
///
/// The queue of commands is the owner's. Deadlines run from the moment of writing and nothing the modem sends meanwhile extends them.
/// After a command that failed at the prompt or ran out of time the session leaves the prompt with ESC and probes with `AT` until the
/// modem answers again, and only then reports the reply; so a following command never becomes the text of a message.
public struct Session: StateMachine {
    public enum Event: Equatable, Sendable {
        /// The link is open: get to a known state first.
        case opened
        case frame(LineFramer.Frame)
        case issue(Command)
        /// The owner allows the PDU of the command at the prompt to leave.
        case submit
        /// The owner does not.
        case abandon
        case disconnected
    }

    public enum Effect: Equatable, Sendable {
        case write([UInt8])
        /// The modem answered after `opened`; commands may follow.
        case ready
        /// The modem waits for the PDU: answer with `submit` or `abandon`.
        case prompted
        case answered(Command, Reply)
        case unsolicited(Unsolicited)
        /// Octets that mean nothing here; counted, otherwise ignored.
        case stray(String)
        /// The modem answers nothing, not even `AT`.
        case hung
    }

    public enum TimerName: Hashable, Sendable {
        /// The final result is due.
        case deadline
        /// `>` is due.
        case prompt
        /// The second line of a notification is due.
        case payload
        /// The answer to ESC or to the probe is due.
        case resynchronise
        /// Late results of the failed command have had their chance.
        case settle
    }

    struct Exchange: Equatable, Sendable {
        let command: Command
        private(set) var lines: [Reply.Line] = []

        init(command: Command) {
            self.command = command
        }

        /// What goes over the limit is dropped: what a listing leaves out is listed the next time.
        mutating func add(_ line: String) {
            if lines.count < Session.answerLimit { lines.append(Reply.Line(line)) }
        }

        mutating func setPayload(_ payload: String) {
            if let last = lines.indices.last { lines[last].payload = payload }
        }
    }

    /// More lines than the storage of any modem has places.
    static let answerLimit = 2_048

    /// The way back to order; `failed` is reported at its end.
    struct Resynchronisation: Equatable, Sendable {
        enum Stage: Equatable, Sendable {
            case escaped
            case probed
            case settling
        }

        var failed: Exchange?
        var completion: Reply.Completion
        var stage = Stage.escaped
        var probes = 0
    }

    enum State: Equatable, Sendable {
        case closed
        case idle
        case running(Exchange)
        case awaitingPrompt(Exchange)
        case prompted(Exchange)
        case submitted(Exchange)
        case resynchronising(Resynchronisation)
    }

    public enum Timing {
        public static let escape = Duration.milliseconds(500)
        /// Shorter: a prompt left by someone else is rare.
        public static let escapeAtOpening = Duration.milliseconds(100)
        public static let probe = Duration.seconds(1)
        public static let settle = Duration.milliseconds(100)
        public static let payload = Duration.seconds(2)
        public static let probes = 4
    }

    var state = State.closed
    /// A two-line notification whose second line is to come.
    var pending: Unsolicited.Header?
    /// A notification whose quoted text goes on over the end of its line.
    var continued: Continuation?

    public init() {}

    /// Whether a command may be issued.
    public var isIdle: Bool { state == .idle }

    public mutating func handle(_ input: Input<Event, TimerName>) -> [Output<Effect, TimerName>] {
        switch (state, input) {
        case (.closed, .event(.opened)):
            return escape(nil, completion: .result(.ok), leaving: Timing.escapeAtOpening)
        case (_, .event(.opened)):
            return []
        case (.closed, .event(.issue(let command))):
            return [.effect(.answered(command, Reply(completion: .disconnected(.commanded))))]
        case (.idle, .event(.issue(let command))):
            return start(command)
        case (_, .event(.issue(let command))):
            return [.effect(.answered(command, Reply(completion: .refused)))]
        case (.prompted(let exchange), .event(.submit)):
            return submit(exchange)
        case (.prompted(let exchange), .event(.abandon)):
            return escape(exchange, completion: .abandoned)
        case (_, .event(.submit)), (_, .event(.abandon)):
            return []
        case (.closed, .event(.frame)), (.closed, .event(.disconnected)), (.closed, .fired):
            return []
        case (_, .event(.disconnected)):
            return disconnect()
        case (_, .event(.frame(.overlong(let limit)))):
            return [.effect(.stray("a line of more than \(limit) octets"))]
        case (_, .event(.frame(.prompt))):
            return takePrompt()
        case (_, .event(.frame(.line(let line)))):
            return take(line)
        case (.running(let exchange), .fired(.deadline)):
            return escape(exchange, completion: .timedOut(.commanded))
        case (.submitted(let exchange), .fired(.deadline)):
            return escape(exchange, completion: .timedOut(.submitted))
        case (.awaitingPrompt(let exchange), .fired(.prompt)):
            return escape(exchange, completion: .timedOut(.commanded))
        case (.resynchronising(let way), .fired(.resynchronise)):
            return probe(way)
        case (.resynchronising(let way), .fired(.settle)):
            return finish(way)
        case (_, .fired(.payload)):
            return giveUpPending()
        case (_, .fired(.deadline)), (_, .fired(.prompt)), (_, .fired(.resynchronise)), (_, .fired(.settle)):
            return []
        }
    }

    private mutating func start(_ command: Command) -> [Output<Effect, TimerName>] {
        let write = Output<Effect, TimerName>.effect(.write(Array(command.text.utf8) + [Octet.carriageReturn]))
        guard command.payload == nil else {
            state = .awaitingPrompt(Exchange(command: command))
            return [write, .arm(.prompt, after: Command.Deadline.prompt)]
        }
        state = .running(Exchange(command: command))
        return [write, .arm(.deadline, after: command.deadline)]
    }

    /// The PDU and its Ctrl-Z are two writes, so that a link found dead after the first has submitted nothing.
    private mutating func submit(_ exchange: Exchange) -> [Output<Effect, TimerName>] {
        state = .submitted(exchange)
        return [
            .effect(.write(Array((exchange.command.payload ?? "").utf8))), .effect(.write([Octet.controlZ])),
            .arm(.deadline, after: exchange.command.deadline),
        ]
    }

    private mutating func disconnect() -> [Output<Effect, TimerName>] {
        defer { state = .closed }
        pending = nil
        continued = nil
        var outputs: [Output<Effect, TimerName>] = [
            .disarm(.deadline), .disarm(.prompt), .disarm(.payload), .disarm(.resynchronise), .disarm(.settle),
        ]
        switch state {
        case .closed, .idle:
            break
        case .running(let exchange), .awaitingPrompt(let exchange):
            outputs.append(answer(exchange, .disconnected(.commanded)))
        case .prompted(let exchange):
            outputs.append(answer(exchange, .disconnected(.prompted)))
        case .submitted(let exchange):
            outputs.append(answer(exchange, .disconnected(.submitted)))
        case .resynchronising(let way):
            if let exchange = way.failed { outputs.append(answer(exchange, way.completion)) }
        }
        return outputs + [.finished]
    }

    func answer(_ exchange: Exchange, _ completion: Reply.Completion) -> Output<Effect, TimerName> {
        .effect(.answered(exchange.command, Reply(lines: exchange.lines, completion: completion)))
    }
}

/// Control characters of the link.
enum Octet {
    static let carriageReturn: UInt8 = 0x0D
    static let controlZ: UInt8 = 0x1A
    static let escape: UInt8 = 0x1B
}
