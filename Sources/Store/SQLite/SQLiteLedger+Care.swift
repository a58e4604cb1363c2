import Exchange
import Telephony

// TroubleLedger
extension SQLiteLedger: CareLedger {
    public func failures(before: DeliveryID?, limit: Int) async throws(LedgerError) -> [Trouble] {
        try await read { try $0.failures(before: before, limit: limit) }
    }

    public func doubts(limit: Int) async throws(LedgerError) -> [Trouble] { try await read { try $0.doubts(limit: limit) } }

    public func undecodable(limit: Int) async throws(LedgerError) -> [UndecodableReceipt] { try await read { try $0.undecodable(limit: limit) } }

    public func retry(
        _ delivery: DeliveryID, as name: DeliveryID, by person: PersonID, at: Instant, lifetime: @escaping @Sendable (Delivery) -> Duration
    ) async throws(LedgerError) -> Delivery {
        try await write { try $0.retry(delivery, as: name, by: person, at: at, lifetime: lifetime) }
    }

    public func drop(_ delivery: DeliveryID, by person: PersonID, at: Instant) async throws(LedgerError) {
        try await write { try $0.drop(delivery, by: person, at: at) }
    }

    public func replay(_ receipt: ReceiptID, by person: PersonID, at: Instant) async throws(LedgerError) {
        try await write { try $0.change(receipt, to: .replayed, by: person, at: at) }
    }

    public func drop(_ receipt: ReceiptID, by person: PersonID, at: Instant) async throws(LedgerError) {
        try await write { try $0.change(receipt, to: .dropped, by: person, at: at) }
    }

    public func retry(_ retrieval: RetrievalID, by person: PersonID, at: Instant) async throws(LedgerError) {
        try await write { try $0.retry(retrieval, by: person, at: at) }
    }

    public func drop(_ retrieval: RetrievalID, by person: PersonID, at: Instant) async throws(LedgerError) {
        try await write { try $0.drop(retrieval, by: person, at: at) }
    }

    public func segments(of delivery: DeliveryID) async throws(LedgerError) -> [SegmentRecord] { try await read { try $0.segments(of: delivery) } }
}

// SignalLedger, AlertLedger
extension SQLiteLedger {
    public func save(_ sample: SignalSample, forgettingBefore oldest: Instant) async throws(LedgerError) {
        try await write { try $0.save(sample, forgettingBefore: oldest) }
    }

    public func signal(of line: LineID, since: Instant) async throws(LedgerError) -> [SignalSample] {
        try await read { try $0.signal(of: line, since: since) }
    }

    public func traffic(of line: LineID, since: Instant) async throws(LedgerError) -> LineTraffic {
        try await read { try $0.traffic(of: line, since: since) }
    }

    public func alerts() async throws(LedgerError) -> [Alert] { try await read { try $0.alerts() } }

    public func save(_ alert: Alert) async throws(LedgerError) { try await write { try $0.save(alert) } }

    public func removeAlert(_ topic: String) async throws(LedgerError) { try await write { try $0.removeAlert(topic) } }
}
