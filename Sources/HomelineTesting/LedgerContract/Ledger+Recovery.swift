import Exchange
import Telephony

extension Ledger {
    /// Recovery with nobody to tell.
    public func recover(leasedBefore: Instant, now: Instant) async throws(LedgerError) -> [Recovered] {
        try await recover(leasedBefore: leasedBefore, now: now) { _, _ in [] }
    }
}
