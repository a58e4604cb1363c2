import Exchange
import Telephony

extension Books {
    mutating func add(_ new: [Delivery], at: Instant) throws(LedgerError) {
        for delivery in new.map({ $0.shifted(by: clockSteps.lag(of: $0.due)) }) {
            guard deliveryNumbers[delivery.id] == nil else { throw .conflict("delivery \(delivery.id) exists already") }
            let message = messages[try number(of: delivery.message) - 1]
            deliveries.append(
                DeliveryRow(delivery: delivery, queue: DeliveryQueue(of: delivery, in: message)))
            deliveryNumbers[delivery.id] = deliveries.count
            enter(.planned, at: at, message: delivery.message, delivery: delivery.id, Sentence.planned(delivery))
        }
    }

    /// The delivery each queue waits for: the claimed one, else the oldest open one.
    func heads(_ scope: ClaimScope) -> [DeliveryRow] {
        var heads: [DeliveryQueue: DeliveryRow] = [:]
        for row in deliveries where row.delivery.destination.scope == scope && row.state.isOpen {
            if heads[row.queue] == nil || row.state == .claimed { heads[row.queue] = row }
        }
        return heads.values.sorted { one, other in
            let (due, otherDue) = (one.delivery.effectiveDue, other.delivery.effectiveDue)
            return due != otherDue ? due < otherDue : deliveryNumbers[one.delivery.id, default: 0] < deliveryNumbers[other.delivery.id, default: 0]
        }
    }

    mutating func claim(_ scope: ClaimScope, limit: Int, now: Instant, lease: Instant, mint: Mint) -> Claimed {
        let due = heads(scope).filter { $0.state == .pending && $0.delivery.effectiveDue <= now }
        var claims: [Claim] = []
        for row in due.prefix(max(0, limit)) {
            guard let number = deliveryNumbers[row.delivery.id], let message = messageNumbers[row.delivery.message] else { continue }
            let attempt = Attempt(id: mint.identifier(), delivery: row.delivery.id, number: row.attempts + 1, openedAt: now)
            attempts[attempt.id] = number
            deliveries[number - 1].state = .claimed
            deliveries[number - 1].attempts = attempt.number
            deliveries[number - 1].lastAttempt = attempt.id
            deliveries[number - 1].lease = lease
            deliveries[number - 1].openedAt = now
            enter(.attempted, at: now, message: row.delivery.message, delivery: row.delivery.id, Sentence.attempted(attempt.number))
            claims.append(
                Claim(
                    delivery: row.delivery, attempt: attempt, queue: row.queue, message: messages[message - 1],
                    messageNumber: Int64(message), conversationNumber: conversationNumber(of: messages[message - 1]), acceptedSegments: row.acceptedSegments,
                    earlierDoubts: row.doubts, wasHandedOver: row.unanswered > 0))
        }
        return Claimed(claims: claims, nextDue: heads(scope).filter { $0.state == .pending }.map(\.delivery.effectiveDue).min())
    }

    /// The delivery whose open attempt this is, or whose attempt `recover` left in doubt.
    private func number(ofCurrent attempt: AttemptID, orInterrupted interruptedCounts: Interruption) throws(LedgerError) -> Int {
        guard let number = attempts[attempt], deliveries[number - 1].lastAttempt == attempt else {
            throw .conflict("attempt \(attempt) is not open")
        }
        let row = deliveries[number - 1]
        let isInterrupted = row.state == .inDoubt && row.failure?.cause == .interrupted && interruptedCounts == .counts
        guard row.state == .claimed || isInterrupted else { throw .conflict("attempt \(attempt) is not open") }
        return number
    }

    private enum Interruption { case counts, doesNot }

    mutating func fitted(_ attempt: AttemptID, _ changes: [String], at: Instant) throws(LedgerError) {
        let number = try number(ofCurrent: attempt, orInterrupted: .doesNot)
        for change in changes { enter(.fitted, at: at, number, change) }
    }

