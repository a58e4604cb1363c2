import SIP

/// How much the transaction layer remembers, and for how long.
public struct TransactionLimits: Hashable, Sendable {
    public var timers: TimerSettings
    /// Requests of others being worked on; one more is answered 503.
    public var unanswered: Int
    /// Requests of others remembered in all. The oldest answered ones are forgotten first; a retransmission then counts as new.
    public var remembered: Int
    /// Requests of ours without a final response.
    public var sent: Int

    public init(timers: TimerSettings = .standard, unanswered: Int = 4_096, remembered: Int = 8_192, sent: Int = 16_384) {
        self.timers = timers
        self.unanswered = unanswered
        self.remembered = remembered
        self.sent = sent
    }
}
