import Telephony

/// Sends that are taken back before they left.
public protocol WithdrawalBook: Sendable {
    /// Gives up a delivery that waits, and of which nothing was ever handed over. The deliveries that `news` makes of it are added. Conflict
    /// when it is being attempted, is over, or some of it has left.
    func withdraw(_ delivery: DeliveryID, now: Instant, news: @escaping @Sendable (Message, Delivery) -> [Delivery]) async throws(LedgerError)
}
