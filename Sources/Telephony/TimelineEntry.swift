/// One thing that happened to a message: the rows of `homeline timeline`, and the events of the API's stream.
public struct TimelineEntry: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Raw octets recorded; nothing is known of them yet.
        case received
        /// A receipt that could not be decoded; kept for replay.
        case undecodable
        /// A receipt that was understood and is not for people: a silent message, data for the SIM.
        case notForPeople
        /// The carrier holds a picture message for us.
        case announced
        /// Fetching an announced message was tried in vain.
        case notRetrieved
        /// A message came to be: interpreted from receipts, or submitted.
        case message
        case planned
        case attempted
        /// A part was changed so that the carrier takes it.
        case fitted
        /// From here the fate of a segment is unknown until it settles.
        case submitting
        case segmentAccepted
        case accepted
        case deferred
        case failed
        case inDoubt
        /// A send in doubt is made again by its line's policy: the far phone may get it twice.
        case repeated
        /// A delivery report was matched.
        case reported
        /// The far party's phone says that it was looked at.
        case read
        /// A send in doubt was settled: by a person, or by the network's report.
        case settled
        /// A person had tried again what had failed.
        case retried
        /// A person decided that nothing more is to be done about what had failed.
        case dropped
        /// A message of another phone's past was taken over.
        case imported
        /// Its sender is blocked: it is brought to nobody, or to fewer than it would be.
        case blocked
    }

    /// Rises with time over all messages; a reader resumes after the last it saw.
    public let sequence: Int64
    public let at: Instant
    public let kind: Kind
    public let message: MessageID?
    public let delivery: DeliveryID?
    /// One sentence; never the message's text.
    public let detail: String

    public init(sequence: Int64, at: Instant, kind: Kind, message: MessageID?, delivery: DeliveryID?, detail: String) {
        self.sequence = sequence
        self.at = at
        self.kind = kind
        self.message = message
        self.delivery = delivery
        self.detail = detail
    }
}
