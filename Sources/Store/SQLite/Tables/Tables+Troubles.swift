import Exchange
import GRDB
import Telephony

/// What waits for the owner.
extension Tables {
    func failures(before: DeliveryID?, limit: Int) throws -> [Trouble] {
        let end = try before.map { try number(of: $0, in: "delivery") ?? 0 } ?? .max
        let numbers = try db.rows(
            """
            SELECT id FROM delivery INDEXED BY delivery_failed
            WHERE state = 'failed' AND content = 'message' AND dropped = 0 AND id < ? ORDER BY id DESC LIMIT ?
            """, end, max(0, limit)
        ) { try $0.column(0) as Int64 }
        return try numbers.compactMap(trouble)
    }

    func doubts(limit: Int) throws -> [Trouble] {
        let numbers = try db.rows("SELECT id FROM delivery INDEXED BY delivery_doubtful WHERE state = 'inDoubt' ORDER BY id LIMIT ?", max(0, limit)) {
            try $0.column(0) as Int64
        }
        return try numbers.compactMap(trouble)
    }

    private func trouble(_ number: Int64) throws -> Trouble? {
        try whole(.delivery, number) {
            guard let stored = try delivery(number: number) else { throw Damage() }
            return Trouble(message: try record(number: stored.messageNumber), delivery: stored.record)
        }
    }

    func undecodable(limit: Int) throws -> [UndecodableReceipt] {
        let numbers = try db.rows(
            "SELECT id FROM receipt INDEXED BY receipt_undecodable WHERE state = 'undecodable' ORDER BY id DESC LIMIT ?", max(0, limit)
        ) { try $0.column(0) as Int64 }
        return try numbers.compactMap { number in
            guard let receipt = try whole(.receipt, number, { try receipt(number: number) }) ?? nil else { return nil }
            let reason = try db.first(
                "SELECT detail FROM entry INDEXED BY entry_receipt WHERE receipt = ? AND kind = 'undecodable' ORDER BY sequence DESC LIMIT 1", number
            ) { try $0.column(0) as String }
            return UndecodableReceipt(receipt: receipt, reason: reason ?? "")
        }
    }

    private func failed(_ id: DeliveryID) throws -> StoredDelivery {
        guard let number = try number(of: id, in: "delivery"), let stored = try whole(.delivery, number, { try delivery(number: number) }) ?? nil,
            stored.record.state == .failed
        else { throw LedgerError.conflict("delivery \(id) has not failed") }
        return stored
    }

    func retry(_ id: DeliveryID, as name: DeliveryID, by person: PersonID, at: Instant, lifetime: (Delivery) -> Duration) throws -> Delivery {
        let stored = try failed(id)
        let old = stored.delivery
        let new = Delivery(
            id: name, message: old.message, destination: old.destination, content: old.content, due: at, expires: at + lifetime(old))
        try db.run("DELETE FROM segment WHERE delivery = ?", stored.number)
        try db.run(
            """
            UPDATE delivery SET ulid = ?, checksum = ?, state = 'pending', due = ?, expires = ?, cause = NULL, detail = NULL, reference = NULL, dropped = 0
            WHERE id = ?
            """, name.description, Checksum(of: new).column, new.due.milliseconds, new.expires.milliseconds, stored.number)
        try refreshHead(of: stored.queueNumber)
        try enter(.retried, at: at, message: stored.messageNumber, delivery: stored.number, Sentence.retried(by: person))
        return new
    }

    func drop(_ id: DeliveryID, by person: PersonID, at: Instant) throws {
        let stored = try failed(id)
        try db.run("UPDATE delivery SET dropped = 1 WHERE id = ?", stored.number)
        try enter(.dropped, at: at, message: stored.messageNumber, delivery: stored.number, Sentence.dropped(by: person))
    }

    /// A receipt that could not be decoded becomes something else.
    func change(_ receipt: ReceiptID, to state: ReceiptAct, by person: PersonID, at: Instant) throws {
        guard let number = try db.integer("SELECT id FROM receipt WHERE ulid = ? AND state = 'undecodable'", receipt.description) else {
            throw LedgerError.conflict("receipt \(receipt) is not undecodable")
        }
        switch state {
        case .replayed:
            try db.run("UPDATE receipt SET state = 'unread' WHERE id = ?", number)
            try enter(.retried, at: at, receipt: number, Sentence.retried(by: person))
        case .dropped:
            try db.run("UPDATE receipt SET state = 'consumed' WHERE id = ?", number)
            try enter(.dropped, at: at, receipt: number, Sentence.dropped(by: person))
        }
    }

    enum ReceiptAct { case replayed, dropped }

    func segments(of delivery: DeliveryID) throws -> [SegmentRecord] {
        guard let number = try number(of: delivery, in: "delivery") else { return [] }
        return try db.rows(
            "SELECT position, total, submitted_at, accepted_at, reference, fate, code FROM segment WHERE delivery = ? ORDER BY position", number
        ) { row in
            let fate: SegmentRecord.Fate? =
                switch try row.column(5) as String? {
                case "delivered": .delivered
                case "failed": .failed(try row.column(6) as Int? ?? 0)
                default: nil
                }
            return try SegmentRecord(
                index: row.column(0), total: row.column(1), handedOverAt: row.instant(2), acceptedAt: row.optionalInstant(3), reference: row.column(4),
                fate: fate)
        }
    }
}
