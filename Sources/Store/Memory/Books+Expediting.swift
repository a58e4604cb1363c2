import Exchange
import Telephony

extension Books {
    mutating func expedite(endpoint: EndpointID, person: PersonID, device: DeviceID, now: Instant) {
        let destination = Destination.device(endpoint, person, device)
        for index in deliveries.indices where deliveries[index].state == .pending {
            let delivery = deliveries[index].delivery
            if delivery.destination == .device(endpoint, person, nil), let message = messageNumbers[delivery.message] {
                deliveries[index].delivery = delivery.bound(to: destination)
                deliveries[index].queue = DeliveryQueue(destination: destination, message: messages[message - 1])
                enter(.planned, at: now, message: delivery.message, delivery: delivery.id, Sentence.adopted(destination))
            }
        }
        makeDue(now) { $0 == destination }
    }

    /// A delivery to a person's first device may have been under way, and so passed over, when that device registered.
    mutating func adoptIfRegistered(_ destination: Destination, now: Instant) {
        guard case .device(let endpoint, let person, nil) = destination, let known = devices.first(where: { $0.person == person }) else {
            return
        }
        expedite(endpoint: endpoint, person: person, device: known.device, now: now)
    }

    mutating func clockWasSet(by step: Duration, at: Instant) {
        clockSteps.add(step, at: at)
        let moving = ClockSteps.moving(at: at)
        for index in retrievals.indices {
            if step <= .zero {
                retrievals[index].due = retrievals[index].due + step
            } else if retrievals[index].state == .waiting, moving.contains(retrievals[index].retrieval.announcedAt) {
                retrievals[index].retrieval = retrievals[index].retrieval.shifted(by: step)
            }
        }
        for index in receipts.indices where receipts[index].state == .unread && moving.contains(receipts[index].receipt.receivedAt) {
            receipts[index].receipt = receipts[index].receipt.received(at: receipts[index].receipt.receivedAt + step)
        }
        for index in deliveries.indices { deliveries[index].segmentsSawClockSet(by: step, moving) }
        for index in deliveries.indices where deliveries[index].state.isOpen {
            let isPending = deliveries[index].state == .pending
            deliveries[index].delivery = deliveries[index].delivery.shifted(by: step, hastened: isPending && step < .zero ? step : .zero)
            deliveries[index].lease = deliveries[index].lease.map { $0 + step }
        }
    }

    mutating func expedite(line: LineID, now: Instant) {
        for index in retrievals.indices where retrievals[index].retrieval.line == line && retrievals[index].due > now {
            retrievals[index].due = now
        }
        makeDue(now) {
            guard case .trunk(line, _) = $0 else { return false }
            return true
        }
    }

    /// What is being attempted is marked by a due time after the attempt's beginning, by which a deferral knows.
    private mutating func makeDue(_ now: Instant, _ isMeant: (Destination) -> Bool) {
        for index in deliveries.indices where deliveries[index].state.isOpen && isMeant(deliveries[index].delivery.destination) {
            let delivery = deliveries[index].delivery
            if deliveries[index].state == .claimed {
                deliveries[index].delivery = delivery.due(at: now + .milliseconds(1))
            } else if delivery.due > now {
                deliveries[index].delivery = delivery.due(at: now)
            }
        }
    }

    /// Fails what is pending for destinations that are no more. What is being attempted waits for nobody afterwards.
    mutating func giveUp(_ failure: Failure, now: Instant, _ isMeant: (Destination) -> Bool) {
        for index in deliveries.indices where deliveries[index].state.isOpen {
            let delivery = deliveries[index].delivery
            guard isMeant(delivery.destination) else { continue }
            guard deliveries[index].state == .pending else {
                deliveries[index].delivery = delivery.expiring(at: min(delivery.expires, now))
                continue
            }
            deliveries[index].state = .failed
            deliveries[index].failure = failure
            enter(.failed, at: now, message: delivery.message, delivery: delivery.id, failure.sentence)
        }
    }

    mutating func giveUpExpired(
        besides served: Set<ClaimScope>, _ failure: Failure, now: Instant, limit: Int, news: (Message, Delivery, Settlement.Result) -> [Delivery]
    ) throws(LedgerError) -> Int {
        let found = deliveries.indices.filter { index in
            let row = deliveries[index]
            return row.state == .pending && row.delivery.expires <= now && !served.contains(row.delivery.destination.scope)
        }
        for index in found.prefix(limit) {
            // What a trunk that is gone was given may have left, and nobody is told that it did not.
            let result: Settlement.Result = deliveries[index].mayHaveLeft ? .inDoubt(.lost(with: failure)) : .failed(failure)
            try end(index, result, now: now, news: news)
        }
        return min(found.count, limit)
    }
}

extension Books {
    /// Ends a pending delivery without an attempt: as failed, or in doubt.
    mutating func end(
        _ index: Int, _ result: Settlement.Result, now: Instant, news: (Message, Delivery, Settlement.Result) -> [Delivery]
    ) throws(LedgerError) {
        let delivery = deliveries[index].delivery
        deliveries[index].state = result.kind == .inDoubt ? .inDoubt : .failed
        deliveries[index].failure = result.failure
        enter(result.kind, at: now, message: delivery.message, delivery: delivery.id, result.failure?.sentence ?? "")
        try add(news(messages[try number(of: delivery.message) - 1], delivery, result), at: now)
    }
}

extension DeliveryRow {
    fileprivate mutating func segmentsSawClockSet(by step: Duration, _ moving: ClosedRange<Instant>) {
        segments = segments.mapValues { segment in
            guard segment.fate == nil, moving.contains(segment.handedOverAt) else { return segment }
            var moved = segment
            moved.handedOverAt = segment.handedOverAt + step
            moved.acceptedAt = segment.acceptedAt.map { $0 + step }
            return moved
        }
    }
}
