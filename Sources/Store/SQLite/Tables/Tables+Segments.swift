import Exchange
import GRDB
import Telephony

extension Tables {
    func acceptedSegments(of delivery: Int64) throws -> [Int: String] {
        let rows = try db.rows("SELECT position, reference FROM segment WHERE delivery = ? AND reference IS NOT NULL", delivery) {
            try ($0.column(0) as Int, $0.column(1) as String)
        }
        return Dictionary(rows) { first, _ in first }
    }

    func forgetUnansweredSegments(of delivery: Int64) throws {
        try db.run("DELETE FROM segment WHERE delivery = ? AND reference IS NULL", delivery)
    }

    func tally(of delivery: Int64) throws -> SegmentTally {
        var tally = SegmentTally()
        let rows = try db.rows("SELECT total, fate, code FROM segment WHERE delivery = ? ORDER BY position", delivery) {
            try (total: $0.column(0) as Int, fate: $0.column(1) as String?, code: $0.column(2) as Int?)
        }
        for row in rows {
            tally.total = max(tally.total, row.total)
            if row.fate == "delivered" { tally.delivered += 1 }
            tally.failure = tally.failure ?? row.code
        }
        return tally
    }

    func sentSegments(line: LineID, reference: String) throws -> [SentSegment] {
        let found = try db.rows(
            """
            SELECT d.id, d.ulid, m.ulid, s.position, s.total, q.recipients, s.accepted_at
            FROM segment s INDEXED BY segment_sent
            JOIN delivery d ON d.id = s.delivery JOIN message m ON m.id = d.message JOIN queue q ON q.id = d.queue
            WHERE s.reference IS NOT NULL AND s.fate IS NULL AND s.line = ? AND s.reference = ?
            ORDER BY s.accepted_at DESC, d.ulid DESC
            """, line.name, reference
        ) { row in
            try (
                number: row.column(0) as Int64, delivery: row.identifier(1) as DeliveryID, message: row.identifier(2) as MessageID,
                index: row.column(3) as Int, total: row.column(4) as Int, recipients: ColumnText.decode(addresses: row.column(5)),
                acceptedAt: row.instant(6)
            )
        }
        return try found.map { row in
            SentSegment(
                delivery: row.delivery, message: row.message, index: row.index, total: row.total, reference: reference,
                recipients: row.recipients, acceptedAt: row.acceptedAt,
                othersUnreported: max(0, row.total - 1 - (try tally(of: row.number).delivered)))
        }
    }

    func apply(_ report: DeliveryReport, to segment: SentSegment, deliveries: [Delivery], at: Instant) throws {
        let found = try db.first(
            """
            SELECT d.id, d.message, d.state, s.fate FROM segment s JOIN delivery d ON d.id = s.delivery
            WHERE d.ulid = ? AND s.position = ? AND s.reference = ?
            """, segment.delivery.description, segment.index, segment.reference
        ) { row in
            try (
                delivery: row.column(0) as Int64, message: row.column(1) as Int64, state: row.value(2) as DeliveryState,
                fate: row.column(3) as String?
            )
        }
        guard let found else {
            throw LedgerError.conflict(
                "no segment \(segment.index) of delivery \(segment.delivery) was accepted as \(segment.reference)")
        }
        try enter(.reported, at: at, message: found.message, delivery: found.delivery, Sentence.reported(report))
        guard found.fate == nil else { return }
        switch report.fate {
        case .pending: break
        case .delivered: try mark("delivered", code: nil, found.delivery, segment.index)
        case .failed(let code): try mark("failed", code: code, found.delivery, segment.index)
        }
        if found.state == .accepted {
            let tally = try tally(of: found.delivery)
            try db.run(
                "UPDATE delivery SET state = ?, cause = ?, detail = ? WHERE id = ?",
                tally.state.rawValue, tally.stateFailure?.cause.code, tally.stateFailure?.detail, found.delivery)
        }
        try add(deliveries, at: at)
    }

    private func mark(_ fate: String, code: Int?, _ delivery: Int64, _ position: Int) throws {
        try db.run("UPDATE segment SET fate = ?, code = ? WHERE delivery = ? AND position = ?", fate, code, delivery, position)
    }
}
