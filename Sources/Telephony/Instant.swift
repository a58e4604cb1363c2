/// A point of wall-clock time: milliseconds since 1970-01-01T00:00:00Z.
public struct Instant: Hashable, Comparable, Sendable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    public init(seconds: Int64) { self.milliseconds = seconds.multipliedReportingOverflow(by: 1000).partialValue }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int64 { milliseconds >= 0 ? milliseconds / 1000 : (milliseconds + 1) / 1000 - 1 }

    /// Later than any time that occurs; a delivery due then waits for an event instead of a clock.
    public static let distantFuture = Instant(milliseconds: 253_402_300_799_000)

    public static func < (one: Self, other: Self) -> Bool { one.milliseconds < other.milliseconds }

    public static func + (instant: Self, duration: Duration) -> Self {
        Instant(milliseconds: instant.milliseconds &+ duration.wholeMilliseconds)
    }

    public static func - (instant: Self, duration: Duration) -> Self {
        Instant(milliseconds: instant.milliseconds &- duration.wholeMilliseconds)
    }

    public static func - (one: Self, other: Self) -> Duration { .milliseconds(one.milliseconds &- other.milliseconds) }
}

extension Duration {
    /// The duration in milliseconds, rounded towards zero.
    public var wholeMilliseconds: Int64 {
        components.seconds &* 1000 &+ components.attoseconds / 1_000_000_000_000_000
    }
}

/// Where the time comes from: the system's clock at the rim, a manual one in tests.
public protocol WallClock: Sendable {
    func now() -> Instant
}
