import Telephony

/// Conversations as a person reads them.
public protocol InboxLedger: Sendable {
    /// Conversations of these lines, the liveliest first, at most `limit`: those whose last message was recorded before that of the conversation
    /// `after`. Of all lines when `lines` is nil.
    func inbox(of reader: PersonID, lines: [LineID]?, after: Int64?, limit: Int) async throws(LedgerError) -> [InboxEntry]
    /// The number of the conversation that a message is in.
    func conversationNumber(of message: MessageID) async throws(LedgerError) -> Int64?
    /// Messages of one conversation, the youngest first: those older than `before` where it is given, and younger than `after`. Conflict where
    /// one of the two is no message of the conversation.
    func thread(
        _ conversation: Int64, before: MessageID?, after: MessageID?, limit: Int
    ) async throws(LedgerError) -> [MessageRecord]
    /// The person has read the conversation up to this message, in whatever app; never less than before.
    func markRead(_ message: MessageID, by reader: PersonID) async throws(LedgerError)
    /// Messages in which every word of `text` is the beginning of one, in what was written, its subject, the names of its files or the other
    /// parties; the youngest first, those older than `before` where it is given. Case and accents make no difference.
    func search(_ text: String, lines: [LineID]?, before: MessageID?, limit: Int) async throws(LedgerError) -> [MessageRecord]
    /// Makes messages that are new since the last time ready to be searched, at most `limit`. Returns how many they were. A search does so too.
    func indexWords(limit: Int) async throws(LedgerError) -> Int
}

/// A conversation with what one person has not read of it.
public struct InboxEntry: Hashable, Sendable {
    /// Small, and the same for ever.
    public let number: Int64
    public let summary: ConversationSummary
    /// Messages from others, counted up to `InboxEntry.countLimit`.
    public let unread: Int

    public static let countLimit = 100

    public init(number: Int64, summary: ConversationSummary, unread: Int) {
        self.number = number
        self.summary = summary
        self.unread = unread
    }
}
