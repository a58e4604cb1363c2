import Telephony

/// What a trunk offers. Nil means that it cannot.
public struct TrunkPorts: Sendable {
    public let line: LineID
    public let service: any Service
    public let messages: (any MessageTrunk)?
    /// Messages that may be sent at the same time.
    public let capacity: Int
    /// What a text that was cut off while it was being sent is to the trunk when it comes again.
    public let repetition: Repetition
    public let ussd: (any USSDTrunk)?
    /// Picture messages; nil also where the line's settings have them off.
    public let multimedia: (any MultimediaTrunk)?
    public let care: (any TendedTrunk)?
    public let health: @Sendable () async -> Health

    public init(
        line: LineID, service: any Service, messages: (any MessageTrunk)? = nil, capacity: Int = 1, repetition: Repetition = .costly,
        ussd: (any USSDTrunk)? = nil, multimedia: (any MultimediaTrunk)? = nil, care: (any TendedTrunk)? = nil,
        health: @escaping @Sendable () async -> Health
    ) {
        self.line = line
        self.service = service
        self.messages = messages
        self.capacity = capacity
        self.repetition = repetition
        self.ussd = ussd
        self.multimedia = multimedia
        self.care = care
        self.health = health
    }
}

/// Sends messages to the carrier.
public protocol MessageTrunk: Sendable {
    /// Brings the claim's message to its recipients. Called for as many claims at a time as the trunk's capacity says.
    ///
    /// Before octets whose effect cannot be taken back leave, it awaits `journal.willSubmit`; a segment the carrier took is told to
    /// `journal.accepted`. Segments in `claim.acceptedSegments` are not sent again. When the task is cancelled
    /// nothing more is sent and the answer is awaited no longer.
    func send(_ claim: Claim, journal: any SendJournal) async -> Outcome
    /// What became of the claim's message, which earlier attempts may have handed over and which has expired since: nothing of it is handed
    /// over any more, and what can be taken back is. Nil where the trunk cannot tell.
    func settle(_ claim: Claim, journal: any SendJournal) async -> Outcome?
}

extension MessageTrunk {
    public func settle(_ claim: Claim, journal: any SendJournal) async -> Outcome? { nil }
}

/// The durable diary of one send.
public protocol SendJournal: Sendable {
    /// What was done to parts so that the carrier takes them, a sentence each, for whoever asks later.
    func fitted(_ changes: [String]) async throws(LedgerError)
    func willSubmit(segment: Int, of total: Int) async throws(LedgerError)
    func accepted(segment: Int, reference: String) async throws(LedgerError)
}

/// Supplementary service requests (TS 22.090), `*100#`.
public protocol USSDTrunk: Sendable {
    func request(_ text: String) async throws(Failure) -> USSDAnswer
    func cancel() async throws(Failure)
}

public struct USSDAnswer: Hashable, Sendable {
    public let text: String
    /// The network waits for a reply; the next `request` is taken as one.
    public let expectsReply: Bool

    public init(text: String, expectsReply: Bool) {
        self.text = text
        self.expectsReply = expectsReply
    }
}
