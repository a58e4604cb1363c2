import Telephony

/// What went wrong and waits for the owner, with what the owner may do about it. Every act is a line of the timeline, with who did it.
public protocol TroubleLedger: Sendable {
    /// Deliveries of messages that failed and were not dropped, the latest first; those made before `before` where it is given.
    func failures(before: DeliveryID?, limit: Int) async throws(LedgerError) -> [Trouble]
    /// Sends in doubt, oldest first.
    func doubts(limit: Int) async throws(LedgerError) -> [Trouble]
    /// Receipts that could not be decoded, the latest first.
    func undecodable(limit: Int) async throws(LedgerError) -> [UndecodableReceipt]
    /// A failed delivery is to be made from its first segment on, for `lifetime`, and is called `name` from now on: who was brought it before
    /// may know it by the old one, and take what comes again for a repetition. Conflict when it has not failed.
    func retry(
        _ delivery: DeliveryID, as name: DeliveryID, by person: PersonID, at: Instant, lifetime: @escaping @Sendable (Delivery) -> Duration
    ) async throws(LedgerError) -> Delivery
    /// A failed delivery is shown no longer among the failures. Conflict when it has not failed.
    func drop(_ delivery: DeliveryID, by person: PersonID, at: Instant) async throws(LedgerError)
    /// The receipt is unread again. Conflict when it is not undecodable.
    func replay(_ receipt: ReceiptID, by person: PersonID, at: Instant) async throws(LedgerError)
    /// Nothing more is to be done about the receipt; its octets stay. Conflict when it is not undecodable.
    func drop(_ receipt: ReceiptID, by person: PersonID, at: Instant) async throws(LedgerError)
    /// A message that could not be fetched is to be fetched now. Conflict when the retrieval is done.
    func retry(_ retrieval: RetrievalID, by person: PersonID, at: Instant) async throws(LedgerError)
    /// Nothing more is to be done about the retrieval. Conflict when it has not failed.
    func drop(_ retrieval: RetrievalID, by person: PersonID, at: Instant) async throws(LedgerError)
    /// The segments of a delivery that were handed over, in order.
    func segments(of delivery: DeliveryID) async throws(LedgerError) -> [SegmentRecord]
}

/// A delivery that failed or is in doubt, with its message.
public struct Trouble: Hashable, Sendable {
    public let message: MessageRecord
    public let delivery: DeliveryRecord

    public init(message: MessageRecord, delivery: DeliveryRecord) {
        self.message = message
        self.delivery = delivery
    }
}

/// A receipt with the decoder's words.
public struct UndecodableReceipt: Hashable, Sendable {
    public let receipt: Receipt
    public let reason: String

    public init(receipt: Receipt, reason: String) {
        self.receipt = receipt
        self.reason = reason
    }
}

/// A segment that was handed over to a carrier.
public struct SegmentRecord: Hashable, Sendable {
    public enum Fate: Hashable, Sendable {
        case delivered
        /// TP-Status (TS 23.040 §9.2.3.15).
        case failed(Int)
    }

    /// From 0.
    public let index: Int
    public let total: Int
    public let handedOverAt: Instant
    /// Nil until the carrier's answer.
    public let acceptedAt: Instant?
    /// The carrier's name for it, empty where it gave none; nil until its answer.
    public let reference: String?
    /// The network's last word.
    public let fate: Fate?

    public init(index: Int, total: Int, handedOverAt: Instant, acceptedAt: Instant?, reference: String?, fate: Fate?) {
        self.index = index
        self.total = total
        self.handedOverAt = handedOverAt
        self.acceptedAt = acceptedAt
        self.reference = reference
        self.fate = fate
    }
}
