import Exchange
import Telephony

/// Stands around each call of a ledger: counts it, delays it, fails it before or after its commit.
public protocol LedgerInterceptor: Sendable {
    /// Carries out the call by giving `body` the ledger to ask, or does not.
    func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value
}

/// A ledger whose calls all pass through an interceptor.
public struct InterceptedLedger<Interceptor: LedgerInterceptor>: Ledger {
    public let interceptor: Interceptor

    public init(_ interceptor: Interceptor) { self.interceptor = interceptor }
}

extension InterceptedLedger {
    public func health() async -> Health {
        let health = try? await interceptor.around(.health) { ledger throws(LedgerError) in await ledger.health() }
        return health ?? Health(.down, "Takes nothing.")
    }

    public func probe() async throws(LedgerError) {
        try await interceptor.around(.probe) { ledger throws(LedgerError) in try await ledger.probe() }
    }
}

// ReceiptLedger
extension InterceptedLedger {
    public func record(_ receipts: [Receipt]) async throws(LedgerError) -> [ReceiptID] {
        try await interceptor.around(.record) { ledger throws(LedgerError) in try await ledger.record(receipts) }
    }

    public func release(_ receipts: [ReceiptID]) async throws(LedgerError) {
        try await interceptor.around(.release) { ledger throws(LedgerError) in try await ledger.release(receipts) }
    }

    public func unreadReceipts(line: LineID?) async throws(LedgerError) -> [Receipt] {
        try await interceptor.around(.unreadReceipts) { ledger throws(LedgerError) in try await ledger.unreadReceipts(line: line) }
    }

    public func repeated(_ receipts: [Receipt]) async throws(LedgerError) -> Set<ReceiptID> {
        try await interceptor.around(.repeated) { ledger throws(LedgerError) in try await ledger.repeated(receipts) }
    }

    public func replayUndecodable() async throws(LedgerError) -> Int {
        try await interceptor.around(.replayUndecodable) { ledger throws(LedgerError) in try await ledger.replayUndecodable() }
    }

    public func commit(_ readings: [Reading]) async throws(LedgerError) {
        try await interceptor.around(.commit) { ledger throws(LedgerError) in try await ledger.commit(readings) }
    }

    public func sentSegments(line: LineID, reference: String) async throws(LedgerError) -> [SentSegment] {
        try await interceptor.around(.sentSegments) { ledger throws(LedgerError) in
            try await ledger.sentSegments(line: line, reference: reference)
        }
    }

    public func reportedSegments(line: LineID, reference: String) async throws(LedgerError) -> [SentSegment] {
        try await interceptor.around(.reportedSegments) { ledger throws(LedgerError) in
            try await ledger.reportedSegments(line: line, reference: reference)
        }
    }

    public func unansweredSegments(line: LineID) async throws(LedgerError) -> [UnansweredSegment] {
        try await interceptor.around(.unansweredSegments) { ledger throws(LedgerError) in try await ledger.unansweredSegments(line: line) }
    }
}

// RetrievalLedger
extension InterceptedLedger {
    public func retrievals(of line: LineID, due: Instant, limit: Int) async throws(LedgerError) -> DueRetrievals {
        try await interceptor.around(.dueRetrievals) { ledger throws(LedgerError) in
            try await ledger.retrievals(of: line, due: due, limit: limit)
        }
    }

    public func retrievals() async throws(LedgerError) -> [RetrievalRecord] {
        try await interceptor.around(.retrievals) { ledger throws(LedgerError) in try await ledger.retrievals() }
    }

    public func note(_ step: RetrievalStep, of retrieval: RetrievalID, at: Instant) async throws(LedgerError) {
        try await interceptor.around(.noteRetrieval) { ledger throws(LedgerError) in try await ledger.note(step, of: retrieval, at: at) }
    }
}

// MessageLedger
extension InterceptedLedger {
    public func submit(
        _ message: Message, key: String, deliveries: [Delivery], gathering: Gathering?
    ) async throws(LedgerError) -> SubmissionOutcome {
        try await interceptor.around(.submit) { ledger throws(LedgerError) in
            try await ledger.submit(message, key: key, deliveries: deliveries, gathering: gathering)
        }
    }