    mutating func willSubmit(_ attempt: AttemptID, segment: Int, of total: Int, at: Instant) throws(LedgerError) {
        let number = try number(ofCurrent: attempt, orInterrupted: .doesNot)
        guard deliveries[number - 1].segments[segment]?.reference == nil else {
            throw .conflict("segment \(segment) of delivery \(deliveries[number - 1].delivery.id) was accepted before")
        }
        deliveries[number - 1].segments[segment] = SegmentRow(total: total, attempt: attempt, handedOverAt: at)
        deliveries[number - 1].unanswered += 1
        enter(.submitting, at: at, number, Sentence.submitting(segment, of: total))
    }

    mutating func segmentAccepted(_ attempt: AttemptID, segment: Int, reference: String, at: Instant) throws(LedgerError) {
        let number = try number(ofCurrent: attempt, orInterrupted: .counts)
        guard let row = deliveries[number - 1].segments[segment], row.attempt == attempt, row.reference == nil else {
            throw .conflict("segment \(segment) of attempt \(attempt) awaits no answer")
        }
        deliveries[number - 1].segments[segment]?.reference = reference
        deliveries[number - 1].segments[segment]?.acceptedAt = at
        deliveries[number - 1].unanswered -= 1
        enter(.segmentAccepted, at: at, number, Sentence.segmentAccepted(segment, reference: reference))
    }

    mutating func settle(_ settlement: Settlement) throws(LedgerError) {
        let number = try number(ofCurrent: settlement.attempt, orInterrupted: .counts)
        var row = deliveries[number - 1]
        guard row.delivery.id == settlement.delivery else {
            throw .conflict("attempt \(settlement.attempt) is not of delivery \(settlement.delivery)")
        }
        row.lease = nil
        // The doubt that recovery left was none.
        if row.state == .inDoubt { row.doubts -= 1 }
        row.failure = settlement.result.failure
        switch settlement.result {
        case .accepted(let reference):
            row.accept(reference: reference, attempt: settlement.attempt, at: settlement.at)
        case .deferred(_, let until):
            row.forgetUnansweredSegments()
            row.state = .pending
            // Whoever it waits for may have come back during the attempt, which then did not notice.
            let isExpedited = row.delivery.due > row.openedAt ?? .distantFuture
            row.delivery = row.delivery.due(at: (isExpedited ? min(until, settlement.at) : until) + clockSteps.lag(of: settlement.at))
        case .failed:
            row.forgetUnansweredSegments()
            row.state = .failed
        case .inDoubt:
            row.state = .inDoubt
            row.doubts += 1
        case .repeated:
            row.doubts += 1
            row.beMadeAgain(at: settlement.at)
        }
        deliveries[number - 1] = row
        enter(settlement.result.kind, at: settlement.at, number, Sentence.settled(settlement.result))
        if case .repeated = settlement.result { enter(.repeated, at: settlement.at, number, Sentence.repeated) }
        if row.state == .pending { adoptIfRegistered(row.delivery.destination, now: settlement.at) }
        try add(settlement.following.filter { !isOldNews($0) }, at: settlement.at)
    }

    /// That a recipient has the message is news once, however many devices take it.
    private func isOldNews(_ new: Delivery) -> Bool {
        guard case .status(.delivered(let recipient, _)) = new.content else { return false }
        return deliveries.contains { row in
            guard row.delivery.message == new.message, case .status(.delivered(recipient, _)) = row.delivery.content else { return false }
            return true
        }
    }

    mutating func recover(
        leasedBefore: Instant, keeping open: Set<AttemptID>, now: Instant, judge: (DoubtfulSend) -> DoubtRuling
    ) throws(LedgerError) -> [Recovered] {
        var found: [Recovered] = []
        for index in deliveries.indices where deliveries[index].state == .claimed && (deliveries[index].lease ?? now) < leasedBefore {
            if let attempt = deliveries[index].lastAttempt, open.contains(attempt) { continue }
            deliveries[index].lease = nil
            if deliveries[index].hasUnansweredSegment {
                try recoverDoubtful(index, now: now, judge: judge)
            } else if deliveries[index].tally.isWhollyAccepted {
                // Made again it would have nothing to send, and after its end it would be told as not sent.
                deliveries[index].state = deliveries[index].tally.state
                deliveries[index].failure = deliveries[index].tally.stateFailure
                enter(.accepted, at: now, index + 1, Sentence.foundAccepted)
            } else {
                deliveries[index].state = .pending
                deliveries[index].delivery = deliveries[index].delivery.due(at: now)
                enter(.deferred, at: now, index + 1, Sentence.resumed)
            }
            let row = deliveries[index]
            found.append(Recovered(delivery: row.delivery.id, message: row.delivery.message, state: row.state))
        }
        return found
    }

