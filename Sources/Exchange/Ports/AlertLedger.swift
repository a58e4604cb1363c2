import Telephony

/// What owners were alerted to, so that a restart does not tell it again.
public protocol AlertLedger: Sendable {
    /// By topic.
    func alerts() async throws(LedgerError) -> [Alert]
    /// One of the same topic is replaced.
    func save(_ alert: Alert) async throws(LedgerError)
    func removeAlert(_ topic: String) async throws(LedgerError)
}

/// Something that owners were told.
public struct Alert: Hashable, Sendable {
    /// `line/home`, `disk`.
    public let topic: String
    public let sentence: String
    public let toldAt: Instant
    /// When it was over; nil while it lasts.
    public var clearedAt: Instant?

    public init(topic: String, sentence: String, toldAt: Instant, clearedAt: Instant? = nil) {
        self.topic = topic
        self.sentence = sentence
        self.toldAt = toldAt
        self.clearedAt = clearedAt
    }
}

/// All that the owner's care for the house is kept in.
public protocol CareLedger: TroubleLedger, SignalLedger, AlertLedger {}
