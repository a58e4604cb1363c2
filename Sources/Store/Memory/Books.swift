import Exchange
import Telephony

/// All that a memory ledger knows. Rows stay where they were put, so an index is a row number less one.
struct Books: Sendable {
    var receipts: [ReceiptRow] = []
    var receiptNumbers: [ReceiptID: Int] = [:]
    var messages: [Message] = []
    var messageNumbers: [MessageID: Int] = [:]
    /// Messages that readers are no longer shown.
    var hidden: [String: Set<MessageID>] = [:]
    var submissions: [SubmissionKey: MessageID] = [:]
    /// Messages that pieces may still join, with the time at which they close.
    var gatherings: [MessageID: Instant] = [:]
    var retrievals: [RetrievalRow] = []
    /// Conversations in the order of their first messages; a number is an index and one.
    var conversationNumbers: [ConversationKey: Int] = [:]
    var deliveries: [DeliveryRow] = []
    var deliveryNumbers: [DeliveryID: Int] = [:]
    /// Every attempt ever opened, with the number of its delivery.
    var attempts: [AttemptID: Int] = [:]
    var entries: [EntryRow] = []
    /// The number that was given last, also where that entry is forgotten.
    var lastEntry: Int64 = 0
    var lines: [LineID: Line] = [:]
    var persons: [PersonID: Person] = [:]
    /// Oldest first.
    var devices: [DeviceRow] = []
    var tokens: [String: Token] = [:]
    var appPasswords: [AppPassword.ID: AppPassword] = [:]
    var provisioningLinks: [String: ProvisioningLink] = [:]
    var directoryVersion: Int64 = 0
    var accounts: [PersonID: Account] = [:]
    var signIns: [String: SignIn] = [:]
    var invitations: [String: Invitation] = [:]
    var keys = KeyBooks()
    /// The index of the youngest message that a person has read of a conversation.
    var readMarks: [ReadMark: Int] = [:]
    var contacts: [ContactKey: Contact] = [:]
    var blocks: Set<Block> = []
    /// Failures that were dropped.
    var dropped: Set<DeliveryID> = []
    /// By line, oldest first.
    var signals: [LineID: [SignalSample]] = [:]
    var alerts: [String: Alert] = [:]
    var shelves: [ReadMark: ShelfRow] = [:]
    var held: [HeldMessageID: HeldRow] = [:]
    var personalSettings: [PersonID: PersonalSettings] = [:]
    var pushSubscriptions: [String: PushSubscription] = [:]
    var clockSteps = ClockSteps()

    mutating func enter(
        _ kind: TimelineEntry.Kind, at: Instant, message: MessageID? = nil, delivery: DeliveryID? = nil, receipt: ReceiptID? = nil,
        _ detail: String
    ) {
        lastEntry += 1
        let entry = TimelineEntry(sequence: lastEntry, at: at, kind: kind, message: message, delivery: delivery, detail: detail)
        entries.append(EntryRow(entry: entry, receipt: receipt))
    }
}

struct ReceiptRow: Sendable {
    enum State: Sendable { case unread, consumed, undecodable, forgotten }

    var receipt: Receipt
    var state = State.unread
    var isReleased = false
}

struct SubmissionKey: Hashable, Sendable {
    let endpoint: EndpointID?
    let key: String
}

struct SegmentRow: Sendable {
    let total: Int
    let attempt: AttemptID
    var handedOverAt: Instant
    var acceptedAt: Instant?
    var reference: String?
    var fate: SegmentFate?
}

struct DeliveryRow: Sendable {
    var delivery: Delivery
    var queue: DeliveryQueue
    var state = DeliveryState.pending
    var attempts = 0
    var lastAttempt: AttemptID?
    var lease: Instant?
    /// When the latest attempt began.
    var openedAt: Instant?
    /// How many attempts ended in doubt.
    var doubts = 0
    /// How often something was handed over, less the answers.
    var unanswered = 0
    var failure: Failure?
    var reference: String?
    var segments: [Int: SegmentRow] = [:]

    var record: DeliveryRecord {
        DeliveryRecord(delivery: delivery, state: state, attempts: attempts, failure: failure, reference: reference)
    }

    var acceptedSegments: [Int: String] { segments.compactMapValues(\.reference) }
    var hasUnansweredSegment: Bool { segments.values.contains { $0.reference == nil } }

    var tally: SegmentTally {
        var tally = SegmentTally(total: segments.values.map(\.total).max() ?? 0)
        for (_, segment) in segments.sorted(by: { $0.key < $1.key }) {
            tally.accepted += segment.reference == nil ? 0 : 1
            tally.unanswered += segment.reference == nil ? 1 : 0
            switch segment.fate {
            case .delivered: tally.delivered += 1
            case .failed(let code): tally.failure = tally.failure ?? code
            case nil: break
            }
        }
        return tally
    }

    /// Whether an earlier attempt's fate is unknown, also where a trunk put it off that is asked again for what it was given.
    var mayHaveLeft: Bool { doubts > 0 || unanswered > 0 }

    mutating func forgetUnansweredSegments() { segments = segments.filter { $0.value.reference != nil } }
}

struct EntryRow: Sendable {
    var entry: TimelineEntry
    let receipt: ReceiptID?
}

struct DeviceRow: Sendable {
    let person: PersonID
    let device: DeviceID
    var binding: Binding?
    /// As it last registered, also when it has taken that back.
    var last: Binding?
}

struct ConversationKey: Hashable, Sendable {
    let line: LineID
    let participants: [Address]
}

struct RetrievalRow: Sendable {
    var retrieval: Retrieval
    let notice: ReceiptID
    var state = RetrievalState.waiting
    var due: Instant
    var attempts = 0
    var failure: Failure?

    var record: RetrievalRecord {
        RetrievalRecord(retrieval: retrieval, state: state, attempts: attempts, due: due, failure: failure)
    }
}
