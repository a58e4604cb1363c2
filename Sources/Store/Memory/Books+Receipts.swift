import Exchange
import Telephony

extension Books {
    mutating func record(_ new: [Receipt]) throws(LedgerError) -> [ReceiptID] {
        var ids: [ReceiptID] = []
        for receipt in new { ids.append(try record(receipt)) }
        return ids
    }

    private mutating func record(_ receipt: Receipt) throws(LedgerError) -> ReceiptID {
        let held = receipts.first {
            !$0.isReleased && $0.receipt.line == receipt.line && $0.receipt.place == receipt.place && $0.receipt.octets == receipt.octets
        }
        if let held { return held.receipt.id }
        guard receiptNumbers[receipt.id] == nil else { throw .conflict("receipt \(receipt.id) exists already") }
        receipts.append(ReceiptRow(receipt: receipt))
        receiptNumbers[receipt.id] = receipts.count
        enter(.received, at: receipt.receivedAt, receipt: receipt.id, Sentence.received(receipt))
        return receipt.id
    }

    mutating func release(_ ids: [ReceiptID]) {
        for number in ids.compactMap({ receiptNumbers[$0] }) { receipts[number - 1].isReleased = true }
    }

    mutating func replayUndecodable() -> Int {
        let found = receipts.indices.filter { receipts[$0].state == .undecodable }
        for index in found { receipts[index].state = .unread }
        return found.count
    }

    mutating func commit(_ reading: Reading) throws(LedgerError) {
        switch reading.result {
        case .incomplete:
            return
        case .message(let message, let deliveries):
            try consume(reading.receipts, as: .consumed, message: message.id)
            link(notices(of: reading.receipts), to: message.id)
            try insert(message)
            enter(.message, at: reading.at, message: message.id, Sentence.interpreted(from: reading.receipts.count, for: deliveries, blocks: reading.blocks))
            if !reading.blocks.isEmpty { enter(.blocked, at: reading.at, message: message.id, Sentence.blocked(reading.blocks)) }
            try add(deliveries, at: reading.at)
        case .report(let report, let segment, let deliveries):
            try consume(reading.receipts, as: .consumed, message: segment.message)
            try apply(report, to: segment, deliveries: deliveries, at: reading.at)
        case .answer(let report, let segment, let deliveries):
            try consume(reading.receipts, as: .consumed, message: segment.message)
            try answer(report, for: segment, deliveries: deliveries, at: reading.at)
        case .read(let report, let message, let deliveries):
            try consume(reading.receipts, as: .consumed, message: message)
            enter(.read, at: reading.at, message: message, Sentence.read(report))
            try add(deliveries, at: reading.at)
        case .announcement(let retrieval):
            try consume(reading.receipts, as: .consumed, message: nil)
            announce(retrieval, receipts: reading.receipts, at: reading.at)
        case .undecodable(let reason):
            try consume(reading.receipts, as: .undecodable, message: nil)
            for receipt in reading.receipts { enter(.undecodable, at: reading.at, receipt: receipt, reason) }
        case .notForPeople(let reason):
            try consume(reading.receipts, as: .consumed, message: nil)
            for receipt in reading.receipts { enter(.notForPeople, at: reading.at, receipt: receipt, reason) }
        }
    }

    private mutating func consume(_ ids: [ReceiptID], as state: ReceiptRow.State, message: MessageID?) throws(LedgerError) {
        for id in ids {
            guard let number = receiptNumbers[id], receipts[number - 1].state == .unread else {
                throw .conflict("receipt \(id) is not unread")
            }
            receipts[number - 1].state = state
        }
        if let message { link(ids, to: message) }
    }

    private mutating func link(_ ids: [ReceiptID], to message: MessageID) {
        for index in entries.indices where entries[index].receipt.map(ids.contains) == true {
            let old = entries[index].entry
            entries[index].entry = TimelineEntry(
                sequence: old.sequence, at: old.at, kind: old.kind, message: message, delivery: nil, detail: old.detail)
        }
    }
}
