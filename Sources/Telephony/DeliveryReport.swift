/// What the network says became of a segment we sent: SMS-STATUS-REPORT (TS 23.040 §9.2.2.3), later M-Delivery.ind.
public struct DeliveryReport: Hashable, Sendable {
    public enum Fate: Hashable, Sendable {
        case delivered
        /// Still being tried; the code of TP-Status.
        case pending(code: Int)
        case failed(code: Int)
    }

    /// The carrier's reference of the segment, as `accepted` gave it (TP-MR in decimal).
    public let reference: String
    /// Nil where the reference alone names what was sent.
    public let recipient: Address?
    public let fate: Fate
    public let at: Instant?
    /// When the service centre took the segment over (TP-SCTS); nil where that can't be true.
    public let submittedAt: Instant?
    /// The peer's words for what happened; empty where it has only a code.
    public let detail: String

    public init(reference: String, recipient: Address?, fate: Fate, at: Instant?, submittedAt: Instant? = nil, detail: String = "") {
        self.reference = reference
        self.recipient = recipient
        self.fate = fate
        self.at = at
        self.submittedAt = submittedAt
        self.detail = detail
    }
}
