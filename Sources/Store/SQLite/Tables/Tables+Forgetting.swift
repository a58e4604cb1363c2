import Exchange
import GRDB
import Telephony

/// Messages that are to be known no longer.
extension Tables {
    /// Nothing is still to be done for it: no delivery is open or in doubt.
    private static let isOver = """
        NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message = m.id AND d.state IN ('pending', 'claimed', 'inDoubt'))
        """

    func forget(recordedBefore: Instant, limit: Int) throws -> Int {
        let past = try old(from: .min, through: 0, before: recordedBefore, limit: max(0, limit))
        let own = try old(from: 1, through: .max, before: recordedBefore, limit: max(0, limit) - past.count)
        for number in past + own { try forget(number: number) }
        return past.count + own.count
    }

    /// Up to the first that is young. Messages of another phone's past, and those of here, each rise with their time; of both together the youngest
    /// of the one stand before the oldest of the other.
    private func old(from first: Int64, through last: Int64, before: Instant, limit: Int) throws -> [Int64] {
        try db.rows(
            """
            SELECT m.id FROM message m WHERE m.id BETWEEN ?1 AND ?2 AND m.id < (
                SELECT ifnull(min(id), 0x7FFFFFFFFFFFFFFF) FROM (SELECT id FROM message WHERE id BETWEEN ?1 AND ?2 AND recorded_at >= ?3 ORDER BY id LIMIT 1))
                AND \(Self.isOver) ORDER BY m.id LIMIT ?4
            """, first, last, before.milliseconds, limit
        ) { try $0.column(0) as Int64 }
    }

    func forget(_ message: MessageID) throws -> Bool {
        guard let number = try number(of: message, in: "message") else { return false }
        let isOver = try db.integer("SELECT 1 FROM message m WHERE m.id = ? AND \(Self.isOver)", number) != nil
        guard isOver else { throw LedgerError.conflict("message \(message) is still being brought to somebody") }
        try forget(number: number)
        return true
    }

    func namedMedia(among digests: [String]) throws -> Set<String> {
        let found = try digests.filter { digest in
            try db.integer("SELECT 1 FROM part INDEXED BY part_media WHERE media = ? LIMIT 1", digest) != nil
        }
        return Set(found)
    }

    private func forget(number: Int64) throws {
        try forgetWords(of: number)
        let conversation = try db.integer("SELECT conversation FROM message WHERE id = ?", number)
        let receipts = try db.rows("SELECT DISTINCT receipt FROM entry WHERE message = ? AND receipt IS NOT NULL", number) {
            try $0.column(0) as Int64
        }
        let deliveries = try db.rows("SELECT id FROM delivery WHERE message = ?", number) { try $0.column(0) as Int64 }
        try keepEntryNumbers()
        try db.run("DELETE FROM entry WHERE message = ?", number)
        for delivery in deliveries {
            try db.run("DELETE FROM segment WHERE delivery = ?", delivery)
            try db.run("UPDATE delivery SET attempt = NULL WHERE id = ?", delivery)
            try db.run("DELETE FROM attempt WHERE delivery = ?", delivery)
            try db.run("DELETE FROM delivery WHERE id = ?", delivery)
        }
        for receipt in receipts { try forget(receipt: receipt) }
        try db.run("UPDATE forgotten SET number = ? WHERE number < ?", number, number)
        for table in ["part", "piece", "gathering", "hidden"] { try db.run("DELETE FROM \(table) WHERE message = ?", number) }
        if let conversation { try shorten(conversation, by: number) }
        try db.run("DELETE FROM message WHERE id = ?", number)
    }

    /// What is held on a SIM still stays: it would look new. So does what a router, a folder, a phone or a gateway may hand over once more.
    private func forget(receipt: Int64) throws {
        try db.run("DELETE FROM retrieval WHERE receipt = ? AND state IN ('done', 'failed')", receipt)
        try db.run(
            """
            DELETE FROM receipt WHERE id = ?1 AND state = 'consumed' AND (released = 1 OR format = 'multimedia')
                AND NOT EXISTS (SELECT 1 FROM entry WHERE receipt = ?1) AND NOT EXISTS (SELECT 1 FROM retrieval WHERE receipt = ?1)
            """, receipt)
    }

    func forgetReceipts(receivedBefore: Instant, limit: Int) throws -> Int {
        let numbers = try db.rows(
            """
            SELECT r.id FROM receipt r WHERE r.id < (
                SELECT ifnull(min(id), 0x7FFFFFFFFFFFFFFF) FROM (SELECT id FROM receipt WHERE received_at >= ? ORDER BY id LIMIT 1))
                AND r.state = 'consumed' AND (r.released = 1 OR r.format = 'multimedia')
                AND NOT EXISTS (SELECT 1 FROM entry e INDEXED BY entry_receipt WHERE e.receipt = r.id AND e.message IS NOT NULL)
                AND NOT EXISTS (SELECT 1 FROM retrieval v WHERE v.receipt = r.id AND v.state IN ('waiting', 'held'))
            ORDER BY r.id LIMIT ?
            """, receivedBefore.milliseconds, max(0, limit)
        ) { try $0.column(0) as Int64 }
        if !numbers.isEmpty { try keepEntryNumbers() }
        for number in numbers {
            try db.run("DELETE FROM retrieval WHERE receipt = ?", number)
            try db.run("DELETE FROM entry WHERE receipt = ?", number)
            try db.run("DELETE FROM receipt WHERE id = ?", number)
        }
        return numbers.count
    }

    /// Before entries go: who reads on after the last of them would pass over another that had its number.
    private func keepEntryNumbers() throws {
        try db.run("UPDATE forgotten SET entry = max(entry, ifnull((SELECT max(sequence) FROM entry), 0))")
    }

    private func shorten(_ conversation: Int64, by message: Int64) throws {
        let last = try db.integer("SELECT max(id) FROM message WHERE conversation = ? AND id <> ?", conversation, message)
        guard let last else {
            // Its row stays as long as the message's does, which is deleted next.
            try db.run("PRAGMA defer_foreign_keys = ON")
            try db.run("DELETE FROM conversation WHERE id = ?", conversation)
            // A page that shows it may still be open, and an answer that is written there is to reach nobody else.
            try db.run("UPDATE forgotten SET conversation = max(conversation, ?)", conversation)
            return
        }
        try db.run("UPDATE conversation SET messages = messages - 1, last = ? WHERE id = ?", last, conversation)
        // Its number may be another message's one day, which nobody has read.
        try db.run("UPDATE read_mark SET message = ?1 - 1 WHERE conversation = ?2 AND message = ?1", message, conversation)
    }
}
