import Synchronization
import Telephony

/// A clock that stands still until it is told otherwise.
public final class ManualClock: WallClock {
    private let instant: Mutex<Instant>

    public init(_ start: Instant = Instant(seconds: 1_800_000_000)) { instant = Mutex(start) }

    public func now() -> Instant { instant.withLock { $0 } }

    public func advance(by duration: Duration) { instant.withLock { $0 = $0 + duration } }

    public func set(_ other: Instant) { instant.withLock { $0 = other } }
}
