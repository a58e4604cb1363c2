import Telephony

/// Sends that are taken back before they left.
public protocol WithdrawalBook: Sendable {
    /// Gives up a delivery that waits, and of which nothing has left. One that was to be made again after a doubt is in doubt again. The deliveries
    /// that `news` makes of it are added. Conflict when it is being attempted, is over, or some of it has left, and where an attempt was cut off at a
    /// trunk of which a repetition is how it goes on.
    func withdraw(
        _ delivery: DeliveryID, repetition: Repetition, now: Instant, news: @escaping @Sendable (Message, Delivery, Settlement.Result) -> [Delivery]
    ) async throws(LedgerError)
}
