import Telephony

/// Where the large octets of parts lie, each once, named by what they are.
///
/// What `keep` returned is durable. A file that no row of the ledger names is swept away after a day, so a part is kept before its row is
/// committed and never after.
public protocol MediaStore: Sendable {
    /// Keeps octets that are in memory.
    func keep(_ octets: [UInt8]) async throws(MediaError) -> Media
    /// A place for octets that come in pieces, at most `limit` of them. Nothing is kept before its `keep`.
    func receive(limit: Int) async throws(MediaError) -> any MediaIntake
    /// Octets from `offset`, at most `count`; fewer only at the end.
    func read(_ media: Media, from offset: Int, count: Int) async throws(MediaError) -> [UInt8]
    /// The file, for programs that convert it; nil where there is none.
    func path(of media: Media) -> String?
    /// Deletes what is older than a day and not among those that `referenced` finds named.
    func sweep(now: Instant, referenced: @Sendable ([String]) async throws(LedgerError) -> Set<String>) async throws(MediaError) -> Swept
    /// Octets kept, and how many may be.
    func room() async -> MediaRoom
    func health() async -> Health
}

/// Octets on their way into the store.
public protocol MediaIntake: Sendable {
    /// Throws `tooLarge` when it becomes more than was agreed.
    func write(_ octets: [UInt8]) async throws(MediaError)
    func keep() async throws(MediaError) -> Media
    /// Leaves nothing behind. Also when it is let go of without `keep`.
    func discard() async
}

/// Octets.
public struct MediaRoom: Hashable, Sendable {
    public let used: Int
    public let limit: Int

    public init(used: Int, limit: Int) {
        self.used = used
        self.limit = limit
    }
}

/// What a sweep deleted.
public struct Swept: Hashable, Sendable {
    public let files: Int
    public let octets: Int

    public init(files: Int, octets: Int) {
        self.files = files
        self.octets = octets
    }
}

/// Why media could not be kept or read.
public enum MediaError: Error, Hashable, Sendable {
    /// No room on the disk, or the quota is used up; callers shed load.
    case full(String)
    /// More octets than agreed; the limit.
    case tooLarge(Int)
    /// No such file: swept, or never kept.
    case missing
    /// The octets are not those that the name says; put aside.
    case damaged
    case failed(String)
}

extension MediaError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .full(let detail): "There is no room for files: \(detail)"
        case .tooLarge(let limit): "The file is larger than \(limit) octets"
        case .missing: "The file is no longer there"
        case .damaged: "The file is damaged"
        case .failed(let detail): "The file could not be read or written: \(detail)"
        }
    }
}
