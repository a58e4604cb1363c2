import Exchange
import Telephony

extension Ledger {
    /// Recovery as a new process does it, with nobody to tell.
    public func recover(leasedBefore: Instant, now: Instant) async throws(LedgerError) -> [Recovered] {
        try await recover(leasedBefore: leasedBefore, now: now) { _ in .stands(news: []) }
    }

    /// A decision with nobody to tell.
    public func decide(_ delivery: DeliveryID, _ decision: DoubtDecision, now: Instant) async throws(LedgerError) {
        try await decide(delivery, decision, now: now, lifetime: { _ in .seconds(86_400) }) { _, _ in [] }
    }

    /// Recovery as a new process does it: no attempt is open.
    public func recover(
        leasedBefore: Instant, now: Instant, judge: @escaping @Sendable (DoubtfulSend) -> DoubtRuling
    ) async throws(LedgerError) -> [Recovered] {
        try await recover(leasedBefore: leasedBefore, keeping: [], now: now, judge: judge)
    }
}
