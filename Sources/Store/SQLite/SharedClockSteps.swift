import Synchronization
import Telephony

/// The clock's latest steps, known to every transaction.
final class SharedClockSteps: Sendable {
    private let steps = Mutex(ClockSteps())

    func add(_ size: Duration, at: Instant) { steps.withLock { $0.add(size, at: at) } }
    func forget(at: Instant) { steps.withLock { $0.forget(at: at) } }
    func lag(of instant: Instant) -> Duration { steps.withLock { $0.lag(of: instant) } }
}
