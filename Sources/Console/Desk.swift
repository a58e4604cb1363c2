import Exchange
import HTTPStack
import Telephony
import WireGuard

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
    /// Who did what is written down here.
    public let audit: AuditTrail
    let strangersHealth: HTTPStack.Operation?
    let care: Care
    let renewCertificate: @Sendable () async -> Bool
    let tunnel: TunnelStore
    let personal: PersonalDesk
    let installation: (any Installation)?
    let surroundings: (any Surroundings)?
    let devices: any DeviceBook
    let phones: PhoneService?
    let publicURL: WebURL?
    let people: PeopleDesk?
    let backups: (any Backups)?
    let restoration: (any Restoration)?
    let program: Program

    /// - Parameters:
    ///   - parts: the true state of every trunk and endpoint, asked anew for each call.
    ///   - ussd: the line's way to send USSD requests; nil when it has none.
    ///   - count: how a text would be sent as short messages.
    ///   - wakeIntake: rung when receipts were made unread again.
    ///   - workers: rung when a delivery was made due.
    ///   - scrapers: addresses that may read the metrics without a token.
    ///   - sendRate: how much each token may send; nil for no limit.
    ///   - media: where the large octets of parts lie.
    ///   - audit: where it is written down who did what.
    ///   - renewCertificate: has the house's certificate made anew; false where nobody is there to make one.
    ///   - tunnel: where the tunnel for phones is kept.
    ///   - strangersHealth: a kind's own `GET /health`, which answers those who may not read ours.
    ///   - surroundings: finds what could hold a line; nil where nothing is to be looked for.
    ///   - care: what the owner looks after.
    ///   - personal: what the pages of messages work with.
    ///   - installation: the daemon's configuration and life; nil where they are not to be changed from here.
    ///   - phones: how SIP apps reach us; nil where there is no softphone endpoint.
    ///   - publicURL: under which browsers and apps reach us from wherever they are; nil where nobody said.
    ///   - people: contacts, blocked senders and history; nil where there are none.
    ///   - backups: nil where none are made by themselves.
    ///   - restoration: takes a backup on the first visit; nil where none is to be taken.
    ///   - program: what runs here, and for how long.
    public init(
        ledger: any Ledger, submissions: Submissions, decisions: Decisions, lines: [LineID], mint: Mint, feed: EventFeed,
        parts: @escaping @Sendable () async -> [PartHealth], metrics: @escaping @Sendable () async -> [Metric],
        ussd: @escaping @Sendable (LineID) -> (any USSDTrunk)?, count: @escaping @Sendable (String) -> SegmentCount,
        wakeIntake: @escaping @Sendable () -> Void, workers: WakeGroup, scrapers: Set<IPAddress> = [], sendRate: SendRate? = nil,
        media: any MediaStore, audit: AuditTrail, strangersHealth: HTTPStack.Operation? = nil, personal: PersonalDesk, installation: (any Installation)? = nil,
        surroundings: (any Surroundings)? = nil,
        devices: any DeviceBook, care: Care, phones: PhoneService? = nil, publicURL: WebURL? = nil,
        renewCertificate: @escaping @Sendable () async -> Bool = { false }, tunnel: TunnelStore,
        people: PeopleDesk? = nil, backups: (any Backups)? = nil, restoration: (any Restoration)? = nil, program: Program
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
        self.audit = audit
        self.strangersHealth = strangersHealth
        self.care = care
        self.renewCertificate = renewCertificate
        self.tunnel = tunnel
        self.personal = personal
        self.installation = installation
        self.surroundings = surroundings
        self.devices = devices
        self.phones = phones
        self.publicURL = publicURL
        self.people = people
        self.backups = backups
        self.restoration = restoration
        self.program = program
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

/// The ledger's, a trunk's, an endpoint's or a certificate's state; trunks and endpoints under their configured names.
public struct PartHealth: Hashable, Sendable {
    public enum Kind: String, Sendable { case ledger, trunk, endpoint, certificate }

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
    /// The first character that made it Unicode; nil where none did.
    public let because: Character?

    public init(encoding: String, segments: Int, unitsLeft: Int, because: Character? = nil) {
        self.encoding = encoding
        self.segments = segments
        self.unitsLeft = unitsLeft
        self.because = because
    }
}