    public func forget(recordedBefore: Instant, limit: Int) async throws(LedgerError) -> Int {
        try await interceptor.around(.forgetMessages) { ledger throws(LedgerError) in
            try await ledger.forget(recordedBefore: recordedBefore, limit: limit)
        }
    }

    public func forgetReceipts(receivedBefore: Instant, limit: Int) async throws(LedgerError) -> Int {
        try await interceptor.around(.forgetReceipts) { ledger throws(LedgerError) in
            try await ledger.forgetReceipts(receivedBefore: receivedBefore, limit: limit)
        }
    }

    public func forget(_ message: MessageID) async throws(LedgerError) -> Bool {
        try await interceptor.around(.forgetMessage) { ledger throws(LedgerError) in try await ledger.forget(message) }
    }

    public func namedMedia(among digests: [String]) async throws(LedgerError) -> Set<String> {
        try await interceptor.around(.namedMedia) { ledger throws(LedgerError) in try await ledger.namedMedia(among: digests) }
    }

    public func conversation(number: Int64) async throws(LedgerError) -> ConversationSummary? {
        try await interceptor.around(.conversation) { ledger throws(LedgerError) in try await ledger.conversation(number: number) }
    }

    public func message(_ id: MessageID) async throws(LedgerError) -> MessageRecord? {
        try await interceptor.around(.message) { ledger throws(LedgerError) in try await ledger.message(id) }
    }

    public func message(origin endpoint: EndpointID, reference: String) async throws(LedgerError) -> MessageRecord? {
        try await interceptor.around(.messageByReference) { ledger throws(LedgerError) in
            try await ledger.message(origin: endpoint, reference: reference)
        }
    }

    public func messages(after: MessageID?, limit: Int, lines: [LineID]?) async throws(LedgerError) -> [MessageRecord] {
        try await interceptor.around(.messages) { ledger throws(LedgerError) in
            try await ledger.messages(after: after, limit: limit, lines: lines)
        }
    }

    public func messages(_ selection: MessageSelection) async throws(LedgerError) -> [NumberedMessage] {
        try await interceptor.around(.selectedMessages) { ledger throws(LedgerError) in try await ledger.messages(selection) }
    }

    public func hide(_ message: MessageID, from reader: String) async throws(LedgerError) {
        try await interceptor.around(.hideMessage) { ledger throws(LedgerError) in try await ledger.hide(message, from: reader) }
    }

    public func conversations(limit: Int, lines: [LineID]?) async throws(LedgerError) -> [ConversationSummary] {
        try await interceptor.around(.conversations) { ledger throws(LedgerError) in
            try await ledger.conversations(limit: limit, lines: lines)
        }
    }

    public func timeline(_ message: MessageID) async throws(LedgerError) -> [TimelineEntry] {
        try await interceptor.around(.timeline) { ledger throws(LedgerError) in try await ledger.timeline(message) }
    }

    public func entries(after sequence: Int64, limit: Int) async throws(LedgerError) -> [TimelineEntry] {
        try await interceptor.around(.entries) { ledger throws(LedgerError) in try await ledger.entries(after: sequence, limit: limit) }
    }

    public func lastEntry() async throws(LedgerError) -> Int64 {
        try await interceptor.around(.lastEntry) { ledger throws(LedgerError) in try await ledger.lastEntry() }
    }

    public func update(_ line: Line) async throws(LedgerError) {
        try await interceptor.around(.updateLine) { ledger throws(LedgerError) in try await ledger.update(line) }
    }

    public func lines() async throws(LedgerError) -> [Line] {
        try await interceptor.around(.lines) { ledger throws(LedgerError) in try await ledger.lines() }
    }
}

// DeliveryLedger
extension InterceptedLedger {
    public func claim(_ scope: ClaimScope, limit: Int, now: Instant, lease: Instant, mint: Mint) async throws(LedgerError) -> Claimed {
        try await interceptor.around(.claim) { ledger throws(LedgerError) in
            try await ledger.claim(scope, limit: limit, now: now, lease: lease, mint: mint)
        }
    }

    public func fitted(_ attempt: AttemptID, _ changes: [String], at: Instant) async throws(LedgerError) {
        try await interceptor.around(.fitted) { ledger throws(LedgerError) in try await ledger.fitted(attempt, changes, at: at) }
    }

