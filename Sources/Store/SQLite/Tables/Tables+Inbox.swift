import Exchange
import GRDB
import Telephony

extension Tables {
    func inbox(of reader: PersonID, lines: [LineID]?, after: Int64?, limit: Int) throws -> [InboxEntry] {
        let end = try after.map { number in
            guard let last = try db.integer("SELECT last FROM conversation WHERE id = ?", number) else {
                throw LedgerError.conflict("there is no conversation \(number)")
            }
            return last
        }
        let names = Names((lines ?? []).map(\.name))
        let numbers = try db.rows(
            """
            SELECT id FROM conversation WHERE last < ? \(lines == nil ? "" : "AND line IN (\(names.places))") ORDER BY last DESC LIMIT ?
            """, end ?? .max, names, max(0, limit)
        ) { try $0.column(0) as Int64 }
        return try numbers.compactMap { number in
            guard let summary = try conversation(number: number) else { return nil }
            return InboxEntry(number: number, summary: summary, unread: try unread(number, by: reader))
        }
    }

    func unread(_ conversation: Int64, by reader: PersonID) throws -> Int {
        let count = try db.integer(
            """
            SELECT count(*) FROM (
                SELECT 1 FROM message INDEXED BY message_incoming WHERE conversation = ?1 AND direction = 'incoming'
                    AND id > ifnull((SELECT message FROM read_mark WHERE person = ?2 AND conversation = ?1), 0) LIMIT ?3)
            """, conversation, reader.name, InboxEntry.countLimit)
        return Int(count ?? 0)
    }

    func conversationNumber(of message: MessageID) throws -> Int64? {
        try db.integer("SELECT conversation FROM message WHERE ulid = ?", message.description)
    }

    func thread(_ conversation: Int64, before: MessageID?, after: MessageID?, limit: Int) throws -> [MessageRecord] {
        let end = try before.map { try number(of: $0, within: conversation) } ?? .max
        let start = try after.map { try number(of: $0, within: conversation) } ?? .min
        let numbers = try db.rows(
            """
            SELECT id FROM message INDEXED BY message_conversation WHERE conversation = ? AND id > ? AND id < ? ORDER BY id DESC LIMIT ?
            """, conversation, start, end, max(0, limit)
        ) { try $0.column(0) as Int64 }
        return try numbers.compactMap { number in try whole(.message, number) { try record(number: number) } }
    }

    private func number(of message: MessageID, within conversation: Int64) throws -> Int64 {
        let number = try db.integer("SELECT id FROM message WHERE ulid = ? AND conversation = ?", message.description, conversation)
        guard let number else { throw LedgerError.conflict("there is no message \(message) in this conversation") }
        return number
    }

    func markRead(_ message: MessageID, by reader: PersonID) throws { try markRead(number: messageNumber(message), by: reader) }

    func markRead(number: Int64, by reader: PersonID) throws {
        try db.run(
            """
            INSERT INTO read_mark (person, conversation, message) SELECT ?, conversation, id FROM message WHERE id = ?
            ON CONFLICT (person, conversation) DO UPDATE SET message = max(message, excluded.message)
            """, reader.name, number)
    }
}
