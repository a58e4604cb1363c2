/// What the guard remembers of one source.
struct SourceRecord: Sendable {
    var tokens: Double
    var refilledAt: ContinuousClock.Instant
    private var failures = 0
    private var firstFailure: ContinuousClock.Instant?
    private var blockedUntil: ContinuousClock.Instant?
    private var blocks = 0
    private var trustedUntil: ContinuousClock.Instant?

    init(tokens: Double, refilledAt: ContinuousClock.Instant) {
        self.tokens = tokens
        self.refilledAt = refilledAt
    }

    func isBlocked(at now: ContinuousClock.Instant) -> Bool { blockedUntil.map { now < $0 } ?? false }
    func isTrusted(at now: ContinuousClock.Instant) -> Bool { trustedUntil.map { now < $0 } ?? false }

    mutating func refill(to now: ContinuousClock.Instant, _ settings: SourceGuard.Settings) {
        let elapsed = now - refilledAt
        guard elapsed > .zero else { return }
        tokens = min(settings.burst, tokens + settings.rate * (elapsed / .seconds(1)))
        refilledAt = now
    }

    /// Failures in the running window, this one included.
    mutating func countFailure(at now: ContinuousClock.Instant, _ settings: SourceGuard.Settings) -> Int {
        if let firstFailure, now - firstFailure < settings.window {
            failures += 1
        } else {
            firstFailure = now
            failures = 1
        }
        return failures
    }

    mutating func block(at now: ContinuousClock.Instant, _ settings: SourceGuard.Settings) {
        if let blockedUntil, now - blockedUntil > .seconds(86_400) { blocks = 0 }
        let doublings = min(blocks, 16)
        blockedUntil = now + min(settings.longestBlock, settings.block * (1 << doublings))
        blocks += 1
        failures = 0
        firstFailure = nil
    }

    mutating func forgive(at now: ContinuousClock.Instant, _ settings: SourceGuard.Settings) {
        failures = 0
        firstFailure = nil
        trustedUntil = now + settings.trust
    }
}
