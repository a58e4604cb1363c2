import Telephony

/// How much is written down of strangers that are refused: a burst, then one a minute. Whoever guesses from everywhere at once pushes nothing else
/// out of the audit log and the log by it, and wears no disk. All are counted for the alerts (`RefusedSignIns`).
struct RefusalBudget {
    /// At what they tried. Each has a budget of its own, so that nobody hides tries at an account among many at names of nobody.
    enum Target { case account, nobody }

    static let burst = 100
    private static let pace: Duration = .seconds(60)

    private var left = Double(RefusalBudget.burst)
    private var filledAt: Instant?
    private var omitted = 0

    /// How many were left out since the last one that was written down; nil when this one is to be left out too.
    mutating func admit(at now: Instant) -> Int? {
        // A clock that went back brings nothing.
        let passed = filledAt.map { max(.zero, now - $0) } ?? .zero
        left = min(Double(Self.burst), left + passed / Self.pace)
        filledAt = now
        guard left >= 1 else {
            omitted += 1
            return nil
        }
        left -= 1
        defer { omitted = 0 }
        return omitted
    }
}
