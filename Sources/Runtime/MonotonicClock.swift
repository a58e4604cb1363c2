/// A clock that the timers of machines run on: the system's, or one that a test moves by hand.
public protocol MonotonicClock: Clock<Duration> where Instant == ContinuousClock.Instant {}

extension ContinuousClock: MonotonicClock {}