    private mutating func recoverDoubtful(_ index: Int, now: Instant, judge: (DoubtfulSend) -> DoubtRuling) throws(LedgerError) {
        let row = deliveries[index]
        let message = messages[try number(of: row.delivery.message) - 1]
        let ruling = judge(DoubtfulSend(message: message, delivery: row.delivery, earlierDoubts: row.doubts))
        deliveries[index].doubts += 1
        deliveries[index].failure = Failure(.interrupted)
        enter(.inDoubt, at: now, index + 1, Failure(.interrupted).sentence)
        switch ruling {
        case .stands(let news):
            deliveries[index].state = .inDoubt
            try add(news, at: now)
        case .repeated:
            deliveries[index].beMadeAgain(at: now)
            enter(.repeated, at: now, index + 1, Sentence.repeated)
        case .resumed:
            deliveries[index].beMadeAgain(at: now)
            enter(.deferred, at: now, index + 1, Sentence.resumed)
        }
    }

    mutating func decide(
        _ delivery: DeliveryID, _ decision: DoubtDecision, now: Instant, lifetime: (Delivery) -> Duration, news: (Message, Delivery) -> [Delivery]
    ) throws(LedgerError) {
        guard let number = deliveryNumbers[delivery], deliveries[number - 1].state == .inDoubt else {
            throw .conflict("delivery \(delivery) is not in doubt")
        }
        switch decision {
        case .sendAgain:
            deliveries[number - 1].beMadeAgain(at: now)
            let again = deliveries[number - 1].delivery
            deliveries[number - 1].delivery = again.expiring(at: now + lifetime(again))
        case .takeAsSent:
            deliveries[number - 1].state = .accepted
            deliveries[number - 1].failure = nil
        case .takeAsFailed:
            deliveries[number - 1].state = .failed
        }
        enter(.settled, at: now, number, Sentence.decided(decision))
        let row = deliveries[number - 1]
        try add(news(messages[try self.number(of: row.delivery.message) - 1], row.delivery), at: now)
    }

    mutating func wasRead(
        _ delivery: DeliveryID, by person: PersonID, at: Instant, report: (Message) -> [Delivery]
    ) throws(LedgerError) -> [Delivery] {
        guard let number = deliveryNumbers[delivery], deliveries[number - 1].delivery.brings(aMessageTo: person) else { return [] }
        let id = deliveries[number - 1].delivery.message
        markRead(try self.number(of: id) - 1, by: person)
        guard !deliveries.contains(where: { $0.delivery.message == id && $0.delivery.content == .readReport }) else { return [] }
        let reports = report(messages[try self.number(of: id) - 1])
        try add(reports, at: at)
        return reports
    }

    mutating func enter(_ kind: TimelineEntry.Kind, at: Instant, _ number: Int, _ detail: String) {
        let delivery = deliveries[number - 1].delivery
        enter(kind, at: at, message: delivery.message, delivery: delivery.id, detail)
    }
}

extension DeliveryRow {
    /// From the first segment without an answer.
    fileprivate mutating func beMadeAgain(at: Instant) {
        forgetUnansweredSegments()
        state = .pending
        delivery = delivery.due(at: at)
    }

    /// A trunk that keeps no diary of segments sends one, accepted under the whole delivery's reference.
    fileprivate mutating func accept(reference: String?, attempt: AttemptID, at: Instant) {
        self.reference = reference
        if let reference, delivery.destination.isTrunk {
            if segments.isEmpty { segments[0] = SegmentRow(total: 1, attempt: attempt, handedOverAt: at) }
            for (index, segment) in segments where segment.reference == nil {
                segments[index]?.reference = reference
                segments[index]?.acceptedAt = at
            }
        }
        forgetUnansweredSegments()
        state = tally.state
        failure = tally.stateFailure
    }
}
