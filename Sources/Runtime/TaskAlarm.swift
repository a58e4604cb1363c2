/// One wake-up at a time by a sleeping task, for a `Driver` whose owner is an actor on the global pool.
///
/// Not Sendable: it belongs to that actor.
public final class TaskAlarm {
    private let ring: @Sendable () async -> Void
    private var sleeper: Task<Void, Never>?
    private var deadline: ContinuousClock.Instant?

    public init(ring: @escaping @Sendable () async -> Void) {
        self.ring = ring
    }

    deinit {
        sleeper?.cancel()
    }

    /// Rings at the deadline, or earlier if an earlier one was set before.
    public func set(for next: ContinuousClock.Instant?) {
        guard let next else { return }
        if let deadline, deadline <= next { return }
        sleeper?.cancel()
        deadline = next
        let ring = ring
        sleeper = Task {
            try? await ContinuousClock().sleep(until: next)
            guard !Task.isCancelled else { return }
            await ring()
        }
    }

    /// To be called first thing when the alarm rang.
    public func hasRung() {
        sleeper = nil
        deadline = nil
    }

    public func cancel() {
        sleeper?.cancel()
        hasRung()
    }
}
