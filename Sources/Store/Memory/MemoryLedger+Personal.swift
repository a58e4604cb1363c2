import Exchange
import Telephony

extension MemoryLedger: ConversationBook {
    public func conversations(
        of reader: PersonID, lines: [LineID]?, on shelf: Shelf, after: Int64?, limit: Int
    ) throws(LedgerError) -> [ShelvedConversation] {
        try books.conversations(of: reader, lines: lines, on: shelf, after: after, limit: limit)
    }

    public func marks(of conversation: Int64, for reader: PersonID) throws(LedgerError) -> ConversationMarks {
        books.marks(of: conversation, for: reader)
    }

    public func put(_ conversation: Int64, _ move: ShelfMove, for reader: PersonID) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.put(conversation, move, for: reader) }
    }

    public func save(draft: String, of conversation: Int64, for reader: PersonID) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.save(draft: draft, of: conversation, for: reader) }
    }

    public func end(ofPageAt time: Instant, in conversation: Int64, limit: Int) throws(LedgerError) -> MessageID? {
        try books.end(ofPageAt: time, in: conversation, limit: limit)
    }

    public func pictures(in conversation: Int64, before: MessageID?, limit: Int) throws(LedgerError) -> [MessageRecord] {
        try books.pictures(in: conversation, before: before, limit: limit)
    }
}

extension MemoryLedger: HeldMessageBook {
    public func hold(_ message: HeldMessage) throws(LedgerError) {
        try change { books throws(LedgerError) in
            if books.held[message.id] == nil { books.held[message.id] = HeldRow(message: message) }
        }
    }

    public func heldMessages(of person: PersonID) throws(LedgerError) -> [HeldMessage] {
        books.held.values.map(\.message).filter { $0.person == person }.sorted { ($0.due, $0.id) < ($1.due, $1.id) }
    }

    public func takeHeld(due: Instant, limit: Int, sparing lines: Set<LineID>) throws(LedgerError) -> [HeldMessage] {
        try change { books throws(LedgerError) in books.takeHeld(due: due, limit: limit, sparing: lines) }
    }

    public func nextHeld() throws(LedgerError) -> Instant? { books.held.values.map(\.message).filter { $0.refusal == nil }.map(\.due).min() }

    public func move(_ message: HeldMessageID, of person: PersonID, to due: Instant) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.move(message, of: person, to: due) }
    }

    public func withdraw(_ message: HeldMessageID, of person: PersonID) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.withdraw(message, of: person) }
    }

    public func refuse(_ message: HeldMessageID, because reason: String) throws(LedgerError) {
        try change { books throws(LedgerError) in books.refuse(message, because: reason) }
    }

    public func letGo(_ message: HeldMessageID) throws(LedgerError) { try change { books throws(LedgerError) in books.held[message] = nil } }
}

extension MemoryLedger: PersonalSettingsBook {
    public func personalSettings(of person: PersonID) throws(LedgerError) -> PersonalSettings { books.personalSettings[person] ?? PersonalSettings() }

    public func save(_ settings: PersonalSettings, of person: PersonID) throws(LedgerError) {
        try change { books throws(LedgerError) in books.personalSettings[person] = settings }
    }
}

extension MemoryLedger: PushBook {
    public func save(_ subscription: PushSubscription) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.save(subscription) }
    }

    public func pushSubscriptions() throws(LedgerError) -> [PushSubscription] {
        books.pushSubscriptions.values.filter { books.signIns[$0.signIn] != nil }.sorted { $0.endpoint < $1.endpoint }
    }

    public func removePushSubscription(at endpoint: String) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.pushSubscriptions.removeValue(forKey: endpoint) != nil }
    }
}

extension MemoryLedger: WithdrawalBook {
    public func withdraw(
        _ delivery: DeliveryID, repetition: Repetition, now: Instant, news: @escaping @Sendable (Message, Delivery, Settlement.Result) -> [Delivery]
    ) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.withdraw(delivery, repetition: repetition, now: now, news: news) }
    }
}