    public func willSubmit(_ attempt: AttemptID, segment: Int, of total: Int, at: Instant) async throws(LedgerError) {
        try await interceptor.around(.willSubmit) { ledger throws(LedgerError) in
            try await ledger.willSubmit(attempt, segment: segment, of: total, at: at)
        }
    }

    public func segmentAccepted(_ attempt: AttemptID, segment: Int, reference: String, at: Instant) async throws(LedgerError) {
        try await interceptor.around(.segmentAccepted) { ledger throws(LedgerError) in
            try await ledger.segmentAccepted(attempt, segment: segment, reference: reference, at: at)
        }
    }

    public func settle(_ settlements: [Settlement]) async throws(LedgerError) {
        try await interceptor.around(.settle) { ledger throws(LedgerError) in try await ledger.settle(settlements) }
    }

    public func recover(
        leasedBefore: Instant, keeping open: Set<AttemptID>, now: Instant, judge: @escaping @Sendable (DoubtfulSend) -> DoubtRuling
    ) async throws(LedgerError) -> [Recovered] {
        try await interceptor.around(.recover) { ledger throws(LedgerError) in
            try await ledger.recover(leasedBefore: leasedBefore, keeping: open, now: now, judge: judge)
        }
    }

    public func giveUpExpired(
        besides served: Set<ClaimScope>, _ failure: Failure, now: Instant, limit: Int,
        news: @escaping @Sendable (Message, Delivery, Settlement.Result) -> [Delivery]
    ) async throws(LedgerError) -> Int {
        try await interceptor.around(.giveUpExpired) { ledger throws(LedgerError) in
            try await ledger.giveUpExpired(besides: served, failure, now: now, limit: limit, news: news)
        }
    }

    public func expedite(endpoint: EndpointID, person: PersonID, device: DeviceID, now: Instant) async throws(LedgerError) {
        try await interceptor.around(.expediteDevice) { ledger throws(LedgerError) in
            try await ledger.expedite(endpoint: endpoint, person: person, device: device, now: now)
        }
    }

    public func expedite(line: LineID, now: Instant) async throws(LedgerError) {
        try await interceptor.around(.expediteLine) { ledger throws(LedgerError) in try await ledger.expedite(line: line, now: now) }
    }

    public func clockWasSet(by step: Duration, at: Instant) async throws(LedgerError) {
        try await interceptor.around(.clockWasSet) { ledger throws(LedgerError) in try await ledger.clockWasSet(by: step, at: at) }
    }

    public func deliveries(of message: MessageID) async throws(LedgerError) -> [DeliveryRecord] {
        try await interceptor.around(.deliveries) { ledger throws(LedgerError) in try await ledger.deliveries(of: message) }
    }

    public func decide(
        _ delivery: DeliveryID, _ decision: DoubtDecision, now: Instant, lifetime: @escaping @Sendable (Delivery) -> Duration,
        news: @escaping @Sendable (Message, Delivery) -> [Delivery]
    ) async throws(LedgerError) {
        try await interceptor.around(.decide) { ledger throws(LedgerError) in
            try await ledger.decide(delivery, decision, now: now, lifetime: lifetime, news: news)
        }
    }

    public func wasRead(
        _ delivery: DeliveryID, by person: PersonID, at: Instant, report: @escaping @Sendable (Message) -> [Delivery]
    ) async throws(LedgerError) -> [Delivery] {
        try await interceptor.around(.wasRead) { ledger throws(LedgerError) in
            try await ledger.wasRead(delivery, by: person, at: at, report: report)
        }
    }

    public func openScopes() async throws(LedgerError) -> [ClaimScope] {
        try await interceptor.around(.openScopes) { ledger throws(LedgerError) in try await ledger.openScopes() }
    }

    public func openDeliveries(_ scope: ClaimScope) async throws(LedgerError) -> Int {
        try await interceptor.around(.openDeliveries) { ledger throws(LedgerError) in try await ledger.openDeliveries(scope) }
    }

    public func backlog() async throws(LedgerError) -> [DeliveryState: Int] {
        try await interceptor.around(.backlog) { ledger throws(LedgerError) in try await ledger.backlog() }
    }
}
