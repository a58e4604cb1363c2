/// Decides which sources are heard: slows the fast, slows and then blocks those that guess passwords or send rubbish.
///
/// A pure value: time comes in. Every source (IPv4 address, IPv6 /64) is judged by its own deeds only. A source that has registered
/// is trusted: it is never blocked for what cannot be proven to be its own (anybody can write its address on a UDP datagram), and for
/// failed logins much later than others.
public struct SourceGuard: Sendable {
    public struct Settings: Hashable, Sendable {
        /// Messages a second that a source may send for long.
        public var rate: Double
        /// Messages that a source may send at once.
        public var burst: Double
        /// How many times as much a source may send that has registered.
        public var trustedFactor: Double
        /// Tokens that a failed login costs, so that guessing slows itself.
        public var failureCost: Double
        /// Failures (logins, rubbish) within `window` that block a source.
        public var failureLimit: Int
        /// The same for a source that has registered.
        public var trustedFailureLimit: Int
        public var window: Duration
        /// First block; each further one within a day of the last lasts twice as long, up to `longestBlock`.
        public var block: Duration
        public var longestBlock: Duration
        /// How long a success keeps a source trusted.
        public var trust: Duration
        /// Octets that may be sent over UDP to a source that has proven nothing, beyond those that came from it: its address may be forged,
        /// and then it is somebody else who gets them.
        public var loan: Double
        /// Octets a second by which the loan grows again.
        public var loanRate: Double
        /// Octets that all sources together may have been lent: a flood in the names of many is answered by hardly more than it brings.
        public var fund: Double
        /// Octets a second by which the fund grows again.
        public var fundRate: Double
        /// Sources remembered.
        public var capacity: Int

        public init(
            rate: Double = 50, burst: Double = 200, trustedFactor: Double = 20, failureCost: Double = 10, failureLimit: Int = 10,
            trustedFailureLimit: Int = 100,
            window: Duration = .seconds(300), block: Duration = .seconds(600), longestBlock: Duration = .seconds(86_400),
            trust: Duration = .seconds(7 * 86_400), loan: Double = 4_096, loanRate: Double = 128, fund: Double = 1_048_576,
            fundRate: Double = 16_384, capacity: Int = 10_000
        ) {
            self.rate = rate
            self.burst = burst
            self.trustedFactor = trustedFactor
            self.failureCost = failureCost
            self.failureLimit = failureLimit
            self.trustedFailureLimit = trustedFailureLimit
            self.window = window
            self.block = block
            self.longestBlock = longestBlock
            self.trust = trust
            self.loan = loan
            self.loanRate = loanRate
            self.fund = fund
            self.fundRate = fundRate
            self.capacity = capacity
        }
    }

    public enum Verdict: Hashable, Sendable {
        case admit
        /// Over its rate: say nothing.
        case tooFast
        /// Blocked: say nothing.
        case blocked
    }

    /// What a source did wrong.
    public enum Offence: Hashable, Sendable {
        /// A wrong answer to a challenge of ours, which proves that the source hears us.
        case failedLogin
        /// Octets that are no SIP, over a connection: a datagram's may be sent in anybody's name.
        case garbage
    }

    private let settings: Settings
    private var sources: RecentTable<IPAddress, SourceRecord>
    private var fund: Fund
    /// Blocks imposed since the start.
    public private(set) var blocksImposed = 0

    public init(_ settings: Settings = Settings()) {
        self.settings = settings
        sources = RecentTable(capacity: settings.capacity)
        fund = Fund(octets: settings.fund)
    }

    /// How many sources are remembered.
    public var count: Int { sources.count }

    /// Whether to hear one more message of this source, of so many octets.
    public mutating func admit(_ address: IPAddress, octets: Int, at now: ContinuousClock.Instant) -> Verdict {
        var record = record(of: address, at: now)
        defer { sources[address.source] = record }
        if record.isBlocked(at: now) { return .blocked }
        record.refill(to: now, settings)
        fund.takeBack(record.earn(octets, settings), settings)
        let cost = record.isTrusted(at: now) ? 1 / settings.trustedFactor : 1
        guard record.tokens >= cost else { return .tooFast }
        record.tokens -= cost
        return .admit
    }

    /// Whether the source has logged in lately.
    public mutating func isTrusted(_ address: IPAddress, at now: ContinuousClock.Instant) -> Bool {
        sources[address.source]?.isTrusted(at: now) ?? false
    }

    /// Whether so many octets may go out over UDP to this source, and if so takes them from what it may still be sent.
    public mutating func lend(_ octets: Int, to address: IPAddress, at now: ContinuousClock.Instant) -> Bool {
        var record = record(of: address, at: now)
        defer { sources[address.source] = record }
        if record.isTrusted(at: now) { return true }
        record.refill(to: now, settings)
        fund.refill(to: now, settings)
        return record.spend(octets, lentFrom: &fund, settings)
    }

    /// Counts an offence, of an unproven source as `severity` of them; true if it blocked the source.
    @discardableResult
    public mutating func record(_ offence: Offence, by address: IPAddress, severity: Int = 1, at now: ContinuousClock.Instant) -> Bool {
        var record = record(of: address, at: now)
        defer { sources[address.source] = record }
        let isTrusted = record.isTrusted(at: now)
        if isTrusted, offence == .garbage { return false }
        record.refill(to: now, settings)
        record.tokens = max(0, record.tokens - settings.failureCost)
        let limit = isTrusted ? settings.trustedFailureLimit : settings.failureLimit
        guard record.countFailure(isTrusted ? 1 : severity, at: now, settings) >= limit, !record.isBlocked(at: now) else { return false }
        record.block(at: now, settings)
        blocksImposed += 1
        return true
    }

    /// A login succeeded: earlier failures are forgiven and the source is trusted.
    public mutating func recordSuccess(by address: IPAddress, at now: ContinuousClock.Instant) {
        var record = record(of: address, at: now)
        record.forgive(at: now, settings)
        sources[address.source] = record
    }

    /// Whether the address is of a source that is blocked now.
    public mutating func isBlocked(_ address: IPAddress, at now: ContinuousClock.Instant) -> Bool {
        sources[address.source]?.isBlocked(at: now) ?? false
    }

    /// The sources blocked now, for people.
    public func blocked(at now: ContinuousClock.Instant) -> [IPAddress] {
        sources.filter { $0.isBlocked(at: now) }
    }

    /// Lifts a block by hand.
    public mutating func release(_ address: IPAddress) {
        sources[address.source] = nil
    }

    private mutating func record(of address: IPAddress, at now: ContinuousClock.Instant) -> SourceRecord {
        if let record = sources[address.source] { return record }
        sources.makeRoom(keeping: { $0.isBlocked(at: now) || $0.isTrusted(at: now) })
        return SourceRecord(settings, at: now)
    }
}
