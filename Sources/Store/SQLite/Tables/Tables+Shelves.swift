import Exchange
import GRDB
import Telephony

/// Conversations as persons have put them.
extension Tables {
    func conversations(of reader: PersonID, lines: [LineID]?, on shelf: Shelf, after: Int64?, limit: Int) throws -> [ShelvedConversation] {
        let end = try after.map { number in
            guard let last = try db.integer("SELECT last FROM conversation WHERE id = ?", number) else {
                throw LedgerError.conflict("there is no conversation \(number)")
            }
            return last
        }
        let names = Names((lines ?? []).map(\.name))
        let numbers = try db.rows(
            """
            SELECT c.id FROM \(Self.joining(shelf)) WHERE c.last < ? \(lines == nil ? "" : "AND c.line IN (\(names.places))")
            AND \(Self.condition(of: shelf)) ORDER BY c.last DESC LIMIT ?
            """, reader.name, end ?? .max, names, max(0, limit)
        ) { try $0.column(0) as Int64 }
        return try numbers.compactMap { number in
            guard let summary = try conversation(number: number) else { return nil }
            let entry = InboxEntry(number: number, summary: summary, unread: try unread(number, by: reader))
            return ShelvedConversation(entry: entry, marks: try marks(of: number, for: reader))
        }
    }

    /// What is kept for few conversations leads to them; all others are gone through from the liveliest on.
    private static func joining(_ shelf: Shelf) -> String {
        switch shelf {
        case .pinned, .archived: "shelf s CROSS JOIN conversation c ON s.person = ?1 AND c.id = s.conversation"
        case .open, .unread: "conversation c LEFT JOIN shelf s ON s.person = ?1 AND s.conversation = c.id"
        }
    }

    /// No message has the number 0; those of another phone's past have less.
    private static let isArchived = "ifnull(s.archived <> 0 AND c.last <= s.archived, 0)"

    private static func condition(of shelf: Shelf) -> String {
        switch shelf {
        case .open: "ifnull(s.pinned, 0) = 0 AND NOT \(isArchived)"
        case .pinned: "s.pinned = 1"
        case .archived: isArchived
        case .unread:
            """
            NOT \(isArchived) AND EXISTS (
                SELECT 1 FROM message INDEXED BY message_incoming WHERE conversation = c.id AND direction = 'incoming'
                    AND id > ifnull((SELECT message FROM read_mark WHERE person = ?1 AND conversation = c.id), 0))
            """
        }
    }

    func marks(of conversation: Int64, for reader: PersonID) throws -> ConversationMarks {
        let found = try db.first(
            """
            SELECT s.pinned, \(Self.isArchived), s.muted, s.draft FROM shelf s JOIN conversation c ON c.id = s.conversation
            WHERE s.person = ? AND s.conversation = ?
            """, reader.name, conversation
        ) { try ConversationMarks(isPinned: $0.column(0), isArchived: $0.column(1), isMuted: $0.column(2), draft: $0.column(3)) }
        return found ?? ConversationMarks()
    }

    func put(_ conversation: Int64, _ move: ShelfMove, for reader: PersonID) throws {
        let change =
            switch move {
            case .pin: "pinned = 1, archived = 0"
            case .unpin: "pinned = 0"
            case .archive: "pinned = 0, archived = (SELECT last FROM conversation WHERE id = shelf.conversation)"
            case .unarchive: "archived = 0"
            case .mute: "muted = 1"
            case .unmute: "muted = 0"
            }
        try makeShelf(conversation, for: reader)
        try db.run("UPDATE shelf SET \(change) WHERE person = ? AND conversation = ?", reader.name, conversation)
    }

    func save(draft: String, of conversation: Int64, for reader: PersonID) throws {
        try makeShelf(conversation, for: reader)
        try db.run("UPDATE shelf SET draft = ? WHERE person = ? AND conversation = ?", draft, reader.name, conversation)
    }

    private func makeShelf(_ conversation: Int64, for reader: PersonID) throws {
        guard try db.integer("SELECT 1 FROM conversation WHERE id = ?", conversation) != nil else {
            throw LedgerError.conflict("there is no conversation \(conversation)")
        }
        try db.run("INSERT OR IGNORE INTO shelf (person, conversation) VALUES (?, ?)", reader.name, conversation)
    }

    func end(ofPageAt time: Instant, in conversation: Int64, limit: Int) throws -> MessageID? {
        let start = try firstMessage(recordedAt: time)
        return try db.first(
            """
            SELECT ulid FROM message WHERE id = (
                SELECT id FROM message INDEXED BY message_conversation WHERE conversation = ? AND id >= ? ORDER BY id LIMIT 1 OFFSET ?)
            """, conversation, start, max(0, limit)
        ) { try $0.identifier(0) }
    }

    /// The smallest number of a message that was recorded then or later. Numbers rise with time, of what happened here as of another phone's past,
    /// so a few looks find it among a million.
    private func firstMessage(recordedAt time: Instant) throws -> Int64 {
        let first = try db.first("SELECT recorded_at FROM message WHERE id > 0 ORDER BY id LIMIT 1") { try $0.instant(0) }
        let isOfHere = first.map { time >= $0 } ?? false
        var low = isOfHere ? 1 : try db.integer("SELECT min(id) FROM message") ?? 0
        var high = isOfHere ? try db.integer("SELECT max(id) FROM message") ?? 0 : 1
        while low < high {
            let middle = low + (high - low) / 2
            let found = try db.first("SELECT id, recorded_at FROM message WHERE id >= ? ORDER BY id LIMIT 1", middle) {
                try (id: $0.column(0) as Int64, at: $0.instant(1))
            }
            if let found, found.at < time { low = found.id + 1 } else { high = middle }
        }
        return low
    }

    func pictures(in conversation: Int64, before: MessageID?, limit: Int) throws -> [MessageRecord] {
        let end = try before.map(messageNumber) ?? .max
        let numbers = try db.rows(
            """
            SELECT DISTINCT p.message FROM part p INDEXED BY part_picture CROSS JOIN message m ON m.id = p.message
            WHERE p.content_type >= 'image/' AND p.content_type < 'image0' AND p.message < ? AND m.conversation = ?
            ORDER BY p.message DESC LIMIT ?
            """, end, conversation, max(0, limit)
        ) { try $0.column(0) as Int64 }
        return try numbers.compactMap { number in try whole(.message, number) { try record(number: number) } }
    }
}
