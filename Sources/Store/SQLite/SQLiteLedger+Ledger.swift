import Exchange
import Telephony

// ReceiptLedger
extension SQLiteLedger {
    public func record(_ receipts: [Receipt]) async throws(LedgerError) -> [ReceiptID] {
        try await write(.acknowledgement) { try $0.record(receipts) }
    }

    public func release(_ receipts: [ReceiptID]) async throws(LedgerError) {
        try await write { try $0.release(receipts) }
    }

    public func unreadReceipts(line: LineID?) async throws(LedgerError) -> [Receipt] {
        let found = try await read { try $0.unreadReceipts(line: line) }
        if !found.damaged.isEmpty { try await write { try $0.setAside(found.damaged) } }
        return found.whole
    }

    public func repeated(_ receipts: [Receipt]) async throws(LedgerError) -> Set<ReceiptID> {
        try await read { try $0.repeated(receipts) }
    }

    public func replayUndecodable() async throws(LedgerError) -> Int {
        try await write { try $0.replayUndecodable() }
    }

    public func commit(_ readings: [Reading]) async throws(LedgerError) {
        try await write { tables in
            for reading in readings { try tables.commit(reading) }
        }
    }

    public func sentSegments(line: LineID, reference: String) async throws(LedgerError) -> [SentSegment] {
        try await read { try $0.sentSegments(line: line, reference: reference) }
    }

    public func reportedSegments(line: LineID, reference: String) async throws(LedgerError) -> [SentSegment] {
        try await read { try $0.reportedSegments(line: line, reference: reference) }
    }

    public func unansweredSegments(line: LineID) async throws(LedgerError) -> [UnansweredSegment] {
        try await read { try $0.unansweredSegments(line: line) }
    }
}

// RetrievalLedger
extension SQLiteLedger {
    public func retrievals(of line: LineID, due: Instant, limit: Int) async throws(LedgerError) -> DueRetrievals {
        try await read { try $0.retrievals(of: line, due: due, limit: limit) }
    }

    public func retrievals() async throws(LedgerError) -> [RetrievalRecord] {
        try await read { try $0.retrievals() }
    }

    public func note(_ step: RetrievalStep, of retrieval: RetrievalID, at: Instant) async throws(LedgerError) {
        try await write { try $0.note(step, of: retrieval, at: at) }
    }
}

// MessageLedger
extension SQLiteLedger {
    public func submit(
        _ message: Message, key: String, deliveries: [Delivery], gathering: Gathering?
    ) async throws(LedgerError) -> SubmissionOutcome {
        try await write(.acknowledgement) { try $0.submit(message, key: key, deliveries: deliveries, gathering: gathering) }
    }

    public func forget(recordedBefore: Instant, limit: Int) async throws(LedgerError) -> Int {
        try await write { try $0.forget(recordedBefore: recordedBefore, limit: limit) }
    }

    public func forgetReceipts(receivedBefore: Instant, limit: Int) async throws(LedgerError) -> Int {
        try await write { try $0.forgetReceipts(receivedBefore: receivedBefore, limit: limit) }
    }

    public func forget(_ message: MessageID) async throws(LedgerError) -> Bool {
        try await write { try $0.forget(message) }
    }

    public func namedMedia(among digests: [String]) async throws(LedgerError) -> Set<String> {
        try await read { try $0.namedMedia(among: digests) }
    }

    public func conversation(number: Int64) async throws(LedgerError) -> ConversationSummary? {
        try await read { try $0.conversation(number: number) }
    }

    public func message(_ id: MessageID) async throws(LedgerError) -> MessageRecord? {
        try await read { try $0.message(id) }
    }

    public func message(origin endpoint: EndpointID, reference: String) async throws(LedgerError) -> MessageRecord? {
        try await read { try $0.message(origin: endpoint, reference: reference) }
    }

    public func messages(after: MessageID?, limit: Int, lines: [LineID]?) async throws(LedgerError) -> [MessageRecord] {
        try await read { try $0.messages(after: after, limit: limit, lines: lines) }
    }

    public func messages(_ selection: MessageSelection) async throws(LedgerError) -> [NumberedMessage] {
        try await read { try $0.messages(selection) }
    }

    public func hide(_ message: MessageID, from reader: String) async throws(LedgerError) {
        try await write { try $0.hide(message, from: reader) }
    }

    public func conversations(limit: Int, lines: [LineID]?) async throws(LedgerError) -> [ConversationSummary] {
        try await read { try $0.conversations(limit: limit, lines: lines) }
    }

    public func timeline(_ message: MessageID) async throws(LedgerError) -> [TimelineEntry] {
        try await read { try $0.timeline(message) }
    }

    public func entries(after sequence: Int64, limit: Int) async throws(LedgerError) -> [TimelineEntry] {
        try await read { try $0.entries(after: sequence, limit: limit) }
    }

    public func lastEntry() async throws(LedgerError) -> Int64 {
        try await read { try $0.lastEntry() }
    }

    public func update(_ line: Line) async throws(LedgerError) {
        try await write { try $0.update(line) }
    }

    public func lines() async throws(LedgerError) -> [Line] {
        try await read { try $0.lines() }
    }
}

// DeliveryLedger
extension SQLiteLedger {
    public func claim(
        _ scope: ClaimScope, limit: Int, now: Instant, lease: Instant, mint: Mint
    ) async throws(LedgerError) -> Claimed {
        try await write { try $0.claim(scope, limit: limit, now: now, lease: lease, mint: mint) }
    }

    public func fitted(_ attempt: AttemptID, _ changes: [String], at: Instant) async throws(LedgerError) {
        try await write { try $0.fitted(attempt, changes, at: at) }
    }

