import Telephony

/// A set of receipts with what they mean and what follows; one element of Intake's transaction.
public struct Reading: Hashable, Sendable {
    public enum Result: Hashable, Sendable {
        case message(Message, deliveries: [Delivery])
        /// A report that belongs to a sent segment; `deliveries` tell the writer when the whole delivery is settled by it.
        case report(DeliveryReport, segment: SentSegment, deliveries: [Delivery])
        /// A report that is the only answer a segment of a send in doubt ever got: the send is settled by it, or goes on.
        case answer(DeliveryReport, segment: UnansweredSegment, deliveries: [Delivery])
        /// That a message of ours was looked at; `deliveries` tell its writer.
        case read(ReadReport, of: MessageID, deliveries: [Delivery])
        /// A message to be fetched; one that was announced before under the same names is nothing new.
        case announcement(Retrieval)
        /// Stays unread.
        case incomplete
        case undecodable(String)
        case notForPeople(String)
    }

    public let receipts: [ReceiptID]
    public let result: Result
    public let at: Instant
    /// What kept a message from some whom it would have been brought to.
    public let blocks: [Block]

    public init(receipts: [ReceiptID], result: Result, at: Instant, blocks: [Block] = []) {
        self.receipts = receipts
        self.result = result
        self.at = at
        self.blocks = blocks
    }

    /// What is to be brought to people because of it.
    var deliveries: [Delivery] {
        switch result {
        case .message(_, let deliveries), .report(_, _, let deliveries), .answer(_, _, let deliveries),
            .read(_, _, let deliveries):
            deliveries
        case .announcement, .incomplete, .undecodable, .notForPeople: []
        }
    }
}

/// A segment that a carrier accepted.
public struct SentSegment: Hashable, Sendable {
    public let delivery: DeliveryID
    public let message: MessageID
    /// Its number within the transmission, from 0, and how many there are.
    public let index: Int
    public let total: Int
    public let reference: String
    public let recipients: [Address]
    public let acceptedAt: Instant
    /// How many other segments of the same delivery are still unreported as delivered.
    public let othersUnreported: Int
    /// Whether another segment of the same delivery was reported as failed before.
    public let anotherFailed: Bool

    /// Whom a report on it can come from: of a message to several, each segment stands for one of them.
    var parties: [Address] { recipients.count > 1 && recipients.count == total && recipients.indices.contains(index) ? [recipients[index]] : recipients }

    public init(
        delivery: DeliveryID, message: MessageID, index: Int, total: Int, reference: String, recipients: [Address],
        acceptedAt: Instant, othersUnreported: Int, anotherFailed: Bool
    ) {
        self.delivery = delivery
        self.message = message
        self.index = index
        self.total = total
        self.reference = reference
        self.recipients = recipients
        self.acceptedAt = acceptedAt
        self.othersUnreported = othersUnreported
        self.anotherFailed = anotherFailed
    }
}

public struct SubmissionOutcome: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case recorded(MessageID)
        /// The key was used before; this is the message of that time.
        case duplicate(MessageID)
        /// It became a piece of this message.
        case joined(MessageID)
    }

    public let kind: Kind
    /// By which programs know the message: small, the same for ever, and never another's, even when the message is forgotten.
    public let number: Int64

    public init(_ kind: Kind, number: Int64) {
        self.kind = kind
        self.number = number
    }

    public var message: MessageID {
        switch kind {
        case .recorded(let message), .duplicate(let message), .joined(let message): message
        }
    }
}

/// One destination and conversation; deliveries in it settle in order.
public struct DeliveryQueue: Hashable, Sendable {
    public let name: String

    public init(name: String) { self.name = name }

    /// A read report waits for the carrier's word on its own: no text to the same person may stand behind it.
    public init(of delivery: Delivery, in message: Message) {
        let queue = DeliveryQueue(destination: delivery.destination, message: message)
        switch delivery.content {
        case .message, .status: self = queue
        case .readReport: name = "read/\(queue.name)"
        }
    }

    /// `trunk/home/+15550100`, `softphone/alice/urn:uuid:…/home/+15550100`.
    public init(destination: Destination, message: Message) {
        let conversation = "\(message.line)/" + message.participants.map(\.text).joined(separator: ",")
        switch destination {
        case .trunk(let line, let recipients): name = "trunk/\(line)/" + recipients.map(\.text).joined(separator: ",")
        case .device(let endpoint, let person, let device): name = "\(endpoint)/\(person)/\(device?.name ?? "")/\(conversation)"
        case .endpoint(let endpoint): name = "\(endpoint)/\(conversation)"
        case .receiver(let endpoint, let receiver): name = "\(endpoint)/\(receiver)/\(conversation)"
        }
    }
}

