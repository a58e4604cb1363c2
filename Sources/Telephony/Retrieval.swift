/// A picture message that the carrier holds for us, as its notice says (M-Notification.ind, OMA-TS-MMS_ENC §6.2).
public struct Announcement: Hashable, Sendable {
    /// The carrier's name for the transaction; some use one name for all.
    public let transaction: String
    /// Where it lies, octet for octet as announced.
    public let location: String
    /// Nil where it is withheld or left out.
    public let sender: Address?
    public let subject: String?
    /// Octets, by the carrier's word.
    public let size: Int
    /// When the carrier forgets it.
    public let expires: Instant

    public init(transaction: String, location: String, sender: Address?, subject: String?, size: Int, expires: Instant) {
        self.transaction = transaction
        self.location = location
        self.sender = sender
        self.subject = subject
        self.size = size
        self.expires = expires
    }
}

/// The obligation to fetch an announced message.
public struct Retrieval: Hashable, Sendable {
    public let id: RetrievalID
    public let line: LineID
    public let announcement: Announcement
    public let announcedAt: Instant

    public init(id: RetrievalID, line: LineID, announcement: Announcement, announcedAt: Instant) {
        self.id = id
        self.line = line
        self.announcement = announcement
        self.announcedAt = announcedAt
    }
}

public typealias RetrievalID = Identifier<Retrieval>

/// How far a retrieval is.
public enum RetrievalState: String, Sendable, CaseIterable {
    /// To be fetched when due.
    case waiting
    /// Durable here; the carrier is still to be told.
    case held
    case done
    case failed

    public var isOpen: Bool { self == .waiting || self == .held }
}
