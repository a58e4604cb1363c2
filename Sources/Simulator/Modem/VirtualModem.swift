import Wire

/// A whole AT modem as a value: octets of the terminal and news of the network go in, octets and requests come out.
///
/// It speaks 3GPP TS 27.005 and 27.007 the way its `Personality` does. It knows no port, no clock and no network: `ModemHost` carries out
/// its effects and `CellularNetwork` stands at the other end of the air.
public struct VirtualModem: StateMachine {
    public enum Event: Equatable, Sendable {
        /// The terminal typed something, at a time in seconds since 1970 (UTC).
        case typed([UInt8], at: Int)
        /// The network hands over a short message or a status report.
        case incoming(Incoming)
        /// The network answers a submission.
        case answered(SubmissionAnswer)
        /// The network says something in a USSD session.
        case ussd(USSDAnswer)
        /// The network tells its zone, in quarter hours.
        case zone(Int)
        case fault(Fault)
        /// Power on, or plugged in.
        case start
    }

    public enum Effect: Equatable, Sendable {
        case transmit([UInt8])
        /// A message for the network; an `answered` event is to follow.
        case submit(PDU)
        /// The delivery is the modem's or the terminal's now.
        case acknowledge(id: UInt64)
        /// The delivery could not be taken, with the TP failure cause (3GPP TS 23.040 §9.2.3.22).
        case refuse(id: UInt64, cause: UInt8)
        /// There is room for messages again.
        case memoryAvailable
        /// Reachable, or no longer. Told again whenever it may have changed.
        case attached
        case detached
        /// A USSD request or reply, in plain characters.
        case ussd(String)
        case ussdCancelled
        /// The device goes away: its ports close.
        case unplugged
        /// It is there again.
        case plugged
    }

    public enum TimerName: Hashable, Sendable {
        case storm, trickle, hang, prompt, boot, answer, registration
        /// The terminal has this long to say `+CNMA`.
        case acknowledgement
    }

    public let personality: Personality
    public internal(set) var sim: SIMCard
    public internal(set) var radio: Radio
    public internal(set) var store: MessageStore
    /// The card as it was put in.
    let originalSIM: SIMCard
    /// How `+CUSD` carries text.
    var ussdStyle: Personality.USSDStyle
    var settings = TerminalSettings()
    var service: MessageService
    /// What `setting` commands keep, by command name.
    var switches: [String: Int] = [:]
    var mode = TerminalMode.command
    var editor = LineEditor()
    /// The rest of a command line whose present command waits for text or for the network.
    var remainder: ArraySlice<CommandRequest> = []
    /// The command whose message is with the network, for its answer.
    var submissionName = "+CMGS"
    /// The network's answer that is not told yet.
    var lateAnswer: SubmissionAnswer?
    /// What was typed while the network was thinking.
    var typedAhead: [UInt8] = []
    /// Unsolicited lines that wait for the end of a prompt or an answer.
    var heldBack: [[UInt8]] = []
    var plan = FaultPlan()
    /// The wall clock as of the last event that brought the time, in seconds since 1970 (UTC).
    var unixTime = 0
    /// The network's zone in quarter hours, for `+CCLK`.
    var zone = 0
    /// Gone from the bus until `plug` or the timer `boot`.
    var isUnplugged = false
    private var outputs: [Output<Effect, TimerName>] = []
    private var unsaid: [UInt8] = []
    var trickling: [UInt8] = []

    /// Most octets kept of a command line, a text or what is typed ahead.
    static let inputLimit = 4096

    public init(personality: Personality, sim: SIMCard = SIMCard()) {
        self.personality = personality
        self.sim = sim
        self.originalSIM = sim
        self.ussdStyle = personality.ussdStyle
        self.radio = Radio(technology: personality.technology)
        self.store = MessageStore(capacities: personality.capacities, firstIndex: personality.firstIndex)
        self.service = MessageService(personality: personality)
    }

    public mutating func handle(_ input: Input<Event, TimerName>) -> [Output<Effect, TimerName>] {
        switch input {
        case .event(.typed(let octets, let now)):
            unixTime = now
            for octet in octets { receive(octet) }
        case .event(.incoming(let incoming)): receive(incoming)
        case .event(.answered(let answer)): finishSubmission(answer)
        case .event(.ussd(let answer)): announce(answer)
        case .event(.zone(let zone)): learn(zone: zone)
        case .event(.fault(let fault)): inject(fault)
        case .event(.start): start()
        case .fired(.storm): continueStorm()
        case .fired(.trickle): trickle()
        case .fired(.hang): wake()
        case .fired(.prompt): transmitPrompt()
        case .fired(.answer): giveLateAnswer()
        case .fired(.boot): finishBoot()
        case .fired(.registration): finishSearch()
        case .fired(.acknowledgement): giveUpAcknowledgement()
        }
        flush()
        defer { outputs = [] }
        return outputs
    }

    /// Whether the network can reach it.
    public var isAttached: Bool {
        radio.functionality == .full && [1, 5].contains(radio.coverage) && !radio.isSearching && sim.trouble == nil
    }

    /// What it is doing, for people.
    var modeName: String {
        switch mode {
        case .command: "command"
        case .text: "text"
        case .waiting: "waiting"
        case .deaf: "deaf"
        }
    }

    mutating func emit(_ effect: Effect) {
        flush()
        outputs.append(.effect(effect))
    }

    mutating func arm(_ timer: TimerName, after duration: Duration) {
        flush()
        outputs.append(.arm(timer, after: duration))
    }

    mutating func disarm(_ timer: TimerName) {
        flush()
        outputs.append(.disarm(timer))
    }

    /// Octets for the terminal, which leave together with those just before and after them.
    mutating func say(_ octets: [UInt8]) {
        unsaid += octets
    }

    private mutating func flush() {
        guard !unsaid.isEmpty else { return }
        outputs.append(.effect(.transmit(unsaid)))
        unsaid = []
    }

    mutating func reportAttachment() {
        emit(isAttached ? .attached : .detached)
    }
}
