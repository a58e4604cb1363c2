import Exchange
import Telephony

/// The reference ledger: everything in plain values, nothing durable. It says what the others must do.
public actor MemoryLedger: Ledger {
    var books = Books()

    public init() {}

    /// A transaction: what `edit` did stays only when it did not throw.
    func change<Value>(_ edit: (inout Books) throws(LedgerError) -> Value) throws(LedgerError) -> Value {
        var draft = books
        let value = try edit(&draft)
        books = draft
        return value
    }
}

// ReceiptLedger
extension MemoryLedger {
    public func record(_ receipts: [Receipt]) throws(LedgerError) -> [ReceiptID] {
        try change { books throws(LedgerError) in try books.record(receipts) }
    }

    public func release(_ receipts: [ReceiptID]) throws(LedgerError) {
        try change { books throws(LedgerError) in books.release(receipts) }
    }

    public func unreadReceipts(line: LineID?) throws(LedgerError) -> [Receipt] {
        books.receipts.filter { $0.state == .unread && (line == nil || $0.receipt.line == line) }.map(\.receipt)
    }

    public func repeated(_ receipts: [Receipt]) throws(LedgerError) -> Set<ReceiptID> {
        let consumed = books.receipts.filter { $0.state == .consumed }.map(\.receipt)
        let found = receipts.filter { one in consumed.contains { $0.id != one.id && $0.line == one.line && $0.octets == one.octets } }
        return Set(found.map(\.id))
    }

    public func replayUndecodable() throws(LedgerError) -> Int {
        try change { books throws(LedgerError) in books.replayUndecodable() }
    }

    public func commit(_ readings: [Reading]) throws(LedgerError) {
        try change { books throws(LedgerError) in
            for reading in readings { try books.commit(reading) }
        }
    }

    public func sentSegments(line: LineID, reference: String) throws(LedgerError) -> [SentSegment] {
        books.sentSegments(line: line, reference: reference)
    }

    public func reportedSegments(line: LineID, reference: String) throws(LedgerError) -> [SentSegment] {
        books.reportedSegments(line: line, reference: reference)
    }

    public func unansweredSegments(line: LineID) throws(LedgerError) -> [UnansweredSegment] { books.unansweredSegments(line: line) }
}

// RetrievalLedger
extension MemoryLedger {
    public func retrievals(of line: LineID, due: Instant, limit: Int) throws(LedgerError) -> DueRetrievals {
        books.retrievals(of: line, due: due, limit: limit)
    }

    public func retrievals() throws(LedgerError) -> [RetrievalRecord] { books.openRetrievals() }

    public func note(_ step: RetrievalStep, of retrieval: RetrievalID, at: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.note(step, of: retrieval, at: at) }
    }
}

// MessageLedger
extension MemoryLedger {
    public func submit(
        _ message: Message, key: String, deliveries: [Delivery], gathering: Gathering?
    ) throws(LedgerError) -> SubmissionOutcome {
        try change { books throws(LedgerError) in try books.submit(message, key: key, deliveries: deliveries, gathering: gathering) }
    }

    public func forget(recordedBefore: Instant, limit: Int) throws(LedgerError) -> Int {
        try change { books throws(LedgerError) in books.forget(recordedBefore: recordedBefore, limit: limit) }
    }

    public func forgetReceipts(receivedBefore: Instant, limit: Int) throws(LedgerError) -> Int {
        try change { books throws(LedgerError) in books.forgetReceipts(receivedBefore: receivedBefore, limit: limit) }
    }

