import Exchange
import Telephony

// TroubleLedger
extension MemoryLedger: CareLedger {
    public func failures(before: DeliveryID?, limit: Int) throws(LedgerError) -> [Trouble] { books.failures(before: before, limit: limit) }

    public func doubts(limit: Int) throws(LedgerError) -> [Trouble] { books.doubts(limit: limit) }

    public func undecodable(limit: Int) throws(LedgerError) -> [UndecodableReceipt] { books.undecodable(limit: limit) }

    public func retry(
        _ delivery: DeliveryID, as name: DeliveryID, by person: PersonID, at: Instant, lifetime: @escaping @Sendable (Delivery) -> Duration
    ) throws(LedgerError) -> Delivery {
        try change { books throws(LedgerError) in try books.retry(delivery, as: name, by: person, at: at, lifetime: lifetime) }
    }

    public func drop(_ delivery: DeliveryID, by person: PersonID, at: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.drop(delivery, by: person, at: at) }
    }

    public func replay(_ receipt: ReceiptID, by person: PersonID, at: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.change(receipt, to: .unread, by: person, at: at) }
    }

    public func drop(_ receipt: ReceiptID, by person: PersonID, at: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.change(receipt, to: .consumed, by: person, at: at) }
    }

    public func retry(_ retrieval: RetrievalID, by person: PersonID, at: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.retry(retrieval, by: person, at: at) }
    }

    public func drop(_ retrieval: RetrievalID, by person: PersonID, at: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in try books.drop(retrieval, by: person, at: at) }
    }

    public func segments(of delivery: DeliveryID) throws(LedgerError) -> [SegmentRecord] { books.segments(of: delivery) }
}

// SignalLedger, AlertLedger
extension MemoryLedger {
    public func save(_ sample: SignalSample, forgettingBefore oldest: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in books.save(sample, forgettingBefore: oldest) }
    }

    public func signal(of line: LineID, since: Instant) throws(LedgerError) -> [SignalSample] {
        books.signals[line, default: []].filter { $0.at >= since }
    }

    public func traffic(of line: LineID, since: Instant) throws(LedgerError) -> LineTraffic { books.traffic(of: line, since: since) }

    public func alerts() throws(LedgerError) -> [Alert] { books.alerts.values.sorted { $0.topic < $1.topic } }

    public func save(_ alert: Alert) throws(LedgerError) { books.alerts[alert.topic] = alert }

    public func removeAlert(_ topic: String) throws(LedgerError) { books.alerts[topic] = nil }
}
