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

extension Mint {
    /// Names from the system's clock and randomness.
    public static let system = Mint(clock: SystemClock()) {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}

/// Sleeps on the monotonic clock, which no clock change disturbs.
public let systemPause: Pause = { try await Task.sleep(for: $0, clock: .continuous) }
