import Synchronization
import Telephony

/// How far behind the mark the next look goes: far after an absence and once an hour, since lists are ordered by the networks' own times, and a
/// text that was long under way stands where nobody looks any more.
final class CatchUpReach: Sendable {
    private struct State {
        var isWanted = true
        var widenedAt: Instant?
    }

    static let pause: Duration = .seconds(3600)

    private let state = Mutex(State())

    /// The next look is to be a wide one.
    func widen() { state.withLock { $0.isWanted = true } }

    func isWide(at now: Instant) -> Bool {
        state.withLock { state in
            guard !state.isWanted, let before = state.widenedAt else { return true }
            return !(Duration.zero..<Self.pause).contains(now - before)
        }
    }

    /// A wide look was made, and all of it went well.
    func wasWide(at now: Instant) {
        state.withLock { $0 = State(isWanted: false, widenedAt: now) }
    }
}
