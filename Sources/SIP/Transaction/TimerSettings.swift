/// The base values from which every transaction timer is computed (RFC 3261 §17.1.1.1, Table 4).
public struct TimerSettings: Hashable, Sendable {
    /// Estimate of the round trip.
    public var t1: Duration
    /// Longest interval between retransmissions of a non-INVITE request or an INVITE's final response.
    public var t2: Duration
    /// Longest time a message stays in the network.
    public var t4: Duration

    public init(t1: Duration = .milliseconds(500), t2: Duration = .seconds(4), t4: Duration = .seconds(5)) {
        self.t1 = t1
        self.t2 = t2
        self.t4 = t4
    }

    public static let standard = TimerSettings()

    /// 64 × T1: how long a transaction tries, and how long it remembers.
    public var lifetime: Duration { t1 * 64 }
}
