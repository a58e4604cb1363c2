import Exchange
import GRDB
import Telephony

extension Tables {
    func record(_ receipts: [Receipt]) throws -> [ReceiptID] { try receipts.map(record) }

    private func record(_ receipt: Receipt) throws -> ReceiptID {
        let held = try db.first(
            "SELECT ulid FROM receipt WHERE released = 0 AND line = ? AND place = ? AND octets = ?",
            receipt.line.name, receipt.place, receipt.octets
        ) { try $0.identifier(0) as ReceiptID }
        if let held { return held }
        try db.run(
            """
            INSERT INTO receipt (ulid, line, format, place, octets, received_at, checksum, envelope, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'unread')
            """,
            receipt.id.description, receipt.line.name, receipt.format.rawValue, receipt.place, receipt.octets, receipt.receivedAt.milliseconds,
            Checksum(of: receipt.octets).column, Checksum(ofEnvelope: receipt).column)
        try enter(.received, at: receipt.receivedAt, receipt: db.lastInsertedRowID, Sentence.received(receipt))
        return receipt.id
    }

    func release(_ receipts: [ReceiptID]) throws {
        for id in receipts { try db.run("UPDATE receipt SET released = 1 WHERE ulid = ?", id.description) }
    }

    /// Unread receipts that are whole, and the numbers of those that are damaged.
    func unreadReceipts(line: LineID?) throws -> (whole: [Receipt], damaged: [Int64]) {
        let found = try db.rows(
            """
            SELECT id, ulid, format, place, octets, received_at, checksum, line, envelope FROM receipt INDEXED BY receipt_unread
            WHERE state = 'unread' AND (?1 IS NULL OR line = ?1) ORDER BY id
            """, line?.name
        ) { row in
            let number: Int64 = try row.column(0)
            return (number: number, receipt: try whole(.receipt, number) { try receipt(row) })
        }
        return (found.compactMap(\.receipt), found.filter { $0.receipt == nil }.map(\.number))
    }

    private func receipt(_ row: Row) throws -> Receipt {
        let receipt = try Receipt(
            id: row.identifier(1), line: LineID(row.column(7)), format: row.value(2), place: row.column(3), octets: row.octets(4), receivedAt: row.instant(5)
        )
        let (content, envelope) = try (row.column(6) as Int64, row.column(8) as Int64)
        guard content == Checksum(of: receipt.octets).column, envelope == Checksum(ofEnvelope: receipt).column else { throw Damage() }
        return receipt
    }

    func receipt(number: Int64) throws -> Receipt? {
        try db.first(
            "SELECT id, ulid, format, place, octets, received_at, checksum, line, envelope FROM receipt WHERE id = ?", number
        ) { try receipt($0) }
    }

    /// The segments of a long text are waited for by how long ago the last one came.
    func receiptsSawClockSet(by step: Duration, at: Instant) throws {
        let moving = ClockSteps.moving(at: at)
        for receipt in try unreadReceipts(line: nil).whole where moving.contains(receipt.receivedAt) {
            let moved = receipt.received(at: receipt.receivedAt + step)
            try db.run(
                "UPDATE receipt SET received_at = ?, envelope = ? WHERE ulid = ?", moved.receivedAt.milliseconds,
                Checksum(ofEnvelope: moved).column, moved.id.description)
        }
    }

    /// Damaged receipts must not be interpreted, nor hold up what follows them.
    func setAside(_ damaged: [Int64]) throws {
        for number in damaged {
            let receivedAt = try db.integer("SELECT received_at FROM receipt WHERE id = ?", number) ?? 0
            try db.run("UPDATE receipt SET state = 'undecodable' WHERE id = ? AND state = 'unread'", number)
            try enter(.undecodable, at: Instant(milliseconds: receivedAt), receipt: number, "The stored octets are damaged.")
        }
    }

    func repeated(_ receipts: [Receipt]) throws -> Set<ReceiptID> {
        let found = try receipts.filter { receipt in
            try db.first(
                """
                SELECT 1 FROM receipt INDEXED BY receipt_content
                WHERE checksum = ? AND octets = ? AND line = ? AND state = 'consumed' AND ulid <> ?
                """, Checksum(of: receipt.octets).column, receipt.octets, receipt.line.name, receipt.id.description
            ) { _ in true } ?? false
        }
        return Set(found.map(\.id))
    }

    func replayUndecodable() throws -> Int {
        try db.run("UPDATE receipt SET state = 'unread' WHERE state = 'undecodable'")
        return db.changesCount
    }

    func commit(_ reading: Reading) throws {
        switch reading.result {
        case .incomplete:
            break
        case .message(let message, let deliveries):
            let receipts = try consume(reading.receipts, as: "consumed")
            let number = try insert(message, key: nil)
            try link(receipts, to: number)
            try linkAnnouncement(of: receipts, to: number)
            try enter(.message, at: reading.at, message: number, Sentence.interpreted(from: receipts.count, for: deliveries, blocks: reading.blocks))
            if !reading.blocks.isEmpty { try enter(.blocked, at: reading.at, message: number, Sentence.blocked(reading.blocks)) }
            try add(deliveries, of: StoredMessage(number: number, message: message), at: reading.at)
        case .report(let report, let segment, let deliveries):
            let receipts = try consume(reading.receipts, as: "consumed")
            try link(receipts, to: try messageNumber(segment.message))
            try apply(report, to: segment, deliveries: deliveries, at: reading.at)
        case .answer(let report, let segment, let deliveries):
            let receipts = try consume(reading.receipts, as: "consumed")
            try link(receipts, to: try messageNumber(segment.message))
            try answer(report, for: segment, deliveries: deliveries, at: reading.at)
        case .read(let report, let message, let deliveries):
            let receipts = try consume(reading.receipts, as: "consumed")
            let number = try messageNumber(message)
            try link(receipts, to: number)
            try enter(.read, at: reading.at, message: number, Sentence.read(report))
            try add(deliveries, at: reading.at)
        case .announcement(let retrieval):
            try announce(retrieval, receipts: try consume(reading.receipts, as: "consumed"), at: reading.at)
        case .undecodable(let reason):
            for receipt in try consume(reading.receipts, as: "undecodable") {
                try enter(.undecodable, at: reading.at, receipt: receipt, reason)
            }
        case .notForPeople(let reason):
            for receipt in try consume(reading.receipts, as: "consumed") {
                try enter(.notForPeople, at: reading.at, receipt: receipt, reason)
            }
        }
    }

    private func consume(_ receipts: [ReceiptID], as state: String) throws -> [Int64] {
        try receipts.map { id in
            guard let number = try db.integer("SELECT id FROM receipt WHERE ulid = ? AND state = 'unread'", id.description) else {
                throw LedgerError.conflict("receipt \(id) is not unread")
            }
            try db.run("UPDATE receipt SET state = ? WHERE id = ?", state, number)
            return number
        }
    }

    /// What was entered of the receipts before they were understood now belongs to the message's timeline.
    private func link(_ receipts: [Int64], to message: Int64) throws {
        for receipt in receipts { try db.run("UPDATE entry SET message = ? WHERE receipt = ?", message, receipt) }
    }
}
