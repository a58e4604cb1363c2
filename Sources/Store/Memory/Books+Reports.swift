import Exchange
import Telephony

/// What the network says of segments.
extension Books {
    mutating func apply(
        _ report: DeliveryReport, to segment: SentSegment, deliveries new: [Delivery], at: Instant
    ) throws(LedgerError) {
        guard let number = deliveryNumbers[segment.delivery], deliveries[number - 1].segments[segment.index]?.reference == segment.reference
        else { throw .conflict("no segment \(segment.index) of delivery \(segment.delivery) was accepted as \(segment.reference)") }
        enter(.reported, at: at, message: segment.message, delivery: segment.delivery, Sentence.reported(report))
        guard deliveries[number - 1].segments[segment.index]?.fate == nil else { return }
        deliveries[number - 1].segments[segment.index]?.note(report.fate)
        if deliveries[number - 1].state == .accepted {
            deliveries[number - 1].state = deliveries[number - 1].tally.state
            deliveries[number - 1].failure = deliveries[number - 1].tally.stateFailure
        }
        try add(new, at: at)
    }

    /// A report that is the only answer a segment in doubt ever got.
    mutating func answer(
        _ report: DeliveryReport, for segment: UnansweredSegment, deliveries new: [Delivery], at: Instant
    ) throws(LedgerError) {
        guard let number = deliveryNumbers[segment.delivery], deliveries[number - 1].state == .inDoubt,
            let doubtful = deliveries[number - 1].segments[segment.index], doubtful.reference == nil
        else { throw .conflict("segment \(segment.index) of delivery \(segment.delivery) is not in doubt") }
        var row = deliveries[number - 1]
        row.segments[segment.index]?.reference = report.reference
        row.segments[segment.index]?.acceptedAt = at
        row.segments[segment.index]?.note(report.fate)
        row.reference = row.reference ?? report.reference
        row.state = row.tally.stateAfterAnswer
        if row.state != .inDoubt { row.failure = row.tally.stateFailure }
        if row.state == .pending { row.delivery = row.delivery.due(at: at) }
        deliveries[number - 1] = row
        enter(.reported, at: at, message: segment.message, delivery: segment.delivery, Sentence.reported(report))
        enter(.settled, at: at, message: segment.message, delivery: segment.delivery, Sentence.answered(segment.index))
        try add(new, at: at)
    }

    func sentSegments(line: LineID, reference: String) -> [SentSegment] {
        acceptedSegments(line: line, reference: reference) { $0.fate == nil }
    }

    func reportedSegments(line: LineID, reference: String) -> [SentSegment] {
        acceptedSegments(line: line, reference: reference) { $0.fate != nil }
    }

    private func acceptedSegments(line: LineID, reference: String, where isWanted: (SegmentRow) -> Bool) -> [SentSegment] {
        let found = deliveries.flatMap { row in
            guard case .trunk(line, let recipients) = row.delivery.destination else { return [SentSegment]() }
            return row.segments.compactMap { index, segment in
                guard segment.reference == reference, isWanted(segment), let acceptedAt = segment.acceptedAt else { return nil }
                return SentSegment(
                    delivery: row.delivery.id, message: row.delivery.message, index: index, total: segment.total, reference: reference,
                    recipients: recipients, acceptedAt: acceptedAt, othersUnreported: row.tally.othersUnreported(of: segment.total),
                    anotherFailed: row.tally.failure != nil)
            }
        }
        return found.sorted { $0.acceptedAt != $1.acceptedAt ? $0.acceptedAt > $1.acceptedAt : $0.delivery > $1.delivery }
    }

    func unansweredSegments(line: LineID) -> [UnansweredSegment] {
        deliveries.flatMap { row in
            guard case .trunk(line, let recipients) = row.delivery.destination, row.state == .claimed || row.state == .inDoubt else {
                return [UnansweredSegment]()
            }
            return row.segments.sorted { $0.key < $1.key }.filter { $0.value.reference == nil }.map { index, segment in
                UnansweredSegment(
                    delivery: row.delivery.id, message: row.delivery.message, index: index, total: segment.total, recipients: recipients,
                    handedOverAt: segment.handedOverAt, waiting: row.state == .claimed ? .forAnswer : .inDoubt,
                    othersUnreported: row.tally.othersUnreported(of: segment.total), anotherFailed: row.tally.failure != nil)
            }
        }
    }
}

extension SegmentRow {
    fileprivate mutating func note(_ fate: DeliveryReport.Fate) {
        switch fate {
        case .pending: break
        case .delivered: self.fate = .delivered
        case .failed(let code): self.fate = .failed(code: code)
        }
    }
}
