import Exchange
import Glibc
import Telephony

/// The system's wall clock.
public struct SystemClock: WallClock {
    public init() {}

    public func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

extension SteadyClock {
    /// Over the system's clocks.
    static func system() -> SteadyClock {
        SteadyClock(SystemClock(), uptime: uptime)
    }

    /// Rises steadily, also while the machine sleeps.
    @Sendable static func uptime() -> Duration {
        var time = timespec()
        // Unlike CLOCK_MONOTONIC it counts while the machine sleeps.
        clock_gettime(CLOCK_BOOTTIME, &time)
        return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
    }
}

extension Mint {
    /// Names from a clock and the system's randomness.
    public static func system(clock: any WallClock = SystemClock()) -> Mint {
        Mint(clock: clock, random: RandomReserve().next)
    }
}

/// Sleeps on the monotonic clock, which no clock change disturbs.
public let systemPause: Pause = { try await Task.sleep(for: $0, clock: .continuous) }
