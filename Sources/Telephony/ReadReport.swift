/// That a recipient has looked at a message we sent: M-Read-Orig.ind (OMA-TS-MMS_ENC §6.7).
public struct ReadReport: Hashable, Sendable {
    /// The carrier's name for the message, as `accepted` gave it.
    public let reference: String
    public let recipient: Address
    public let at: Instant?
    /// What the recipient did.
    public let act: Act

    public enum Act: String, Sendable {
        case read
        case deletedUnread
    }

    public init(reference: String, recipient: Address, at: Instant?, act: Act) {
        self.reference = reference
        self.recipient = recipient
        self.at = at
        self.act = act
    }
}
