/// What the guard remembers of one source.
struct SourceRecord: Sendable {
    var tokens: Double
    private var refilledAt: ContinuousClock.Instant
    /// Octets that may be sent to it unproven, for as many came from it; below zero it was lent them.
    private var credit = 0.0
    private var failures = 0
    private var firstFailure: ContinuousClock.Instant?
    private var blockedUntil: ContinuousClock.Instant?
    private var blocks = 0
    private var trustedUntil: ContinuousClock.Instant?

    init(_ settings: SourceGuard.Settings, at now: ContinuousClock.Instant) {
        tokens = settings.burst
        refilledAt = now
    }

    func isBlocked(at now: ContinuousClock.Instant) -> Bool { blockedUntil.map { now < $0 } ?? false }
    func isTrusted(at now: ContinuousClock.Instant) -> Bool { trustedUntil.map { now < $0 } ?? false }

    mutating func refill(to now: ContinuousClock.Instant, _ settings: SourceGuard.Settings) {
        let elapsed = now - refilledAt
        guard elapsed > .zero else { return }
        tokens = min(settings.burst, tokens + settings.rate * (elapsed / .seconds(1)))
        if credit < 0 { credit = min(0, credit + settings.loanRate * (elapsed / .seconds(1))) }
        refilledAt = now
    }

    /// What came may be answered by as much, soon: savings are small. Returns how much of what it was lent is paid back so.
    mutating func earn(_ octets: Int, _ settings: SourceGuard.Settings) -> Double {
        let before = credit
        credit = min(credit + Double(octets), 3 * settings.loan)
        return max(0, min(0, credit) - before)
    }

    mutating func spend(_ octets: Int, lentFrom fund: inout Fund, _ settings: SourceGuard.Settings) -> Bool {
        let left = credit - Double(octets)
        guard left >= -settings.loan, fund.lend(max(0, min(0, credit) - left)) else { return false }
        credit = left
        return true
    }

    /// Failures in the running window, these included.
    mutating func countFailure(_ count: Int, at now: ContinuousClock.Instant, _ settings: SourceGuard.Settings) -> Int {
        if let firstFailure, now - firstFailure < settings.window {
            failures += count
        } else {
            firstFailure = now
            failures = count
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
