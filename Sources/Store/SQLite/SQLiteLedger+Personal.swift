import Exchange
import Telephony

extension SQLiteLedger: ConversationBook {
    public func conversations(
        of reader: PersonID, lines: [LineID]?, on shelf: Shelf, after: Int64?, limit: Int
    ) async throws(LedgerError) -> [ShelvedConversation] {
        try await read { try $0.conversations(of: reader, lines: lines, on: shelf, after: after, limit: limit) }
    }

    public func marks(of conversation: Int64, for reader: PersonID) async throws(LedgerError) -> ConversationMarks {
        try await read { try $0.marks(of: conversation, for: reader) }
    }

    public func put(_ conversation: Int64, _ move: ShelfMove, for reader: PersonID) async throws(LedgerError) {
        try await write { try $0.put(conversation, move, for: reader) }
    }

    public func save(draft: String, of conversation: Int64, for reader: PersonID) async throws(LedgerError) {
        try await write { try $0.save(draft: draft, of: conversation, for: reader) }
    }

    public func end(ofPageAt time: Instant, in conversation: Int64, limit: Int) async throws(LedgerError) -> MessageID? {
        try await read { try $0.end(ofPageAt: time, in: conversation, limit: limit) }
    }

    public func pictures(in conversation: Int64, before: MessageID?, limit: Int) async throws(LedgerError) -> [MessageRecord] {
        try await read { try $0.pictures(in: conversation, before: before, limit: limit) }
    }
}

extension SQLiteLedger: HeldMessageBook {
    public func hold(_ message: HeldMessage) async throws(LedgerError) { try await write { try $0.hold(message) } }

    public func heldMessages(of person: PersonID) async throws(LedgerError) -> [HeldMessage] { try await read { try $0.heldMessages(of: person) } }

    public func takeHeld(due: Instant, limit: Int, sparing lines: Set<LineID>) async throws(LedgerError) -> [HeldMessage] {
        try await write { try $0.takeHeld(due: due, limit: limit, sparing: lines) }
    }

    public func nextHeld() async throws(LedgerError) -> Instant? { try await read { try $0.nextHeld() } }

    public func move(_ message: HeldMessageID, of person: PersonID, to due: Instant) async throws(LedgerError) -> Bool {
        try await write { try $0.move(message, of: person, to: due) }
    }

    public func withdraw(_ message: HeldMessageID, of person: PersonID) async throws(LedgerError) -> Bool {
        try await write { try $0.withdraw(message, of: person) }
    }

    public func refuse(_ message: HeldMessageID, because reason: String) async throws(LedgerError) {
        try await write { try $0.refuse(message, because: reason) }
    }

    public func letGo(_ message: HeldMessageID) async throws(LedgerError) { try await write { try $0.letGo(message) } }
}

extension SQLiteLedger: PersonalSettingsBook {
    public func personalSettings(of person: PersonID) async throws(LedgerError) -> PersonalSettings {
        try await read { try $0.personalSettings(of: person) }
    }

    public func save(_ settings: PersonalSettings, of person: PersonID) async throws(LedgerError) {
        try await write { try $0.save(settings, of: person) }
    }
}

extension SQLiteLedger: PushBook {
    public func save(_ subscription: PushSubscription) async throws(LedgerError) { try await write { try $0.save(subscription) } }

    public func pushSubscriptions() async throws(LedgerError) -> [PushSubscription] { try await read { try $0.pushSubscriptions() } }

    public func removePushSubscription(at endpoint: String) async throws(LedgerError) -> Bool {
        try await write { try $0.removePushSubscription(at: endpoint) }
    }
}

extension SQLiteLedger: WithdrawalBook {
    public func withdraw(
        _ delivery: DeliveryID, repetition: Repetition, now: Instant, news: @escaping @Sendable (Message, Delivery, Settlement.Result) -> [Delivery]
    ) async throws(LedgerError) {
        try await write { try $0.withdraw(delivery, repetition: repetition, now: now, news: news) }
    }
}
