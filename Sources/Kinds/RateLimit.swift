import Telephony

/// How many segments a line may send: so many a minute, saved up to that number.
public struct RateLimit: Sendable {
    private let perMinute: Int
    private var available: Double
    private var at: Instant

    public init(perMinute: Int, now: Instant) {
        self.perMinute = max(1, perMinute)
        self.available = Double(max(1, perMinute))
        self.at = now
    }

    /// Nil when so many may leave now, and then they are counted; otherwise when to ask again. More than a minute's worth leaves when the
    /// minute is full.
    public mutating func take(_ segments: Int, now: Instant) -> Instant? {
        let perMillisecond = Double(perMinute) / 60_000
        if now > at {
            available = min(Double(perMinute), available + Double((now - at).wholeMilliseconds) * perMillisecond)
        }
        at = now
        let needed = Double(min(segments, perMinute))
        guard available < needed else {
            available -= Double(segments)
            return nil
        }
        return now + .milliseconds(Int64((needed - available) / perMillisecond) + 1)
    }
}
