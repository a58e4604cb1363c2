/// A request to send, from an app, the API or the command line.
public struct Submission: Hashable, Sendable {
    public let line: LineID
    public let sender: PersonID?
    public let recipients: [Address]
    public let parts: [Part]
    /// The same key is the same message, however often it comes. Scoped by its endpoint.
    public let idempotencyKey: String
    public let origin: Origin
    public let subject: String?
    /// Whether it may become one message with what the same writer sends to the same parties just before and after.
    public let gathering: Gathering?
    public let company: Company

    /// What several recipients are to each other.
    public enum Company: Hashable, Sendable {
        /// A group, where the line carries groups: each sees the others.
        case together
        /// Each gets a message of their own.
        case apart
    }

    public init(
        line: LineID, sender: PersonID?, recipients: [Address], parts: [Part], idempotencyKey: String, origin: Origin, subject: String? = nil,
        gathering: Gathering? = nil, company: Company = .together
    ) {
        self.line = line
        self.sender = sender
        self.recipients = recipients
        self.parts = parts
        self.idempotencyKey = idempotencyKey
        self.origin = origin
        self.subject = subject
        self.gathering = gathering
        self.company = company
    }
}

/// How long a message waits for its other pieces: apps send a caption and each picture by itself, and they are to leave as one.
public struct Gathering: Hashable, Sendable {
    /// After each piece.
    public let quiet: Duration
    /// In all, from the first piece on.
    public let longest: Duration

    public init(quiet: Duration, longest: Duration = .seconds(15)) {
        self.quiet = quiet
        self.longest = longest
    }

    /// Pieces of one message.
    public static let mostParts = 25

    /// Texts alone are messages of their own, however fast somebody writes.
    public static func joins(_ new: [Part], to gathered: [Part]) -> Bool {
        let parts = gathered + new
        return parts.count <= mostParts && parts.contains { $0.text == nil }
    }
}