    public func forget(_ message: MessageID) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in try books.forget(message) }
    }

    public func namedMedia(among digests: [String]) throws(LedgerError) -> Set<String> {
        let parts = books.messages.filter { !books.isForgotten($0.id) }.flatMap(\.parts)
        let named = parts.compactMap { part in
            if case .stored(let media) = part.content { media.digest } else { nil }
        }
        return Set(digests).intersection(named)
    }

    public func conversation(number: Int64) throws(LedgerError) -> ConversationSummary? {
        guard let key = books.conversationNumbers.first(where: { Int64($0.value) == number })?.key else { return nil }
        return books.conversations(limit: .max, lines: [key.line]).first { $0.participants == key.participants }
    }

    public func message(_ id: MessageID) throws(LedgerError) -> MessageRecord? {
        books.messageNumbers[id].map { books.record(of: books.messages[$0 - 1]) }
    }

    public func message(origin endpoint: EndpointID, reference: String) throws(LedgerError) -> MessageRecord? {
        let found = books.messages.first { message in
            guard let origin = message.origin, origin.endpoint == endpoint, !books.isForgotten(message.id) else { return false }
            return origin.references.contains(reference)
        }
        return found.map(books.record)
    }

    public func messages(after: MessageID?, limit: Int, lines: [LineID]?) throws(LedgerError) -> [MessageRecord] {
        let start = try after.map { id throws(LedgerError) in try books.number(of: id) } ?? 0
        let wanted = books.messages.dropFirst(start).filter { !books.isForgotten($0.id) && lines?.contains($0.line) ?? true }
        return wanted.prefix(max(0, limit)).map(books.record)
    }

    public func messages(_ selection: MessageSelection) throws(LedgerError) -> [NumberedMessage] { books.messages(selection) }

    public func hide(_ message: MessageID, from reader: String) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.hide(message, from: reader) }
    }

    public func conversations(limit: Int, lines: [LineID]?) throws(LedgerError) -> [ConversationSummary] {
        books.conversations(limit: limit, lines: lines)
    }

    public func timeline(_ message: MessageID) throws(LedgerError) -> [TimelineEntry] {
        books.entries.map(\.entry).filter { $0.message == message }
    }

    public func entries(after sequence: Int64, limit: Int) throws(LedgerError) -> [TimelineEntry] {
        Array(books.entries.lazy.map(\.entry).filter { $0.sequence > sequence }.prefix(max(0, limit)))
    }

    public func lastEntry() throws(LedgerError) -> Int64 { books.lastEntry }

    public func update(_ line: Line) throws(LedgerError) { books.lines[line.id] = line }

    public func lines() throws(LedgerError) -> [Line] { books.lines.values.sorted { $0.id < $1.id } }
}

// DeliveryLedger
extension MemoryLedger {
    public func claim(_ scope: ClaimScope, limit: Int, now: Instant, lease: Instant, mint: Mint) throws(LedgerError) -> Claimed {
        try change { books throws(LedgerError) in books.claim(scope, limit: limit, now: now, lease: lease, mint: mint) }
    }

