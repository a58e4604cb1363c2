/// The word that a line can send again, as long as the ledger is owed it: without it what waits for the line waits until it expires.
public struct ReturnOwed: Sendable {
    private var times: Int

    /// What a former process put off waits for the first word.
    public init() { times = Self.enough }

    /// Twice: what was put off the moment before may be noted only after the first word.
    private static let enough = 2

    public var isOwed: Bool { times > 0 }

    /// The line was away, or something was put off until it is back.
    public mutating func owe() { times = Self.enough }

    /// The ledger has taken the word.
    public mutating func told() { times = max(0, times - 1) }
}
