import Exchange
import GRDB
import Telephony

/// An attempt whose delivery still waits for its outcome.
struct CurrentAttempt {
    let number: Int64
    let delivery: Int64
    let deliveryName: String
    let message: Int64
    let queue: Int64
    /// Recovery took it for dead; its delivery is in doubt.
    let isInterrupted: Bool
}

extension Tables {
    /// The attempt, when it is its delivery's latest and open, or left in doubt by recovery.
    private func current(_ attempt: AttemptID) throws -> CurrentAttempt {
        let found = try db.first(
            """
            SELECT a.id, d.id, d.ulid, d.message, d.queue, d.state <> 'claimed'
            FROM attempt a JOIN delivery d ON d.id = a.delivery
            WHERE a.ulid = ? AND d.attempt = a.id AND (d.state = 'claimed' OR (d.state = 'inDoubt' AND d.cause = 'interrupted'))
            """, attempt.description
        ) { row in
            try CurrentAttempt(
                number: row.column(0), delivery: row.column(1), deliveryName: row.column(2), message: row.column(3), queue: row.column(4),
                isInterrupted: row.column(5))
        }
        guard let found else { throw LedgerError.conflict("attempt \(attempt) is not open") }
        return found
    }

    func fitted(_ attempt: AttemptID, _ changes: [String], at: Instant) throws {
        let current = try current(attempt)
        guard !current.isInterrupted else { throw LedgerError.conflict("attempt \(attempt) is not open") }
        for change in changes { try enter(.fitted, at: at, message: current.message, delivery: current.delivery, change) }
    }

    func willSubmit(_ attempt: AttemptID, segment: Int, of total: Int, at: Instant) throws {
        let current = try current(attempt)
        guard !current.isInterrupted else { throw LedgerError.conflict("attempt \(attempt) is not open") }
        try db.run(
            """
            INSERT INTO segment (delivery, position, total, attempt, line, submitted_at)
            SELECT ?, ?, ?, ?, q.owner, ? FROM queue q WHERE q.id = ?
            ON CONFLICT (delivery, position) DO UPDATE
                SET total = excluded.total, attempt = excluded.attempt, submitted_at = excluded.submitted_at
                WHERE reference IS NULL
            """, current.delivery, segment, total, current.number, at.milliseconds, current.queue)
        guard db.changesCount == 1 else {
            throw LedgerError.conflict("segment \(segment) of delivery \(current.deliveryName) was accepted before")
        }
        try enter(.submitting, at: at, message: current.message, delivery: current.delivery, Sentence.submitting(segment, of: total))
    }

    func segmentAccepted(_ attempt: AttemptID, segment: Int, reference: String, at: Instant) throws {
        let current = try current(attempt)
        try db.run(
            """
            UPDATE segment SET accepted_at = ?, reference = ?, checksum = ?
            WHERE delivery = ? AND position = ? AND attempt = ? AND reference IS NULL
            """, at.milliseconds, reference, Checksum(ofSegment: segment, of: current.delivery, reference: reference).column,
            current.delivery, segment, current.number)
        guard db.changesCount == 1 else { throw LedgerError.conflict("segment \(segment) of attempt \(attempt) awaits no answer") }
        let sentence = Sentence.segmentAccepted(segment, reference: reference)
        try enter(.segmentAccepted, at: at, message: current.message, delivery: current.delivery, sentence)
    }

