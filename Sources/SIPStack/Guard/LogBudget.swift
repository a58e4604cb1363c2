/// How many lines of the log strangers may cause: a burst, then a few a second. The next line says how many were left out.
struct LogBudget {
    private static let burst = 20.0
    /// Lines a second.
    private static let rate = 1.0

    private var tokens = LogBudget.burst
    private var refilledAt: ContinuousClock.Instant
    private var omitted = 0

    init(at now: ContinuousClock.Instant) {
        refilledAt = now
    }

    /// How many lines were left out since the last one; nil when this one is to be left out too.
    mutating func admit(at now: ContinuousClock.Instant) -> Int? {
        tokens = min(Self.burst, tokens + Self.rate * ((now - refilledAt) / .seconds(1)))
        refilledAt = now
        guard tokens >= 1 else {
            omitted += 1
            return nil
        }
        tokens -= 1
        defer { omitted = 0 }
        return omitted
    }
}
