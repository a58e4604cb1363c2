import Exchange
import HTTPStack
import Telephony

/// What the console's operations work with; given by whoever assembles.
public struct Desk: Sendable {
    let ledger: any Ledger
    let submissions: Submissions
    let decisions: Decisions
    let lines: [LineID]
    let mint: Mint
    let parts: @Sendable () async -> [PartHealth]
    let metrics: @Sendable () async -> [Metric]
    let ussd: @Sendable (LineID) -> (any USSDTrunk)?
    let count: @Sendable (String) -> SegmentCount
    let wakeIntake: @Sendable () -> Void
    let workers: WakeGroup
    let feed: EventFeed
    let scrapers: Set<IPAddress>
    let sendRate: SendRate?
    let media: any MediaStore

    /// - Parameters:
    ///   - parts: the true state of every trunk and endpoint, asked anew for each call.
    ///   - ussd: the line's way to send USSD requests; nil when it has none.
    ///   - count: how a text would be sent as short messages.
    ///   - wakeIntake: rung when receipts were made unread again.
    ///   - workers: rung when a delivery was made due.
    ///   - scrapers: addresses that may read the metrics without a token.
    ///   - sendRate: how much each token may send; nil for no limit.
    ///   - media: where the large octets of parts lie.
    public init(
        ledger: any Ledger, submissions: Submissions, decisions: Decisions, lines: [LineID], mint: Mint, feed: EventFeed,
        parts: @escaping @Sendable () async -> [PartHealth], metrics: @escaping @Sendable () async -> [Metric],
        ussd: @escaping @Sendable (LineID) -> (any USSDTrunk)?, count: @escaping @Sendable (String) -> SegmentCount,
        wakeIntake: @escaping @Sendable () -> Void, workers: WakeGroup, scrapers: Set<IPAddress> = [], sendRate: SendRate? = nil,
        media: any MediaStore
    ) {
        self.ledger = ledger
        self.submissions = submissions
        self.decisions = decisions
        self.lines = lines
        self.mint = mint
        self.feed = feed
        self.parts = parts
        self.metrics = metrics
        self.ussd = ussd
        self.count = count
        self.wakeIntake = wakeIntake
        self.workers = workers
        self.scrapers = scrapers
        self.sendRate = sendRate
        self.media = media
    }

    /// A line by the name a caller gave.
    func line(_ name: String, field: String) throws(Problem) -> LineID {
        let line = LineID(name)
        guard line == .house || lines.contains(line) else { throw .unprocessable("There is no line of this name", field: field) }
        return line
    }

    func message(_ text: String) async throws -> MessageRecord {
        guard let id = MessageID(text), let record = try await ledger.message(id) else {
            throw Problem.notFound("There is no such message")
        }
        return record
    }
}

/// The ledger's, a trunk's or an endpoint's state; the latter two under their configured names.
public struct PartHealth: Hashable, Sendable {
    public enum Kind: String, Sendable { case ledger, trunk, endpoint }

    public let kind: Kind
    /// The line's or the endpoint's name.
    public let name: String
    public let health: Health

    public init(_ kind: Kind, name: String, health: Health) {
        self.kind = kind
        self.name = name
        self.health = health
    }
}

/// What a text costs as short messages.
public struct SegmentCount: Hashable, Sendable {
    /// `gsm7` or `ucs2`.
    public let encoding: String
    public let segments: Int
    /// Septets or 16-bit units that the last segment still has room for.
    public let unitsLeft: Int

    public init(encoding: String, segments: Int, unitsLeft: Int) {
        self.encoding = encoding
        self.segments = segments
        self.unitsLeft = unitsLeft
    }
}
