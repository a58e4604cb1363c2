import Exchange
import Telephony

/// A ledger under test, with a clock that stands still and short words for what a clause needs.
public struct LedgerBench: Sendable {
    public let ledger: any Ledger
    public let clock = ManualClock()
    public let mint: Mint

    public init(_ ledger: any Ledger) {
        self.ledger = ledger
        mint = .repeatable(clock)
    }

    var now: Instant { clock.now() }

    func receipt(_ octets: [UInt8] = [0x07, 0x91, 0x00], place: String = "SM/1", line: LineID = "home") -> Receipt {
        Receipt(id: mint.identifier(), line: line, format: .modemPDU, place: place, octets: octets, receivedAt: now)
    }

    func incoming(_ text: String = "hello", from sender: Address = .far, line: LineID = "home") -> Message {
        Message(
            id: mint.identifier(), line: line, direction: .incoming, sender: sender, participants: [sender], parts: [.text(text)],
            sentAt: now - .seconds(3), recordedAt: now)
    }

    func outgoing(
        _ text: String = "hello", to recipients: [Address] = [.far], line: LineID = "home", reference: String = "call-1"
    ) -> Message {
        Message(
            id: mint.identifier(), line: line, direction: .outgoing, sender: .person("alice"), participants: recipients,
            parts: [.text(text)], recordedAt: now,
            origin: Origin(endpoint: .softphone, person: "alice", device: "phone", reference: reference))
    }

    func delivery(
        of message: Message, to destination: Destination, content: DeliveryContent = .message, due: Instant? = nil, expires: Instant? = nil
    ) -> Delivery {
        Delivery(
            id: mint.identifier(), message: message.id, destination: destination, content: content, due: due ?? now,
            expires: expires ?? now + .seconds(86400))
    }

    /// One delivery over the message's line to all its participants.
    func sending(_ message: Message, due: Instant? = nil, expires: Instant? = nil) -> Delivery {
        delivery(of: message, to: .trunk(message.line, recipients: message.participants), due: due, expires: expires)
    }

    /// Submits a new outgoing message with one delivery over its line.
    @discardableResult
    func submit(_ message: Message, due: Instant? = nil, expires: Instant? = nil) async throws -> Delivery {
        let delivery = sending(message, due: due, expires: expires)
        _ = try await ledger.submit(message, key: "\(message.id)", deliveries: [delivery])
        return delivery
    }

    /// Commits a new incoming message that is to go to `destinations`.
    @discardableResult
    func receive(_ message: Message, to destinations: [Destination]) async throws -> [Delivery] {
        let ids = try await ledger.record([receipt(Array(message.text.utf8), place: "SM/\(message.id)")])
        let deliveries = destinations.map { delivery(of: message, to: $0) }
        try await ledger.commit([Reading(receipts: ids, result: .message(message, deliveries: deliveries), at: now)])
        return deliveries
    }

    func claim(_ scope: ClaimScope = .trunk("home"), limit: Int = 100) async throws -> [Claim] {
        try await ledger.claim(scope, limit: limit, now: now, lease: now + .seconds(60), mint: mint).claims
    }

    /// When the scope has something to claim next.
    func nextDue(_ scope: ClaimScope) async throws -> Instant? {
        try await ledger.claim(scope, limit: 0, now: now, lease: now + .seconds(60), mint: mint).nextDue
    }

    func settle(_ claim: Claim, _ result: Settlement.Result, following: [Delivery] = []) async throws {
        let settlement = Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: result, at: now, following: following)
        try await ledger.settle([settlement])
    }

    /// Submits a message, claims it and brings `accepted` of its `total` segments to the carrier; references count from 10.
    func send(_ message: Message, accepted: Int, of total: Int) async throws -> Claim {
        try await submit(message)
        let claim = try await claim().first { $0.message.id == message.id }
        guard let claim else { throw LedgerError.conflict("the message was not claimed") }
        for segment in 0..<accepted {
            try await ledger.willSubmit(claim.attempt.id, segment: segment, of: total, at: now)
            try await ledger.segmentAccepted(claim.attempt.id, segment: segment, reference: "\(10 + segment)", at: now)
        }
        return claim
    }

    /// Commits a carrier's report on the segment that was last accepted under `reference`.
    func report(_ fate: DeliveryReport.Fate, on reference: String, following: [Delivery] = []) async throws {
        guard let segment = try await ledger.sentSegments(line: "home", reference: reference).first else {
            throw LedgerError.conflict("no segment \(reference)")
        }
        try await report(fate, on: segment, following: following)
    }

    func report(_ fate: DeliveryReport.Fate, on segment: SentSegment, following: [Delivery] = []) async throws {
        let report = DeliveryReport(reference: segment.reference, recipient: .far, fate: fate, at: now)
        let ids = try await ledger.record([receipt(Array("\(mint.identifier(Receipt.self))".utf8), place: "direct")])
        let result = Reading.Result.report(report, segment: segment, deliveries: following)
        try await ledger.commit([Reading(receipts: ids, result: result, at: now)])
    }

    /// A send that is in doubt at the segment after those accepted.
    func doubtful(_ message: Message, accepted: Int, of total: Int) async throws -> Claim {
        let claim = try await send(message, accepted: accepted, of: total)
        try await ledger.willSubmit(claim.attempt.id, segment: accepted, of: total, at: now)
        try await settle(claim, .inDoubt(Failure(.lostAnswer)))
        return claim
    }

    /// Commits a carrier's report as the answer of the one segment in doubt.
    func answer(_ fate: DeliveryReport.Fate, as reference: String, following: [Delivery] = []) async throws {
        guard let segment = try await ledger.unansweredSegments(line: "home").first else { throw LedgerError.conflict("nothing is in doubt") }
        try await answer(fate, as: reference, for: segment, following: following)
    }

    func answer(_ fate: DeliveryReport.Fate, as reference: String, for segment: UnansweredSegment, following: [Delivery] = []) async throws {
        let report = DeliveryReport(reference: reference, recipient: .far, fate: fate, at: now, submittedAt: now)
        let ids = try await ledger.record([receipt(Array("\(mint.identifier(Receipt.self))".utf8), place: "direct")])
        try await ledger.commit([Reading(receipts: ids, result: .answer(report, segment: segment, deliveries: following), at: now)])
    }

    func state(of delivery: Delivery) async throws -> DeliveryState? {
        try await ledger.deliveries(of: delivery.message).first { $0.delivery.id == delivery.id }?.state
    }

    func state(of message: Message) async throws -> MessageState? { try await ledger.message(message.id)?.state }

    func kinds(of message: Message) async throws -> [TimelineEntry.Kind] { try await ledger.timeline(message.id).map(\.kind) }
}

extension Address {
    static let far = Address.number("+15550100")
    static let other = Address.number("+15550101")
}

extension Destination {
    static let alicesPhone = Destination.device(.softphone, "alice", "phone")
    static let alicesFirst = Destination.device(.softphone, "alice", nil)
}
