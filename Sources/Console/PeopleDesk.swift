import Exchange
import Telephony

/// What the pages need for what persons keep besides their messages.
public struct PeopleDesk: Sendable {
    let contacts: any ContactBook
    let blocks: any BlockList
    /// Nil where messages are neither taken over nor exported.
    let history: (any HistoryLedger)?
    let random: @Sendable () -> UInt64

    /// - Parameter random: for names of messages that are taken over.
    public init(contacts: any ContactBook, blocks: any BlockList, history: (any HistoryLedger)? = nil, random: @escaping @Sendable () -> UInt64) {
        self.contacts = contacts
        self.blocks = blocks
        self.history = history
        self.random = random
    }
}

/// Backups, as the pages show and make them; given by the daemon.
public protocol Backups: Sendable {
    func status() async -> BackupStatus
    /// Begins to make one, where none is being made.
    func begin() async
    /// The octets of a backup by its name; nil where there is none of it.
    func open(_ name: String) async -> BackupDownload?
}

/// What there is to know of backups.
public struct BackupStatus: Hashable, Sendable {
    public struct Made: Hashable, Sendable {
        /// Its name in the folder; nil where it lies elsewhere.
        public let name: String?
        public let at: Instant
        /// Octets.
        public let size: Int
        public let messages: Int
        public let files: Int
        /// When it was opened again and looked at.
        public let provenAt: Instant
        /// What was found wrong, a sentence each.
        public let faults: [String]
        /// What is left out of it, a sentence each.
        public let omissions: [String]

        public init(name: String?, at: Instant, size: Int, messages: Int, files: Int, provenAt: Instant, faults: [String], omissions: [String] = []) {
            self.name = name
            self.at = at
            self.size = size
            self.messages = messages
            self.files = files
            self.provenAt = provenAt
            self.faults = faults
            self.omissions = omissions
        }
    }

    public var last: Made?
    /// Why the latest attempt failed, where it came after `last`.
    public var failure: (at: Instant, sentence: String)? { failedAt.map { ($0, failureSentence) } }
    private let failedAt: Instant?
    private let failureSentence: String
    /// Of the one that is being made.
    public let percent: Int?
    public let folder: String
    public let nextAt: Instant
    /// How many are kept.
    public let kept: Int

    public init(last: Made?, failure: (at: Instant, sentence: String)?, percent: Int?, folder: String, nextAt: Instant, kept: Int) {
        self.last = last
        failedAt = failure?.at
        failureSentence = failure?.sentence ?? ""
        self.percent = percent
        self.folder = folder
        self.nextAt = nextAt
        self.kept = kept
    }
}

/// A backup on its way to a browser.
public struct BackupDownload: Sendable {
    /// Octets.
    public let size: Int
    /// The next octets; none at the end.
    public let next: @Sendable () async throws -> [UInt8]?

    public init(size: Int, next: @escaping @Sendable () async throws -> [UInt8]?) {
        self.size = size
        self.next = next
    }
}
