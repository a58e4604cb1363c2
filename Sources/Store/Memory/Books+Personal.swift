import Exchange
import Telephony

/// What persons keep of their own.
extension Books {
    func conversations(
        of reader: PersonID, lines: [LineID]?, on shelf: Shelf, after: Int64?, limit: Int
    ) throws(LedgerError) -> [ShelvedConversation] {
        let entries = try inbox(of: reader, lines: lines, after: after, limit: .max)
        let shelved = entries.map { ShelvedConversation(entry: $0, marks: marks(of: $0.number, for: reader)) }
        let wanted = shelved.filter { conversation in
            switch shelf {
            case .open: !conversation.marks.isPinned && !conversation.marks.isArchived
            case .pinned: conversation.marks.isPinned
            case .archived: conversation.marks.isArchived
            case .unread: !conversation.marks.isArchived && conversation.entry.unread > 0
            }
        }
        return Array(wanted.prefix(max(0, limit)))
    }

    func marks(of conversation: Int64, for reader: PersonID) -> ConversationMarks {
        guard let key = key(of: conversation), let row = shelves[ReadMark(person: reader, conversation: key)] else { return ConversationMarks() }
        return ConversationMarks(
            isPinned: row.isPinned, isArchived: lastIndex(of: key) <= row.archivedThrough, isMuted: row.isMuted, draft: row.draft)
    }

    private func key(of conversation: Int64) -> ConversationKey? {
        conversationNumbers.first { Int64($0.value) == conversation }?.key
    }

    private func lastIndex(of key: ConversationKey) -> Int {
        messages.lastIndex { !isForgotten($0.id) && $0.line == key.line && $0.participants == key.participants } ?? .max
    }

    mutating func put(_ conversation: Int64, _ move: ShelfMove, for reader: PersonID) throws(LedgerError) {
        guard let key = key(of: conversation) else { throw .conflict("there is no conversation \(conversation)") }
        let last = lastIndex(of: key)
        var row = shelves[ReadMark(person: reader, conversation: key)] ?? ShelfRow()
        switch move {
        case .pin: (row.isPinned, row.archivedThrough) = (true, -1)
        case .unpin: row.isPinned = false
        case .archive: (row.isPinned, row.archivedThrough) = (false, last)
        case .unarchive: row.archivedThrough = -1
        case .mute: row.isMuted = true
        case .unmute: row.isMuted = false
        }
        shelves[ReadMark(person: reader, conversation: key)] = row
    }

    mutating func save(draft: String, of conversation: Int64, for reader: PersonID) throws(LedgerError) {
        guard let key = key(of: conversation) else { throw .conflict("there is no conversation \(conversation)") }
        shelves[ReadMark(person: reader, conversation: key), default: ShelfRow()].draft = draft
    }

    func end(ofPageAt time: Instant, in conversation: Int64, limit: Int) throws(LedgerError) -> MessageID? {
        let all = try thread(conversation, before: nil, after: nil, limit: .max).reversed().map(\.message)
        let found = all.filter { $0.recordedAt >= time }
        return found.count > max(0, limit) ? found[max(0, limit)].id : nil
    }

    func pictures(in conversation: Int64, before: MessageID?, limit: Int) throws(LedgerError) -> [MessageRecord] {
        let found = try thread(conversation, before: before, after: nil, limit: .max).filter { record in
            record.message.parts.contains { $0.contentType.hasPrefix("image/") }
        }
        return Array(found.prefix(max(0, limit)))
    }

    mutating func takeHeld(due: Instant, limit: Int, sparing lines: Set<LineID>) -> [HeldMessage] {
        let wanted = held.values.filter { $0.message.refusal == nil && ($0.message.due <= due || $0.isTaken) && !lines.contains($0.message.line) }.map(\.message)
        let taken = wanted.sorted { ($0.due, $0.id) < ($1.due, $1.id) }.prefix(max(0, limit))
        for message in taken { held[message.id]?.isTaken = true }
        return Array(taken)
    }

    /// A person's own that has not been taken.
    private func changeable(_ id: HeldMessageID, of person: PersonID) -> HeldMessage? {
        guard let row = held[id], row.message.person == person, !row.isTaken else { return nil }
        return row.message
    }

    mutating func move(_ id: HeldMessageID, of person: PersonID, to due: Instant) -> Bool {
        guard let message = changeable(id, of: person) else { return false }
        held[id]?.message = message.with(due: due, refusal: nil)
        return true
    }

    mutating func withdraw(_ id: HeldMessageID, of person: PersonID) -> Bool {
        guard changeable(id, of: person) != nil else { return false }
        held[id] = nil
        return true
    }

    mutating func refuse(_ id: HeldMessageID, because reason: String) {
        guard let message = held[id]?.message else { return }
        held[id] = HeldRow(message: message.with(due: message.due, refusal: reason))
    }

    mutating func save(_ subscription: PushSubscription) throws(LedgerError) {
        guard signIns[subscription.signIn]?.person == subscription.person else { throw .conflict("the browser is not signed in") }
        pushSubscriptions[subscription.endpoint] = subscription
    }

    mutating func withdraw(
        _ delivery: DeliveryID, repetition: Repetition, now: Instant, news: (Message, Delivery, Settlement.Result) -> [Delivery]
    ) throws(LedgerError) {
        guard let number = deliveryNumbers[delivery], deliveries[number - 1].state == .pending, deliveries[number - 1].segments.isEmpty,
            repetition == .costly || !deliveries[number - 1].mayHaveLeft
        else { throw .conflict("delivery \(delivery) does not wait, or some of it has left") }
        let result: Settlement.Result = deliveries[number - 1].doubts > 0 ? .inDoubt(.doubtWithdrawn) : .failed(.withdrawn)
        try end(number - 1, result, now: now, news: news)
    }
}

struct ShelfRow: Sendable {
    var isPinned = false
    var isMuted = false
    /// The index of the conversation's last message when it was archived.
    var archivedThrough = -1
    var draft = ""
}

struct HeldRow: Sendable {
    var message: HeldMessage
    var isTaken = false
}
