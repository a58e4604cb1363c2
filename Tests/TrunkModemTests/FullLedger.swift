import Exchange
import Store
import Synchronization
import Telephony

/// A ledger whose disk is full for the first so many records.
final class FullLedger: Ledger {
    private let inner = MemoryLedger()
    private let refusals: Mutex<Int>

    init(refusals: Int) {
        self.refusals = Mutex(refusals)
    }

    func record(_ receipts: [Receipt]) async throws(LedgerError) -> [ReceiptID] {
        let isFull = refusals.withLock { refusals in
            refusals -= 1
            return refusals >= 0
        }
        if isFull { throw .full("disk full") }
        return try await inner.record(receipts)
    }

    func release(_ receipts: [ReceiptID]) async throws(LedgerError) { try await inner.release(receipts) }
    func unreadReceipts(line: LineID?) async throws(LedgerError) -> [Receipt] { try await inner.unreadReceipts(line: line) }
    func repeated(_ receipts: [Receipt]) async throws(LedgerError) -> Set<ReceiptID> { try await inner.repeated(receipts) }
    func replayUndecodable() async throws(LedgerError) -> Int { try await inner.replayUndecodable() }
    func commit(_ readings: [Reading]) async throws(LedgerError) { try await inner.commit(readings) }
    func sentSegments(line: LineID, reference: String) async throws(LedgerError) -> [SentSegment] {
        try await inner.sentSegments(line: line, reference: reference)
    }
    func reportedSegments(line: LineID, reference: String) async throws(LedgerError) -> [SentSegment] {
        try await inner.reportedSegments(line: line, reference: reference)
    }
    func unansweredSegments(line: LineID) async throws(LedgerError) -> [UnansweredSegment] { try await inner.unansweredSegments(line: line) }
    func submit(_ message: Message, key: String, deliveries: [Delivery]) async throws(LedgerError) -> SubmissionOutcome {
        try await inner.submit(message, key: key, deliveries: deliveries)
    }
    func message(_ id: MessageID) async throws(LedgerError) -> MessageRecord? { try await inner.message(id) }
    func message(origin endpoint: EndpointID, reference: String) async throws(LedgerError) -> MessageRecord? {
        try await inner.message(origin: endpoint, reference: reference)
    }
    func messages(after: MessageID?, limit: Int, lines: [LineID]?) async throws(LedgerError) -> [MessageRecord] {
        try await inner.messages(after: after, limit: limit, lines: lines)
    }
    func conversations(limit: Int, lines: [LineID]?) async throws(LedgerError) -> [ConversationSummary] {
        try await inner.conversations(limit: limit, lines: lines)
    }
    func timeline(_ message: MessageID) async throws(LedgerError) -> [TimelineEntry] { try await inner.timeline(message) }
    func entries(after sequence: Int64, limit: Int) async throws(LedgerError) -> [TimelineEntry] {
        try await inner.entries(after: sequence, limit: limit)
    }
    func lastEntry() async throws(LedgerError) -> Int64 { try await inner.lastEntry() }
    func update(_ line: Line) async throws(LedgerError) { try await inner.update(line) }
    func lines() async throws(LedgerError) -> [Line] { try await inner.lines() }
    func claim(_ scope: ClaimScope, limit: Int, now: Instant, lease: Instant, mint: Mint) async throws(LedgerError) -> Claimed {
        try await inner.claim(scope, limit: limit, now: now, lease: lease, mint: mint)
    }
    func willSubmit(_ attempt: AttemptID, segment: Int, of total: Int, at: Instant) async throws(LedgerError) {
        try await inner.willSubmit(attempt, segment: segment, of: total, at: at)
    }
    func segmentAccepted(_ attempt: AttemptID, segment: Int, reference: String, at: Instant) async throws(LedgerError) {
        try await inner.segmentAccepted(attempt, segment: segment, reference: reference, at: at)
    }
    func settle(_ settlements: [Settlement]) async throws(LedgerError) { try await inner.settle(settlements) }
    func recover(
        leasedBefore: Instant, keeping open: Set<AttemptID>, now: Instant, judge: @escaping @Sendable (DoubtfulSend) -> DoubtRuling
    ) async throws(LedgerError) -> [Recovered] {
        try await inner.recover(leasedBefore: leasedBefore, keeping: open, now: now, judge: judge)
    }
    func expedite(endpoint: EndpointID, person: PersonID, device: DeviceID, now: Instant) async throws(LedgerError) {
        try await inner.expedite(endpoint: endpoint, person: person, device: device, now: now)
    }
    func expedite(line: LineID, now: Instant) async throws(LedgerError) { try await inner.expedite(line: line, now: now) }
    func clockWasSet(by step: Duration) async throws(LedgerError) { try await inner.clockWasSet(by: step) }
    func deliveries(of message: MessageID) async throws(LedgerError) -> [DeliveryRecord] { try await inner.deliveries(of: message) }
    func decide(
        _ delivery: DeliveryID, _ decision: DoubtDecision, now: Instant, news: @escaping @Sendable (Message, Delivery) -> [Delivery]
    ) async throws(LedgerError) {
        try await inner.decide(delivery, decision, now: now, news: news)
    }
    func openDeliveries(_ scope: ClaimScope) async throws(LedgerError) -> Int { try await inner.openDeliveries(scope) }
    func backlog() async throws(LedgerError) -> [DeliveryState: Int] { try await inner.backlog() }
    func save(_ person: Person) async throws(LedgerError) { try await inner.save(person) }
    func remove(_ person: PersonID, now: Instant) async throws(LedgerError) { try await inner.remove(person, now: now) }
    func persons() async throws(LedgerError) -> [Person] { try await inner.persons() }
    func subscribers(_ selection: SubscriberSelection) async throws(LedgerError) -> [Subscriber] {
        try await inner.subscribers(selection)
    }
    func save(_ binding: Binding) async throws(LedgerError) { try await inner.save(binding) }
    func unregister(_ person: PersonID, _ device: DeviceID) async throws(LedgerError) { try await inner.unregister(person, device) }
    func bindings(now: Instant) async throws(LedgerError) -> [Binding] { try await inner.bindings(now: now) }
    func devices(of person: PersonID) async throws(LedgerError) -> [DeviceID] { try await inner.devices(of: person) }
    func forget(_ person: PersonID, _ device: DeviceID, now: Instant) async throws(LedgerError) { try await inner.forget(person, device, now: now) }
    func save(_ token: Token) async throws(LedgerError) { try await inner.save(token) }
    func removeToken(named name: String) async throws(LedgerError) -> Bool { try await inner.removeToken(named: name) }
    func tokens() async throws(LedgerError) -> [Token] { try await inner.tokens() }
    func directoryVersion() async throws(LedgerError) -> Int64 { try await inner.directoryVersion() }
}
