import Telephony

/// The door for everything that people and programs want sent. What it returned from is durable; only then is the app answered.
public struct Submissions: Sendable {
    let ledger: any Ledger
    private let numbering: any Numbering
    let plan: RoutingPlan
    private let room: QueueRoom
    private let lines: Set<LineID>
    let mint: Mint
    let workers: WakeGroup

    /// UTF-8 octets of text in one message: 255 segments of the densest alphabet.
    public static let textLimit = 40_000
    public static let recipientLimit = 100

    /// - Parameter limits: how many deliveries of each line may wait to leave.
    public init(
        ledger: any Ledger, numbering: any Numbering, plan: RoutingPlan, limits: [LineID: Int], mint: Mint,
        workers: WakeGroup
    ) {
        self.ledger = ledger
        self.numbering = numbering
        self.plan = plan
        room = QueueRoom(limits: limits)
        lines = Set(limits.keys)
        self.mint = mint
        self.workers = workers
    }

    /// What a person typed, as an address of the line's country.
    public func address(_ text: String, line: LineID) throws(SubmissionError) -> Address {
        guard let address = numbering.address(text, line: line) else {
            throw .badRecipient(text, reason: "not a telephone number")
        }
        return address
    }

    /// Whether what leaves over the line may have pictures and other files with it.
    public func takesFiles(_ line: LineID) -> Bool { line == .house || plan.carries(.files, over: line) }

    /// Records the message and its deliveries. The same endpoint and key give the first message back.
    public func submit(_ submission: Submission) async throws(SubmissionError) -> SubmissionOutcome {
        try admit(submission)
        let message = Message(
            id: mint.identifier(), line: submission.line, direction: submission.line == .house ? .within : .outgoing,
            sender: submission.sender.map(Address.person), participants: participants(of: submission), parts: submission.parts,
            recordedAt: mint.now(), origin: submission.origin, subject: submission.subject)
        // Only messages within the house are routed by who has which devices; a trunk needs no look at them.
        let subscribers = message.direction == .within ? try await household(for: message) : []
        let destinations = plan.destinations(of: message, subscribers: subscribers, company: submission.company)
        var deliveries = plan.deliveries(.message, of: message.id, to: destinations, mint: mint)
        if let gathering = submission.gathering { deliveries = deliveries.map { $0.due(at: $0.due + gathering.quiet) } }
        try await makeRoom(for: deliveries, on: message.line)
        defer { room.leave(message.line, deliveries.count) }
        do {
            let outcome = try await ledger.submit(message, key: submission.idempotencyKey, deliveries: deliveries, gathering: submission.gathering)
            workers.ring(deliveries)
            return outcome
        } catch {
            throw .ledger(error)
        }
    }

    private func makeRoom(for deliveries: [Delivery], on line: LineID) async throws(SubmissionError) {
        var answer = room.enter(line, deliveries.count, now: mint.now())
        if answer == .unknown {
            do {
                try await room.count(line, in: ledger, now: mint.now())
            } catch {
                throw .ledger(error)
            }
            answer = room.enter(line, deliveries.count, now: mint.now())
        }
        guard answer == .room else { throw .queueFull(line) }
    }

    /// Those it is for; refuses a message to somebody who does not live here, which would be kept and reach nobody.
    private func household(for message: Message) async throws(SubmissionError) -> [Subscriber] {
        let subscribers: [Subscriber]
        do {
            subscribers = try await ledger.subscribers(.participants(of: message))
        } catch {
            throw .ledger(error)
        }
        let known = Set(subscribers.map { Address.person($0.person) })
        if let stranger = message.participants.first(where: { !known.contains($0) }) {
            throw .badRecipient(stranger.text, reason: "nobody of that name lives here")
        }
        return subscribers
    }

    private func admit(_ submission: Submission) throws(SubmissionError) {
        guard submission.line == .house || lines.contains(submission.line) else { throw .unknownLine(submission.line) }
        guard !submission.recipients.isEmpty else { throw .noRecipients }
        guard submission.recipients.count <= Self.recipientLimit else { throw .tooLarge("at most \(Self.recipientLimit) recipients") }
        guard submission.parts.contains(where: { $0.size > 0 }) else { throw .empty }
        guard submission.parts.reduce(0, { $0 + ($1.text?.utf8.count ?? 0) }) <= Self.textLimit else {
            throw .tooLarge("at most \(Self.textLimit) octets of text")
        }
        guard takesFiles(submission.line) || submission.parts.allSatisfy({ $0.text != nil }) else {
            throw .refused(Failure(.refused, "the line \(submission.line) sends texts only"))
        }
        guard submission.line != .house else { return }
        for recipient in submission.recipients {
            if let failure = numbering.refusal(recipient, line: submission.line) { throw .refused(failure) }
        }
    }

    /// Each once; those of a group in the order that all its messages have.
    private func participants(of submission: Submission) -> [Address] {
        var seen: Set<Address> = []
        let unique = submission.recipients.filter { seen.insert($0).inserted }
        return plan.carries(.groups, over: submission.line) ? unique.sorted { $0.text < $1.text } : unique
    }
}

/// Why a submission was not taken. Nothing was stored.
public enum SubmissionError: Error, Hashable, Sendable {
    case unknownLine(LineID)
    case noRecipients
    case badRecipient(String, reason: String)
    case empty
    /// The limit that was passed, in words.
    case tooLarge(String)
    /// We will not send it; the failure says why.
    case refused(Failure)
    /// As much waits to leave over the line as may; there is room again when some of it has left.
    case queueFull(LineID)
    case ledger(LedgerError)

    /// Seconds that who was refused for want of room is asked to wait.
    public static let queuePause = 30
}

extension SubmissionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownLine(let line): "There is no line named \(line)"
        case .noRecipients: "Nobody to send to"
        case .badRecipient(let text, let reason): "\(text): \(reason)"
        case .empty: "The message is empty"
        case .tooLarge(let limit): "The message is too large: \(limit)"
        case .refused(let failure): failure.sentence
        case .queueFull(let line): "Too many texts wait to leave over \(line)"
        case .ledger(let error): error.description
        }
    }
}