    public func fitted(_ attempt: AttemptID, _ changes: [String], at: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.fitted(attempt, changes, at: at) }
    }

    public func willSubmit(_ attempt: AttemptID, segment: Int, of total: Int, at: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.willSubmit(attempt, segment: segment, of: total, at: at) }
    }

    public func segmentAccepted(_ attempt: AttemptID, segment: Int, reference: String, at: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.segmentAccepted(attempt, segment: segment, reference: reference, at: at) }
    }

    public func settle(_ settlements: [Settlement]) throws(LedgerError) {
        try change { books throws(LedgerError) in
            for settlement in settlements { try books.settle(settlement) }
        }
    }

    public func recover(
        leasedBefore: Instant, keeping open: Set<AttemptID>, now: Instant, judge: @escaping @Sendable (DoubtfulSend) -> DoubtRuling
    ) throws(LedgerError) -> [Recovered] {
        try change { books throws(LedgerError) in
            try books.recover(leasedBefore: leasedBefore, keeping: open, now: now, judge: judge)
        }
    }

    public func giveUpExpired(
        besides served: Set<ClaimScope>, _ failure: Failure, now: Instant, limit: Int,
        news: @escaping @Sendable (Message, Delivery, Settlement.Result) -> [Delivery]
    ) throws(LedgerError) -> Int {
        try change { books throws(LedgerError) in try books.giveUpExpired(besides: served, failure, now: now, limit: limit, news: news) }
    }

    public func expedite(endpoint: EndpointID, person: PersonID, device: DeviceID, now: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in books.expedite(endpoint: endpoint, person: person, device: device, now: now) }
    }

    public func expedite(line: LineID, now: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in books.expedite(line: line, now: now) }
    }

    public func clockWasSet(by step: Duration, at: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in books.clockWasSet(by: step, at: at) }
    }

    public func deliveries(of message: MessageID) throws(LedgerError) -> [DeliveryRecord] {
        books.isForgotten(message) ? [] : books.deliveries.filter { $0.delivery.message == message }.map(\.record)
    }

    public func decide(
        _ delivery: DeliveryID, _ decision: DoubtDecision, now: Instant, lifetime: @escaping @Sendable (Delivery) -> Duration,
        news: @escaping @Sendable (Message, Delivery) -> [Delivery]
    ) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.decide(delivery, decision, now: now, lifetime: lifetime, news: news) }
    }

    public func wasRead(
        _ delivery: DeliveryID, by person: PersonID, at: Instant, report: @escaping @Sendable (Message) -> [Delivery]
    ) throws(LedgerError) -> [Delivery] {
        try change { books throws(LedgerError) in try books.wasRead(delivery, by: person, at: at, report: report) }
    }

    public func openScopes() throws(LedgerError) -> [ClaimScope] {
        Array(Set(books.deliveries.filter(\.state.isOpen).map(\.delivery.destination.scope)))
    }

    public func openDeliveries(_ scope: ClaimScope) throws(LedgerError) -> Int {
        books.deliveries.count { $0.state.isOpen && $0.delivery.destination.scope == scope }
    }

    public func backlog() throws(LedgerError) -> [DeliveryState: Int] {
        let counted = books.deliveries.map(\.state).filter { $0.isOpen || $0 == .inDoubt }
        return Dictionary(counted.map { ($0, 1) }, uniquingKeysWith: +)
    }
}

// PersonLedger
extension MemoryLedger {
    public func save(_ person: Person) throws(LedgerError) {
        try change { books throws(LedgerError) in books.save(person) }
    }

    public func change(linesOf person: PersonID, to lines: [LineID]) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.change(linesOf: person, to: lines) }
    }

    public func change(credentialsOf person: PersonID, to credentials: SIPCredentials) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.change(credentialsOf: person, to: credentials) }
    }

    public func remove(_ person: PersonID, now: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.remove(person, now: now) }
    }

    public func persons() throws(LedgerError) -> [Person] {
        books.persons.values.sorted { $0.id < $1.id }.map { person in
            Person(id: person.id, lines: person.lines, credentials: person.credentials, apps: books.appPasswords(of: person.id))
        }
    }

    public func subscribers(_ selection: SubscriberSelection) throws(LedgerError) -> [Subscriber] { books.subscribers(selection) }

    public func save(_ binding: Binding) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.save(binding) }
    }

    public func unregister(_ person: PersonID, _ device: DeviceID) throws(LedgerError) { books.unregister(person, device) }

    public func bindings(now: Instant) throws(LedgerError) -> [Binding] {
        books.devices.compactMap(\.binding).filter { $0.expiresAt > now }
    }

    public func devices(of person: PersonID) throws(LedgerError) -> [DeviceID] {
        books.devices.filter { $0.person == person }.map(\.device)
    }

    public func forget(_ person: PersonID, _ device: DeviceID, now: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in books.forget(person, device, now: now) }
    }

    public func save(_ token: Token) throws(LedgerError) {
        try change { books throws(LedgerError) in books.save(token) }
    }

    public func removeToken(named name: String) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.removeToken(named: name) }
    }

    public func tokens() throws(LedgerError) -> [Token] { books.tokens.values.sorted { $0.name < $1.name } }

    public func directoryVersion() throws(LedgerError) -> Int64 { books.directoryVersion }
}
