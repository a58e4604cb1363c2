import Exchange
import GRDB
import Telephony

/// What the network says of segments.
extension Tables {
    func sentSegments(line: LineID, reference: String) throws -> [SentSegment] {
        try acceptedSegments(
            line, reference, Self.accepted("segment s INDEXED BY segment_sent") + "AND s.fate IS NULL" + Self.newestFirst)
    }

    func reportedSegments(line: LineID, reference: String) throws -> [SentSegment] {
        try acceptedSegments(line, reference, Self.accepted("segment s") + "AND s.fate IS NOT NULL" + Self.newestFirst)
    }

    private static let newestFirst = " ORDER BY s.accepted_at DESC, d.ulid DESC"

    private static func accepted(_ segments: String) -> String {
        """
        SELECT d.id, d.ulid, m.ulid, s.position, s.total, q.recipients, s.accepted_at
        FROM \(segments) JOIN delivery d ON d.id = s.delivery JOIN message m ON m.id = d.message JOIN queue q ON q.id = d.queue
        WHERE s.reference IS NOT NULL AND s.line = ? AND s.reference = ?\u{20}
        """
    }

    private func acceptedSegments(_ line: LineID, _ reference: String, _ query: String) throws -> [SentSegment] {
        let found = try db.rows(query, line.name, reference) { row in
            try (
                number: row.column(0) as Int64, delivery: row.identifier(1) as DeliveryID, message: row.identifier(2) as MessageID,
                index: row.column(3) as Int, total: row.column(4) as Int, recipients: ColumnText.decode(addresses: row.column(5)),
                acceptedAt: row.instant(6)
            )
        }
        return try found.map { row in
            let tally = try tally(of: row.number)
            return SentSegment(
                delivery: row.delivery, message: row.message, index: row.index, total: row.total, reference: reference,
                recipients: row.recipients, acceptedAt: row.acceptedAt, othersUnreported: tally.othersUnreported(of: row.total),
                anotherFailed: tally.failure != nil)
        }
    }

    func unansweredSegments(line: LineID) throws -> [UnansweredSegment] {
        try unansweredSegments(line, of: "delivery d INDEXED BY delivery_claimed", .claimed, .forAnswer)
            + unansweredSegments(line, of: "delivery d INDEXED BY delivery_doubtful", .inDoubt, .inDoubt)
    }

    private func unansweredSegments(
        _ line: LineID, of deliveries: String, _ state: DeliveryState, _ waiting: UnansweredSegment.Waiting
    ) throws -> [UnansweredSegment] {
        let found = try db.rows(
            """
            SELECT d.id, d.ulid, m.ulid, s.position, s.total, q.recipients, s.submitted_at
            FROM \(deliveries) JOIN segment s ON s.delivery = d.id JOIN message m ON m.id = d.message JOIN queue q ON q.id = d.queue
            WHERE d.state = '\(state.rawValue)' AND s.reference IS NULL AND s.line = ? ORDER BY d.id, s.position
            """, line.name
        ) { row in
            try (
                number: row.column(0) as Int64, delivery: row.identifier(1) as DeliveryID, message: row.identifier(2) as MessageID,
                index: row.column(3) as Int, total: row.column(4) as Int, recipients: ColumnText.decode(addresses: row.column(5)),
                handedOverAt: row.instant(6)
            )
        }
        return try found.map { row in
            let tally = try tally(of: row.number)
            return UnansweredSegment(
                delivery: row.delivery, message: row.message, index: row.index, total: row.total, recipients: row.recipients,
                handedOverAt: row.handedOverAt, waiting: waiting, othersUnreported: tally.othersUnreported(of: row.total),
                anotherFailed: tally.failure != nil)
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
        try note(report.fate, found.delivery, segment.index)
        if found.state == .accepted {
            let tally = try tally(of: found.delivery)
            try db.run(
                "UPDATE delivery SET state = ?, cause = ?, detail = ? WHERE id = ?",
                tally.state.rawValue, tally.stateFailure?.cause.code, tally.stateFailure?.detail, found.delivery)
        }
        try add(deliveries, at: at)
    }

    /// A report that is the only answer a segment in doubt ever got.
    func answer(_ report: DeliveryReport, for segment: UnansweredSegment, deliveries: [Delivery], at: Instant) throws {
        let found = try db.first(
            """
            SELECT d.id, d.message, d.queue FROM segment s JOIN delivery d ON d.id = s.delivery
            WHERE d.ulid = ? AND s.position = ? AND s.reference IS NULL AND d.state = 'inDoubt'
            """, segment.delivery.description, segment.index
        ) { row in try (delivery: row.column(0) as Int64, message: row.column(1) as Int64, queue: row.column(2) as Int64) }
        guard let found else { throw LedgerError.conflict("segment \(segment.index) of delivery \(segment.delivery) is not in doubt") }
        try db.run(
            "UPDATE segment SET reference = ?, accepted_at = ?, checksum = ? WHERE delivery = ? AND position = ?",
            report.reference, at.milliseconds,
            Checksum(ofSegment: segment.index, of: found.delivery, reference: report.reference).column, found.delivery, segment.index)
        try note(report.fate, found.delivery, segment.index)
        try settleDoubt(of: found.delivery, reference: report.reference, at: at)
        try refreshHead(of: found.queue)
        try enter(.reported, at: at, message: found.message, delivery: found.delivery, Sentence.reported(report))
        try enter(.settled, at: at, message: found.message, delivery: found.delivery, Sentence.answered(segment.index))
        try add(deliveries, at: at)
    }

    private func settleDoubt(of delivery: Int64, reference: String, at: Instant) throws {
        let tally = try tally(of: delivery)
        try db.run("UPDATE delivery SET reference = ifnull(reference, ?) WHERE id = ?", reference, delivery)
        guard tally.stateAfterAnswer != .inDoubt else { return }
        try db.run(
            "UPDATE delivery SET state = ?, cause = ?, detail = ? WHERE id = ?",
            tally.stateAfterAnswer.rawValue, tally.stateFailure?.cause.code, tally.stateFailure?.detail, delivery)
        guard tally.stateAfterAnswer == .pending else { return }
        try db.run("UPDATE delivery SET due = ? WHERE id = ?", at.milliseconds, delivery)
    }

    private func note(_ fate: DeliveryReport.Fate, _ delivery: Int64, _ position: Int) throws {
        switch fate {
        case .pending: break
        case .delivered: try mark("delivered", code: nil, delivery, position)
        case .failed(let code): try mark("failed", code: code, delivery, position)
        }
    }

    private func mark(_ fate: String, code: Int?, _ delivery: Int64, _ position: Int) throws {
        try db.run("UPDATE segment SET fate = ?, code = ? WHERE delivery = ? AND position = ?", fate, code, delivery, position)
    }
}
