import Telephony

/// Which messages somebody wants to read, by what is known of them.
public struct MessageSelection: Hashable, Sendable {
    /// What messages are made of.
    public enum Content: Hashable, Sendable {
        case any
        /// Texts alone.
        case texts
        /// Those with something beside text.
        case files
    }

    public var lines: [LineID]
    /// For whom: what was hidden from them is left out.
    public var reader: String
    /// This one alone, where it fits the rest.
    public var number: Int64?
    /// When they were recorded.
    public var recorded: Range<Instant>?
    public var direction: Direction?
    /// The one other party, or who wrote it.
    public var party: Address?
    public var content: Content
    /// At most so many, the newest.
    public var limit: Int

    public init(
        lines: [LineID], reader: String, number: Int64? = nil, recorded: Range<Instant>? = nil, direction: Direction? = nil,
        party: Address? = nil, content: Content = .any, limit: Int
    ) {
        self.lines = lines
        self.reader = reader
        self.number = number
        self.recorded = recorded
        self.direction = direction
        self.party = party
        self.content = content
        self.limit = limit
    }
}

/// A message with its number in the ledger: small, and never another's.
public struct NumberedMessage: Hashable, Sendable {
    public let number: Int64
    public let record: MessageRecord

    public init(number: Int64, record: MessageRecord) {
        self.number = number
        self.record = record
    }

    public var message: Message { record.message }
}
