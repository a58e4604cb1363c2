import Synchronization
import Telephony

/// The time of day without jumps. When the system's clock is set, this one goes on as it was going until `adopt` is called, so that what
/// waits can first be told: else a clock set ten years on would end everything that waits, and one set back would hold it up.
public final class SteadyClock: WallClock {
    private struct Anchor {
        var wall: Instant
        var uptime: Duration
    }

    private let wall: any WallClock
    private let uptime: @Sendable () -> Duration
    private let anchor: Mutex<Anchor>

    /// A clock that is merely kept right differs by less between two looks at it.
    static let tolerance: Duration = .seconds(5)

    /// `uptime` rises steadily, also while the machine sleeps.
    public init(_ wall: any WallClock, uptime: @escaping @Sendable () -> Duration) {
        self.wall = wall
        self.uptime = uptime
        anchor = Mutex(Anchor(wall: wall.now(), uptime: uptime()))
    }

    public func now() -> Instant {
        let found = Anchor(wall: wall.now(), uptime: uptime())
        return anchor.withLock { anchor in
            let expected = anchor.wall + (found.uptime - anchor.uptime)
            guard Self.isNear(found.wall, expected) else { return expected }
            anchor = found
            return found.wall
        }
    }

    /// By how much the system's clock was set on, or back; nil when it was not.
    public func step() -> Duration? {
        let found = Anchor(wall: wall.now(), uptime: uptime())
        return anchor.withLock { anchor in
            let expected = anchor.wall + (found.uptime - anchor.uptime)
            return Self.isNear(found.wall, expected) ? nil : found.wall - expected
        }
    }

    /// Takes over a step that was found. Where the system's clock was set again meanwhile, that is another step.
    public func adopt(_ step: Duration) {
        anchor.withLock { $0.wall = $0.wall + step }
    }

    private static func isNear(_ one: Instant, _ other: Instant) -> Bool {
        let difference = one - other
        return difference < tolerance && difference > .zero - tolerance
    }
}
