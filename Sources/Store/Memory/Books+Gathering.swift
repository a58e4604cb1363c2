import Exchange
import Telephony

extension Books {
    /// The message that the piece has become part of; nil where there is none that it goes with.
    mutating func gather(_ piece: Message, _ gathering: Gathering) -> MessageID? {
        guard let person = piece.origin?.person else { return nil }
        let last = messages.last { $0.line == piece.line && $0.participants == piece.participants && !isForgotten($0.id) }
        guard let whole = last, let closes = gatherings[whole.id], closes > piece.recordedAt, whole.origin?.person == person,
            whole.origin?.endpoint == piece.origin?.endpoint, Gathering.joins(piece.parts, to: whole.parts), let joined = whole.joining(piece),
            let number = messageNumbers[whole.id]
        else { return nil }
        let own = deliveries.indices.filter { deliveries[$0].delivery.message == whole.id }
        let isUntouched = own.allSatisfy { deliveries[$0].state == .pending && deliveries[$0].attempts == 0 && deliveries[$0].delivery.due > piece.recordedAt }
        guard isUntouched else { return nil }
        messages[number - 1] = joined
        let due = min(piece.recordedAt + gathering.quiet, closes)
        for index in own { deliveries[index].delivery = deliveries[index].delivery.due(at: due) }
        enter(.message, at: piece.recordedAt, message: whole.id, Sentence.joined)
        return whole.id
    }

    // MARK: - Forgetting

    func isForgotten(_ message: MessageID) -> Bool { messageNumbers[message] == nil }

    private func isOver(_ message: MessageID) -> Bool {
        !deliveries.contains { $0.delivery.message == message && ($0.state.isOpen || $0.state == .inDoubt) }
    }

    mutating func forget(recordedBefore: Instant, limit: Int) -> Int {
        let old = messages.prefix { $0.recordedAt < recordedBefore }.filter { !isForgotten($0.id) && isOver($0.id) }
        for message in old.prefix(max(0, limit)) { remove(message.id) }
        return min(old.count, max(0, limit))
    }

    mutating func forget(_ message: MessageID) throws(LedgerError) -> Bool {
        guard !isForgotten(message) else { return false }
        guard isOver(message) else { throw .conflict("message \(message) is still being brought to somebody") }
        remove(message)
        return true
    }

    mutating func forgetReceipts(receivedBefore: Instant, limit: Int) -> Int {
        let linked = Set(entries.filter { $0.entry.message != nil }.compactMap(\.receipt))
        let open = Set(retrievals.filter(\.state.isOpen).map(\.notice))
        let old = receipts.indices.filter { index in
            let row = receipts[index]
            return row.state == .consumed && row.receipt.receivedAt < receivedBefore
                && (row.isReleased || row.receipt.format == .multimedia)
                && !linked.contains(row.receipt.id) && !open.contains(row.receipt.id)
        }
        for index in old.prefix(max(0, limit)) { forget(receipt: index) }
        return min(old.count, max(0, limit))
    }

    private mutating func forget(receipt index: Int) {
        let id = receipts[index].receipt.id
        guard receipts[index].state == .consumed else { return }
        receipts[index].state = .forgotten
        receipts[index].isReleased = true
        receiptNumbers[id] = nil
        entries.removeAll { $0.receipt == id }
        retrievals.removeAll { $0.notice == id }
    }

    /// Its row stays where it was, so that the others keep their numbers.
    private mutating func remove(_ message: MessageID) {
        messageNumbers[message] = nil
        gatherings[message] = nil
        submissions = submissions.filter { $0.value != message }
        let linked = Set(entries.filter { $0.entry.message == message }.compactMap(\.receipt))
        entries.removeAll { $0.entry.message == message }
        for index in receipts.indices where linked.contains(receipts[index].receipt.id) {
            if receipts[index].isReleased || receipts[index].receipt.format == .multimedia { forget(receipt: index) }
        }
        for (id, number) in deliveryNumbers where deliveries[number - 1].delivery.message == message { deliveryNumbers[id] = nil }
    }
}
