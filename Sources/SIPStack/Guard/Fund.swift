/// What all sources together may still be lent, in octets.
struct Fund: Sendable {
    private var octets: Double
    private var refilledAt: ContinuousClock.Instant?

    init(octets: Double) {
        self.octets = octets
    }

    mutating func refill(to now: ContinuousClock.Instant, _ settings: SourceGuard.Settings) {
        let elapsed = refilledAt.map { now - $0 } ?? .zero
        refilledAt = max(now, refilledAt ?? now)
        if elapsed > .zero { octets = min(settings.fund, octets + settings.fundRate * (elapsed / .seconds(1))) }
    }

    mutating func lend(_ wanted: Double) -> Bool {
        guard wanted <= octets else { return false }
        octets -= wanted
        return true
    }

    mutating func takeBack(_ paid: Double, _ settings: SourceGuard.Settings) {
        octets = min(settings.fund, octets + paid)
    }
}