/// Whose deliveries are claimed: each trunk and each endpoint has a worker of its own, so that a slow one delays no other.
public enum ClaimScope: Hashable, Sendable {
    case trunk(LineID)
    case endpoint(EndpointID)
}

/// A delivery taken for one attempt.
public struct Claim: Hashable, Sendable {
    public let delivery: Delivery
    public let attempt: Attempt
    public let queue: DeliveryQueue
    public let message: Message
    /// The row number of the message: small, stable over retries, the source of concatenation references.
    public let messageNumber: Int64
    /// Of a group's message the row number of its conversation, small and the same for ever; else 0.
    public let conversationNumber: Int64
    /// Segments that earlier attempts already brought to the carrier, by index.
    public let acceptedSegments: [Int: String]
    /// How many earlier attempts ended in doubt.
    public let earlierDoubts: Int
    /// Whether earlier attempts noted that they hand something over, and noted no answer to it.
    public let wasHandedOver: Bool

    public init(
        delivery: Delivery, attempt: Attempt, queue: DeliveryQueue, message: Message, messageNumber: Int64, conversationNumber: Int64 = 0, acceptedSegments: [Int: String],
        earlierDoubts: Int = 0, wasHandedOver: Bool = false
    ) {
        self.delivery = delivery
        self.attempt = attempt
        self.queue = queue
        self.message = message
        self.messageNumber = messageNumber
        self.conversationNumber = conversationNumber
        self.acceptedSegments = acceptedSegments
        self.earlierDoubts = earlierDoubts
        self.wasHandedOver = wasHandedOver
    }
}

/// What was taken, and when there is more to take.
public struct Claimed: Hashable, Sendable {
    public let claims: [Claim]
    /// The earliest time at which another pending delivery of the scope that heads its queue becomes due or expires.
    public let nextDue: Instant?

    public init(claims: [Claim], nextDue: Instant?) {
        self.claims = claims
        self.nextDue = nextDue
    }
}

/// How an attempt ended.
public struct Settlement: Hashable, Sendable {
    public enum Result: Hashable, Sendable {
        case accepted(reference: String?)
        case deferred(Failure, until: Instant)
        case failed(Failure)
        case inDoubt(Failure)
        /// In doubt, and to be made again at once by the line's policy.
        case repeated(Failure)
    }

    public let attempt: AttemptID
    public let delivery: DeliveryID
    public let result: Result
    public let at: Instant
    public let following: [Delivery]

    public init(attempt: AttemptID, delivery: DeliveryID, result: Result, at: Instant, following: [Delivery]) {
        self.attempt = attempt
        self.delivery = delivery
        self.result = result
        self.at = at
        self.following = following
    }
}

/// An attempt that a dead process left open, and what became of its delivery.
public struct Recovered: Hashable, Sendable {
    public let delivery: DeliveryID
    public let message: MessageID
    /// `pending` or `inDoubt`.
    public let state: DeliveryState

    public init(delivery: DeliveryID, message: MessageID, state: DeliveryState) {
        self.delivery = delivery
        self.message = message
        self.state = state
    }
}

public struct MessageRecord: Hashable, Sendable {
    public let message: Message
    public let state: MessageState
    /// Of the first failed or doubtful delivery.
    public let failure: Failure?

    public init(message: Message, state: MessageState, failure: Failure?) {
        self.message = message
        self.state = state
        self.failure = failure
    }
}

public struct DeliveryRecord: Hashable, Sendable {
    public let delivery: Delivery
    public let state: DeliveryState
    public let attempts: Int
    public let failure: Failure?
    public let reference: String?

    public init(delivery: Delivery, state: DeliveryState, attempts: Int, failure: Failure?, reference: String?) {
        self.delivery = delivery
        self.state = state
        self.attempts = attempts
        self.failure = failure
        self.reference = reference
    }
}

public struct ConversationSummary: Hashable, Sendable {
    public let line: LineID
    public let participants: [Address]
    public let messages: Int
    public let last: MessageRecord

    public init(line: LineID, participants: [Address], messages: Int, last: MessageRecord) {
        self.line = line
        self.participants = participants
        self.messages = messages
        self.last = last
    }
}
