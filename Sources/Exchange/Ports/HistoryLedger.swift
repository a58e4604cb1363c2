import Telephony

/// Messages of another phone's past, and messages on their way to another program.
public protocol HistoryLedger: Sendable {
    /// Adds messages that came and went elsewhere: they are never sent nor brought to anybody, count as read, and stand in time before all that
    /// happened here. One that is there already (same parties, direction, millisecond and content) is not added again. Returns how many were.
    func addHistory(_ messages: [Message], at: Instant) async throws(LedgerError) -> Int
    /// Messages selected, in the order of their numbers: those after the number `after`, at most `limit`.
    func history(_ selection: HistorySelection, after: Int64?, limit: Int) async throws(LedgerError) -> [NumberedMessage]
    func count(_ selection: HistorySelection) async throws(LedgerError) -> Int
}

/// Which messages are exported.
public struct HistorySelection: Hashable, Sendable {
    public var lines: [LineID]
    /// The one other party, or one of several.
    public var party: Address?
    /// When they were recorded.
    public var recorded: Range<Instant>
    public var directions: Set<Direction>

    public init(
        lines: [LineID], party: Address? = nil, recorded: Range<Instant> = Instant(milliseconds: .min)..<Instant(milliseconds: .max),
        directions: Set<Direction> = Set(Direction.allCases)
    ) {
        self.directions = directions
        self.lines = lines
        self.party = party
        self.recorded = recorded
    }
}
