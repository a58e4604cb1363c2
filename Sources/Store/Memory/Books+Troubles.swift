import Exchange
import Telephony

/// What waits for the owner.
extension Books {
    func failures(before: DeliveryID?, limit: Int) -> [Trouble] {
        let end = before.map { deliveryNumbers[$0, default: 1] - 1 } ?? deliveries.count
        let failed = deliveries.prefix(end).reversed().filter { row in
            row.state == .failed && row.delivery.content == .message && !dropped.contains(row.delivery.id) && !isForgotten(row.delivery.message)
        }
        return failed.prefix(max(0, limit)).compactMap(trouble)
    }

    func doubts(limit: Int) -> [Trouble] { deliveries.filter { $0.state == .inDoubt }.prefix(max(0, limit)).compactMap(trouble) }

    private func trouble(_ row: DeliveryRow) -> Trouble? {
        messageNumbers[row.delivery.message].map { Trouble(message: record(of: messages[$0 - 1]), delivery: row.record) }
    }

    func undecodable(limit: Int) -> [UndecodableReceipt] {
        receipts.reversed().filter { $0.state == .undecodable }.prefix(max(0, limit)).map { row in
            let reason = entries.last { $0.receipt == row.receipt.id && $0.entry.kind == .undecodable }?.entry.detail
            return UndecodableReceipt(receipt: row.receipt, reason: reason ?? "")
        }
    }

    private func failed(_ id: DeliveryID) throws(LedgerError) -> Int {
        guard let number = deliveryNumbers[id], deliveries[number - 1].state == .failed else { throw .conflict("delivery \(id) has not failed") }
        return number
    }

    mutating func retry(
        _ id: DeliveryID, as name: DeliveryID, by person: PersonID, at: Instant, lifetime: (Delivery) -> Duration
    ) throws(LedgerError) -> Delivery {
        let number = try failed(id)
        let old = deliveries[number - 1].delivery
        let new = Delivery(
            id: name, message: old.message, destination: old.destination, content: old.content, due: at, expires: at + lifetime(old))
        deliveries[number - 1].delivery = new
        deliveries[number - 1].state = .pending
        deliveries[number - 1].failure = nil
        deliveries[number - 1].reference = nil
        deliveries[number - 1].segments = [:]
        dropped.remove(id)
        rename(id, name, number)
        enter(.retried, at: at, number, Sentence.retried(by: person))
        return new
    }

    private mutating func rename(_ id: DeliveryID, _ name: DeliveryID, _ number: Int) {
        deliveryNumbers[id] = nil
        deliveryNumbers[name] = number
        for index in entries.indices where entries[index].entry.delivery == id {
            let entry = entries[index].entry
            entries[index].entry = TimelineEntry(
                sequence: entry.sequence, at: entry.at, kind: entry.kind, message: entry.message, delivery: name, detail: entry.detail)
        }
    }

    mutating func drop(_ id: DeliveryID, by person: PersonID, at: Instant) throws(LedgerError) {
        let number = try failed(id)
        dropped.insert(id)
        enter(.dropped, at: at, number, Sentence.dropped(by: person))
    }

    mutating func change(_ id: ReceiptID, to state: ReceiptRow.State, by person: PersonID, at: Instant) throws(LedgerError) {
        guard let number = receiptNumbers[id], receipts[number - 1].state == .undecodable else {
            throw .conflict("receipt \(id) is not undecodable")
        }
        receipts[number - 1].state = state
        let isReplayed = state == .unread
        enter(isReplayed ? .retried : .dropped, at: at, receipt: id, isReplayed ? Sentence.retried(by: person) : Sentence.dropped(by: person))
    }

    mutating func retry(_ id: RetrievalID, by person: PersonID, at: Instant) throws(LedgerError) {
        guard let index = retrievals.firstIndex(where: { $0.retrieval.id == id && $0.state != .done }) else {
            throw .conflict("retrieval \(id) is done")
        }
        if retrievals[index].state == .failed { retrievals[index].state = .waiting }
        retrievals[index].due = at
        retrievals[index].failure = nil
        enter(of: retrievals[index].notice, .retried, at, Sentence.retried(by: person))
    }

    mutating func drop(_ id: RetrievalID, by person: PersonID, at: Instant) throws(LedgerError) {
        guard let index = retrievals.firstIndex(where: { $0.retrieval.id == id && $0.state == .failed }) else {
            throw .conflict("retrieval \(id) has not failed")
        }
        retrievals[index].state = .done
        retrievals[index].due = at
        retrievals[index].failure = nil
        enter(of: retrievals[index].notice, .dropped, at, Sentence.dropped(by: person))
    }

    func segments(of delivery: DeliveryID) -> [SegmentRecord] {
        guard let number = deliveryNumbers[delivery] else { return [] }
        return deliveries[number - 1].segments.sorted { $0.key < $1.key }.map { index, segment in
            let fate: SegmentRecord.Fate? =
                switch segment.fate {
                case .delivered: .delivered
                case .failed(let code): .failed(code)
                case nil: nil
                }
            return SegmentRecord(
                index: index, total: segment.total, handedOverAt: segment.handedOverAt, acceptedAt: segment.acceptedAt, reference: segment.reference,
                fate: fate)
        }
    }

    mutating func save(_ sample: SignalSample, forgettingBefore oldest: Instant) {
        let kept = signals[sample.line, default: []].filter { $0.at >= oldest && $0.at != sample.at }
        signals[sample.line] = (kept + [sample]).sorted { $0.at < $1.at }
    }

    func traffic(of line: LineID, since: Instant) -> LineTraffic {
        var traffic = LineTraffic()
        for message in messages where message.line == line && message.sender != Notices.sender && !isForgotten(message.id) {
            let isNew = message.recordedAt >= since
            switch message.direction {
            case .incoming:
                traffic.lastIn = message.recordedAt
                traffic.incoming += isNew ? 1 : 0
            case .outgoing:
                traffic.lastOut = message.recordedAt
                traffic.outgoing += isNew ? 1 : 0
            case .within: break
            }
        }
        return traffic
    }
}
