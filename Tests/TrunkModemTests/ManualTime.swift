import Runtime
import Synchronization
import Telephony

/// Time that passes only when a test says so, for sleeping and for reading alike.
final class ManualTime: MonotonicClock {
    private struct Sleeper {
        let id: UInt64
        let deadline: ContinuousClock.Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = ContinuousClock.now
        var lastID: UInt64 = 0
        var sleepers: [Sleeper] = []
        /// Cancelled before they began to sleep.
        var cancelled: Set<UInt64> = []
    }

    private let state = Mutex(State())
    private let start: ContinuousClock.Instant

    init() {
        start = state.withLock(\.now)
    }

    var now: ContinuousClock.Instant { state.withLock(\.now) }
    let minimumResolution: Duration = .zero
    var elapsed: Duration { now - start }
    /// The wall clock, moving along.
    var wall: Telephony.Instant { Telephony.Instant(seconds: 1_800_000_000) + elapsed }

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let result: Result<Void, any Error>? = state.withLock { state in
                    if state.cancelled.remove(id) != nil || Task.isCancelled { return .failure(CancellationError()) }
                    if deadline <= state.now { return .success(()) }
                    state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil
                }
                return state.sleepers.remove(at: index)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Lets time pass to the earliest sleeper's deadline. False when nobody sleeps.
    func passToNextDeadline() -> Bool {
        let due = state.withLock { state -> [Sleeper] in
            guard let next = state.sleepers.map(\.deadline).min() else { return [] }
            state.now = max(state.now, next)
            let due = state.sleepers.filter { $0.deadline <= state.now }
            state.sleepers.removeAll { $0.deadline <= state.now }
            return due
        }
        for sleeper in due { sleeper.continuation.resume() }
        return !due.isEmpty
    }
}