    public func willSubmit(_ attempt: AttemptID, segment: Int, of total: Int, at: Instant) async throws(LedgerError) {
        try await write { try $0.willSubmit(attempt, segment: segment, of: total, at: at) }
    }

    public func segmentAccepted(_ attempt: AttemptID, segment: Int, reference: String, at: Instant) async throws(LedgerError) {
        try await write { try $0.segmentAccepted(attempt, segment: segment, reference: reference, at: at) }
    }

    public func settle(_ settlements: [Settlement]) async throws(LedgerError) {
        try await write { tables in
            for settlement in settlements { try tables.settle(settlement) }
        }
    }

    public func recover(
        leasedBefore: Instant, keeping open: Set<AttemptID>, now: Instant, judge: @escaping @Sendable (DoubtfulSend) -> DoubtRuling
    ) async throws(LedgerError) -> [Recovered] {
        try await write { try $0.recover(leasedBefore: leasedBefore, keeping: open, now: now, judge: judge) }
    }

    public func giveUpExpired(
        besides served: Set<ClaimScope>, _ failure: Failure, now: Instant, limit: Int,
        news: @escaping @Sendable (Message, Delivery, Settlement.Result) -> [Delivery]
    ) async throws(LedgerError) -> Int {
        // Nearly always there is nothing, and that is no reason to write.
        guard try await read({ try $0.abandoned(besides: served, at: now, limit: 1) }).first != nil else { return 0 }
        return try await write { try $0.giveUpExpired(besides: served, failure, now: now, limit: limit, news: news) }
    }

    public func expedite(endpoint: EndpointID, person: PersonID, device: DeviceID, now: Instant) async throws(LedgerError) {
        try await write { try $0.expedite(endpoint: endpoint, person: person, device: device, now: now) }
    }

    public func expedite(line: LineID, now: Instant) async throws(LedgerError) {
        try await write { try $0.expedite(line: line, now: now) }
    }

    public func clockWasSet(by step: Duration, at: Instant) async throws(LedgerError) {
        do {
            try await write { try $0.clockWasSet(by: step, at: at) }
        } catch {
            clockSteps.forget(at: at)
            throw error
        }
    }

    public func deliveries(of message: MessageID) async throws(LedgerError) -> [DeliveryRecord] {
        try await read { try $0.deliveries(of: message) }
    }

    public func decide(
        _ delivery: DeliveryID, _ decision: DoubtDecision, now: Instant, lifetime: @escaping @Sendable (Delivery) -> Duration,
        news: @escaping @Sendable (Message, Delivery) -> [Delivery]
    ) async throws(LedgerError) {
        try await write { try $0.decide(delivery, decision, now: now, lifetime: lifetime, news: news) }
    }

    public func wasRead(
        _ delivery: DeliveryID, by person: PersonID, at: Instant, report: @escaping @Sendable (Message) -> [Delivery]
    ) async throws(LedgerError) -> [Delivery] {
        try await write { try $0.wasRead(delivery, by: person, at: at, report: report) }
    }

    public func openScopes() async throws(LedgerError) -> [ClaimScope] {
        try await read { try $0.openScopes() }
    }

    public func openDeliveries(_ scope: ClaimScope) async throws(LedgerError) -> Int {
        try await read { try $0.openDeliveries(scope) }
    }

    public func backlog() async throws(LedgerError) -> [DeliveryState: Int] {
        try await read { try $0.backlog() }
    }
}

// PersonLedger
extension SQLiteLedger {
    public func save(_ person: Person) async throws(LedgerError) {
        try await write { try $0.save(person) }
    }

    public func change(linesOf person: PersonID, to lines: [LineID]) async throws(LedgerError) {
        try await write { try $0.change(linesOf: person, to: lines) }
    }

    public func change(credentialsOf person: PersonID, to credentials: SIPCredentials) async throws(LedgerError) {
        try await write { try $0.change(credentialsOf: person, to: credentials) }
    }

    public func remove(_ person: PersonID, now: Instant) async throws(LedgerError) {
        try await write { try $0.remove(person, now: now) }
    }

    public func persons() async throws(LedgerError) -> [Person] {
        try await read { try $0.persons() }
    }

    public func subscribers(_ selection: SubscriberSelection) async throws(LedgerError) -> [Subscriber] {
        try await read { try $0.subscribers(selection) }
    }

    public func save(_ binding: Binding) async throws(LedgerError) {
        try await write { try $0.save(binding) }
    }

    public func unregister(_ person: PersonID, _ device: DeviceID) async throws(LedgerError) {
        try await write { try $0.unregister(person, device) }
    }

    public func bindings(now: Instant) async throws(LedgerError) -> [Binding] {
        try await read { try $0.bindings(now: now) }
    }

    public func devices(of person: PersonID) async throws(LedgerError) -> [DeviceID] {
        try await read { try $0.devices(of: person) }
    }

    public func forget(_ person: PersonID, _ device: DeviceID, now: Instant) async throws(LedgerError) {
        try await write { try $0.forget(person, device, now: now) }
    }

    public func save(_ token: Token) async throws(LedgerError) {
        try await write { try $0.save(token) }
    }

    public func removeToken(named name: String) async throws(LedgerError) -> Bool {
        try await write { try $0.removeToken(named: name) }
    }

    public func tokens() async throws(LedgerError) -> [Token] {
        try await read { try $0.tokens() }
    }

    public func directoryVersion() async throws(LedgerError) -> Int64 {
        try await read { try $0.directoryVersion() }
    }
}
