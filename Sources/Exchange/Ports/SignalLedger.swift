import Telephony

/// How lines fared: their signal over days, and how much went over them.
public protocol SignalLedger: Sendable {
    /// Keeps a sample, and forgets those of its line that were taken before `oldest`. One of the same millisecond is taken over.
    func save(_ sample: SignalSample, forgettingBefore oldest: Instant) async throws(LedgerError)
    /// Oldest first.
    func signal(of line: LineID, since: Instant) async throws(LedgerError) -> [SignalSample]
    /// Texts of others over the line since a time, and the latest among its last few thousand. What Homeline itself told is none.
    func traffic(of line: LineID, since: Instant) async throws(LedgerError) -> LineTraffic
}

/// A signal's strength at one time.
public struct SignalSample: Hashable, Sendable {
    public let line: LineID
    public let at: Instant
    /// dBm.
    public let strength: Int

    public init(line: LineID, at: Instant, strength: Int) {
        self.line = line
        self.at = at
        self.strength = strength
    }

    /// What a trunk's health says, `-71 dBm`; nil where it says none.
    public static func strength(in health: Health) -> Int? {
        guard let text = health.facts["signal"], let number = Int(text.prefix { $0 == "-" || $0.isNumber }), (-150 ... -20).contains(number) else { return nil }
        return number
    }
}

public struct LineTraffic: Hashable, Sendable {
    public var incoming = 0
    public var outgoing = 0
    public var lastIn: Instant?
    public var lastOut: Instant?

    public init(incoming: Int = 0, outgoing: Int = 0, lastIn: Instant? = nil, lastOut: Instant? = nil) {
        self.incoming = incoming
        self.outgoing = outgoing
        self.lastIn = lastIn
        self.lastOut = lastOut
    }
}
