import Telephony

/// Conversations as each person has put them: pinned, archived, muted, and with what they are writing.
public protocol ConversationBook: Sendable {
    /// Conversations of these lines that lie on a shelf, the liveliest first, at most `limit`: those whose last message was recorded before
    /// that of the conversation `after`. Of all lines when `lines` is nil.
    func conversations(
        of reader: PersonID, lines: [LineID]?, on shelf: Shelf, after: Int64?, limit: Int
    ) async throws(LedgerError) -> [ShelvedConversation]
    func marks(of conversation: Int64, for reader: PersonID) async throws(LedgerError) -> ConversationMarks
    /// Conflict when there is no such conversation.
    func put(_ conversation: Int64, _ move: ShelfMove, for reader: PersonID) async throws(LedgerError)
    /// An empty text forgets it. Conflict when there is no such conversation.
    func save(draft: String, of conversation: Int64, for reader: PersonID) async throws(LedgerError)
    /// The message before which stand the first `limit` of those recorded at this time or later; nil where no more than that follow.
    func end(ofPageAt time: Instant, in conversation: Int64, limit: Int) async throws(LedgerError) -> MessageID?
    /// Messages of one conversation that have a picture, the youngest first: those older than `before` where it is given.
    func pictures(in conversation: Int64, before: MessageID?, limit: Int) async throws(LedgerError) -> [MessageRecord]
}

/// Where a person's conversations lie.
public enum Shelf: String, Sendable, CaseIterable {
    /// Neither pinned nor archived.
    case open
    case pinned
    /// Put away until something new comes.
    case archived
    /// Whatever is not archived and has something from others that was not read.
    case unread
}

/// What a person can do with a conversation.
public enum ShelfMove: String, Sendable, CaseIterable {
    /// A pinned conversation is not archived.
    case pin
    case unpin
    /// An archived conversation is not pinned. It comes back with its next message.
    case archive
    case unarchive
    /// Nobody is called because of it.
    case mute
    case unmute
}

/// What a person has made of a conversation.
public struct ConversationMarks: Hashable, Sendable {
    public var isPinned: Bool
    public var isArchived: Bool
    public var isMuted: Bool
    /// What they are writing; empty where nothing.
    public var draft: String

    public init(isPinned: Bool = false, isArchived: Bool = false, isMuted: Bool = false, draft: String = "") {
        self.isPinned = isPinned
        self.isArchived = isArchived
        self.isMuted = isMuted
        self.draft = draft
    }
}

/// A conversation with what one person has made of it.
public struct ShelvedConversation: Hashable, Sendable {
    public let entry: InboxEntry
    public let marks: ConversationMarks

    public init(entry: InboxEntry, marks: ConversationMarks) {
        self.entry = entry
        self.marks = marks
    }
}
