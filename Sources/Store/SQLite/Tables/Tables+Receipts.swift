import Exchange
import Foundation
import GRDB
import Telephony

extension Tables {
    func record(_ receipts: [Receipt]) throws -> [ReceiptID] { try receipts.map(record) }

    private func record(_ receipt: Receipt) throws -> ReceiptID {
        let octets = Data(receipt.octets)
        let held = try db.first(
            "SELECT ulid FROM receipt WHERE released = 0 AND line = ? AND place = ? AND octets = ?",
            [receipt.line.name, receipt.place, octets]
        ) { try $0.identifier(0) as ReceiptID }
        if let held { return held }
        try db.run(
            "INSERT INTO receipt (ulid, line, format, place, octets, received_at, state) VALUES (?, ?, ?, ?, ?, ?, 'unread')",
            [receipt.id.description, receipt.line.name, receipt.format.rawValue, receipt.place, octets, receipt.receivedAt.milliseconds])
        try enter(.received, at: receipt.receivedAt, receipt: db.lastInsertedRowID, Sentence.received(receipt))
        return receipt.id
    }

    func release(_ receipts: [ReceiptID]) throws {
        for id in receipts { try db.run("UPDATE receipt SET released = 1 WHERE ulid = ?", [id.description]) }
    }

    func unreadReceipts(line: LineID) throws -> [Receipt] {
        try db.rows(
            """
            SELECT ulid, format, place, octets, received_at FROM receipt INDEXED BY receipt_unread
            WHERE state = 'unread' AND line = ? ORDER BY id
            """, [line.name]
        ) { row in
            Receipt(
                id: try row.identifier(0), line: line, format: try row.value(1), place: row[2], octets: row.octets(3), receivedAt: row.instant(4))
        }
    }

    func linesWithUnreadReceipts() throws -> [LineID] {
        try db.rows("SELECT DISTINCT line FROM receipt INDEXED BY receipt_unread WHERE state = 'unread' ORDER BY line") { LineID($0[0]) }
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
            try enter(.message, at: reading.at, message: number, Sentence.interpreted(from: receipts.count))
            try add(deliveries, of: StoredMessage(number: number, message: message), at: reading.at)
        case .report(let report, let segment, let deliveries):
            let receipts = try consume(reading.receipts, as: "consumed")
            try link(receipts, to: try messageNumber(segment.message))
            try apply(report, to: segment, deliveries: deliveries, at: reading.at)
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
            guard let number = try db.integer("SELECT id FROM receipt WHERE ulid = ? AND state = 'unread'", [id.description]) else {
                throw LedgerError.conflict("receipt \(id) is not unread")
            }
            try db.run("UPDATE receipt SET state = ? WHERE id = ?", [state, number])
            return number
        }
    }

    /// What was entered of the receipts before they were understood now belongs to the message's timeline.
    private func link(_ receipts: [Int64], to message: Int64) throws {
        for receipt in receipts { try db.run("UPDATE entry SET message = ? WHERE receipt = ?", [message, receipt]) }
    }
}
