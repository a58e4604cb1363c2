import Exchange
import Telephony

extension Ledger {
    /// Recovery as a new process does it, with nobody to tell.
    public func recover(leasedBefore: Instant, now: Instant) async throws(LedgerError) -> [Recovered] {
        try await recover(leasedBefore: leasedBefore, now: now) { _, _ in [] }
    }

    /// Recovery as a new process does it: no attempt is open.
    public func recover(
        leasedBefore: Instant, now: Instant, news: @escaping @Sendable (Message, Delivery) -> [Delivery]
    ) async throws(LedgerError) -> [Recovered] {
        try await recover(leasedBefore: leasedBefore, keeping: [], now: now, news: news)
    }
}