    func settle(_ settlement: Settlement) throws {
        let current = try current(settlement.attempt)
        guard current.deliveryName == settlement.delivery.description else {
            throw LedgerError.conflict("attempt \(settlement.attempt) is not of delivery \(settlement.delivery)")
        }
        switch settlement.result {
        case .accepted(let reference):
            try accept(current, reference: reference, at: settlement.at)
        case .deferred(let failure, let until):
            try forgetUnansweredSegments(of: current.delivery)
            try close(current, .pending, failure)
            let lag = clockSteps.lag(of: settlement.at)
            // Whoever it waits for may have come back during the attempt, which then did not notice.
            try db.run(
                """
                UPDATE delivery SET due = CASE WHEN due > (SELECT opened_at FROM attempt WHERE id = ?1) THEN min(?2, ?3) ELSE ?2 END
                WHERE id = ?4
                """, current.number, (until + lag).milliseconds, (settlement.at + lag).milliseconds, current.delivery)
        case .failed(let failure):
            try forgetUnansweredSegments(of: current.delivery)
            try close(current, .failed, failure)
        case .inDoubt(let failure):
            try close(current, .inDoubt, failure)
        case .repeated(let failure):
            try close(current, .inDoubt, failure)
            try beMadeAgain(current.delivery, at: settlement.at)
        }
        try db.run(
            "UPDATE attempt SET outcome = ?, closed_at = ? WHERE id = ?",
            settlement.result.kind.rawValue, settlement.at.milliseconds, current.number)
        try refreshHead(of: current.queue)
        let sentence = Sentence.settled(settlement.result)
        try enter(settlement.result.kind, at: settlement.at, message: current.message, delivery: current.delivery, sentence)
        if case .repeated = settlement.result {
            try enter(.repeated, at: settlement.at, message: current.message, delivery: current.delivery, Sentence.repeated)
        }
        if case .deferred = settlement.result { try adoptIfRegistered(queue: current.queue, now: settlement.at) }
        try add(settlement.following.filter { try !isOldNews($0, of: current.message) }, at: settlement.at)
    }

    /// That a recipient has the message is news once, however many devices take it.
    private func isOldNews(_ new: Delivery, of message: Int64) throws -> Bool {
        guard case .status(.delivered(let recipient, _)) = new.content else { return false }
        return try db.integer(
            """
            SELECT 1 FROM delivery INDEXED BY delivery_message WHERE message = ? AND content = 'delivered' AND recipient = ? LIMIT 1
            """, message, ColumnText.encode(recipient)) != nil
    }

    private func close(_ current: CurrentAttempt, _ state: DeliveryState, _ failure: Failure?) throws {
        try db.run(
            "UPDATE delivery SET state = ?, lease = NULL, cause = ?, detail = ? WHERE id = ?",
            state.rawValue, failure?.cause.code, failure?.detail, current.delivery)
    }

    /// A trunk that keeps no diary of segments sends one, accepted under the whole delivery's reference.
    private func accept(_ current: CurrentAttempt, reference: String?, at: Instant) throws {
        if let reference {
            try db.run("UPDATE delivery SET reference = ? WHERE id = ?", reference, current.delivery)
            let unanswered = try db.rows("SELECT position FROM segment WHERE delivery = ? AND reference IS NULL", current.delivery) {
                try $0.column(0) as Int
            }
            for position in unanswered {
                try db.run(
                    "UPDATE segment SET accepted_at = ?, reference = ?, checksum = ? WHERE delivery = ? AND position = ?",
                    at.milliseconds, reference, Checksum(ofSegment: position, of: current.delivery, reference: reference).column,
                    current.delivery, position)
            }
            try db.run(
                """
                INSERT INTO segment (delivery, position, total, attempt, line, submitted_at, accepted_at, reference, checksum)
                SELECT ?1, 0, 1, ?2, q.owner, ?3, ?3, ?4, ?6 FROM queue q
                WHERE q.id = ?5 AND q.scope = 'trunk' AND NOT EXISTS (SELECT 1 FROM segment WHERE delivery = ?1)
                """, current.delivery, current.number, at.milliseconds, reference, current.queue,
                Checksum(ofSegment: 0, of: current.delivery, reference: reference).column)
        }
        try forgetUnansweredSegments(of: current.delivery)
        let tally = try tally(of: current.delivery)
        try close(current, tally.state, tally.stateFailure)
    }
}
