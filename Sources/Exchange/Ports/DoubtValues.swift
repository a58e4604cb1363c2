import Telephony

/// A segment that was handed over and whose answer has not come.
public struct UnansweredSegment: Hashable, Sendable {
    public enum Waiting: Hashable, Sendable {
        /// The attempt is open: the answer may still come.
        case forAnswer
        /// The send is in doubt.
        case inDoubt
    }

    public let delivery: DeliveryID
    public let message: MessageID
    /// Its number within the transmission, from 0, and how many there are.
    public let index: Int
    public let total: Int
    public let recipients: [Address]
    public let handedOverAt: Instant
    public let waiting: Waiting
    /// How many other segments of the same delivery are still unreported as delivered.
    public let othersUnreported: Int
    /// Whether another segment of the same delivery was reported as failed before.
    public let anotherFailed: Bool

    public init(
        delivery: DeliveryID, message: MessageID, index: Int, total: Int, recipients: [Address], handedOverAt: Instant, waiting: Waiting,
        othersUnreported: Int, anotherFailed: Bool
    ) {
        self.delivery = delivery
        self.message = message
        self.index = index
        self.total = total
        self.recipients = recipients
        self.handedOverAt = handedOverAt
        self.waiting = waiting
        self.othersUnreported = othersUnreported
        self.anotherFailed = anotherFailed
    }

    /// As what the network's report shows it to be.
    func accepted(as reference: String, at: Instant) -> SentSegment {
        SentSegment(
            delivery: delivery, message: message, index: index, total: total, reference: reference, recipients: recipients, acceptedAt: at,
            othersUnreported: othersUnreported, anotherFailed: anotherFailed)
    }
}

/// A send that a dead process left with a segment handed over and not answered.
public struct DoubtfulSend: Sendable {
    public let message: Message
    public let delivery: Delivery
    /// How many earlier attempts ended in doubt.
    public let earlierDoubts: Int

    public init(message: Message, delivery: Delivery, earlierDoubts: Int) {
        self.message = message
        self.delivery = delivery
        self.earlierDoubts = earlierDoubts
    }
}

/// What is to become of a doubtful send.
public enum DoubtRuling: Sendable {
    /// It is in doubt; the deliveries tell of it.
    case stands(news: [Delivery])
    /// It is made again.
    case repeated
    /// It is gone on with: its trunk knows what it was given before.
    case resumed
}

public enum DoubtDecision: String, Sendable, CaseIterable {
    case sendAgain, takeAsSent, takeAsFailed
}
