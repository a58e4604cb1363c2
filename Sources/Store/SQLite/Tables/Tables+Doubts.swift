import Exchange
import GRDB
import Telephony

/// What dead processes left open, and sends in doubt.
extension Tables {
    /// From the first segment without an answer.
    func beMadeAgain(_ delivery: Int64, at: Instant) throws {
        try forgetUnansweredSegments(of: delivery)
        try db.run("UPDATE delivery SET state = 'pending', lease = NULL, due = ? WHERE id = ?", at.milliseconds, delivery)
    }

    func doubts(of delivery: Int64) throws -> Int {
        Int(try db.integer("SELECT count(*) FROM attempt WHERE delivery = ? AND outcome = 'inDoubt'", delivery) ?? 0)
    }

    /// Whether an earlier attempt's fate is unknown, also where a trunk put it off that is asked again for what it was given.
    func mayHaveLeft(_ delivery: Int64, of message: Int64) throws -> Bool { try doubts(of: delivery) > 0 || wasHandedOver(delivery, of: message) }

    /// Ends a pending delivery without an attempt: as failed, or in doubt.
    func end(_ number: Int64, of message: Int64, queue: Int64, _ result: Settlement.Result, now: Instant) throws {
        guard case .inDoubt(let doubt) = result else { return try giveUp(number, result.failure ?? .damaged, now: now) }
        try db.run(
            "UPDATE delivery SET state = 'inDoubt', cause = ?, detail = ? WHERE id = ? AND state = 'pending'", doubt.cause.code, doubt.detail, number)
        try refreshHead(of: queue)
        try enter(.inDoubt, at: now, message: message, delivery: number, doubt.sentence)
    }

    /// By the timeline: of what was deferred no segment is kept.
    func wasHandedOver(_ delivery: Int64, of message: Int64) throws -> Bool {
        let unanswered = try db.integer(
            """
            SELECT sum(CASE kind WHEN 'submitting' THEN 1 ELSE -1 END) FROM entry INDEXED BY entry_message
            WHERE message = ? AND delivery = ? AND kind IN ('submitting', 'segmentAccepted')
            """, message, delivery)
        return unanswered ?? 0 > 0
    }

    func recover(
        leasedBefore: Instant, keeping open: Set<AttemptID>, now: Instant, judge: (DoubtfulSend) -> DoubtRuling
    ) throws -> [Recovered] {
        let claimed = try db.rows(
            """
            SELECT d.id, a.ulid FROM delivery d INDEXED BY delivery_claimed JOIN attempt a ON a.id = d.attempt
            WHERE d.state = 'claimed' AND d.lease < ? ORDER BY d.id
            """, leasedBefore.milliseconds
        ) { try (number: $0.column(0) as Int64, attempt: $0.identifier(1) as AttemptID) }
        return try claimed.filter { !open.contains($0.attempt) }.compactMap { claim in
            try whole(.delivery, claim.number) { try recover(claim.number, now: now, judge: judge) } ?? nil
        }
    }

    private func recover(_ number: Int64, now: Instant, judge: (DoubtfulSend) -> DoubtRuling) throws -> Recovered? {
        let names = try db.first(
            "SELECT d.ulid, m.ulid, m.id, d.queue FROM delivery d JOIN message m ON m.id = d.message WHERE d.id = ?", number
        ) { row in
            try (
                delivery: row.identifier(0) as DeliveryID, message: row.identifier(1) as MessageID, messageNumber: row.column(2) as Int64,
                queue: row.column(3) as Int64
            )
        }
        guard let names else { return nil }
        let tally = try tally(of: number)
        let isDoubtful = tally.unanswered > 0
        let earlierDoubts = try doubts(of: number)
        try db.run(
            "UPDATE attempt SET outcome = ?, closed_at = ? WHERE id = (SELECT attempt FROM delivery WHERE id = ?)",
            isDoubtful ? "inDoubt" : "interrupted", now.milliseconds, number)
        var state = DeliveryState.pending
        if isDoubtful {
            state = try recoverDoubtful(number, of: names.messageNumber, earlierDoubts: earlierDoubts, now: now, judge: judge)
        } else if tally.isWhollyAccepted {
            // Made again it would have nothing to send, and after its end it would be told as not sent.
            state = tally.state
            let failure = tally.stateFailure
            try db.run(
                "UPDATE delivery SET state = ?, lease = NULL, cause = ?, detail = ? WHERE id = ?",
                state.rawValue, failure?.cause.code, failure?.detail, number)
            try enter(.accepted, at: now, message: names.messageNumber, delivery: number, Sentence.foundAccepted)
        } else {
            try db.run("UPDATE delivery SET state = 'pending', lease = NULL, due = ? WHERE id = ?", now.milliseconds, number)
            try enter(.deferred, at: now, message: names.messageNumber, delivery: number, Sentence.resumed)
        }
        try refreshHead(of: names.queue)
        return Recovered(delivery: names.delivery, message: names.message, state: state)
    }

    private func recoverDoubtful(
        _ number: Int64, of message: Int64, earlierDoubts: Int, now: Instant, judge: (DoubtfulSend) -> DoubtRuling
    ) throws -> DeliveryState {
        let failure = Failure(.interrupted)
        try db.run(
            "UPDATE delivery SET state = 'inDoubt', lease = NULL, cause = ?, detail = ? WHERE id = ?",
            failure.cause.code, failure.detail, number)
        try enter(.inDoubt, at: now, message: message, delivery: number, failure.sentence)
        let found = try whole(.delivery, number) { try (message: self.message(number: message), stored: delivery(number: number)) }
        // Nobody can be told of a damaged message, and it is not sent again.
        guard let found, let stored = found.stored else { return .inDoubt }
        switch judge(DoubtfulSend(message: found.message, delivery: stored.delivery, earlierDoubts: earlierDoubts)) {
        case .stands(let news):
            try add(news, at: now)
            return .inDoubt
        case .repeated:
            try beMadeAgain(number, at: now)
            try enter(.repeated, at: now, message: message, delivery: number, Sentence.repeated)
            return .pending
        case .resumed:
            try beMadeAgain(number, at: now)
            try enter(.deferred, at: now, message: message, delivery: number, Sentence.resumed)
            return .pending
        }
    }

    func decide(
        _ id: DeliveryID, _ decision: DoubtDecision, now: Instant, lifetime: (Delivery) -> Duration, news: (Message, Delivery) -> [Delivery]
    ) throws {
        guard let number = try number(of: id, in: "delivery"), let stored = try whole(.delivery, number, { try delivery(number: number) }) ?? nil,
            stored.record.state == .inDoubt
        else { throw LedgerError.conflict("delivery \(id) is not in doubt") }
        switch decision {
        case .sendAgain:
            try beMadeAgain(number, at: now)
            try db.run("UPDATE delivery SET expires = ? WHERE id = ?", (now + lifetime(stored.delivery)).milliseconds, number)
        case .takeAsSent:
            try db.run("UPDATE delivery SET state = 'accepted', cause = NULL, detail = NULL WHERE id = ?", number)
        case .takeAsFailed:
            try db.run("UPDATE delivery SET state = 'failed' WHERE id = ?", number)
        }
        try refreshHead(of: stored.queueNumber)
        try enter(.settled, at: now, message: stored.messageNumber, delivery: number, Sentence.decided(decision))
        guard let message = try whole(.message, stored.messageNumber, { try message(number: stored.messageNumber) }) else { return }
        try add(news(message, stored.delivery), at: now)
    }
}
