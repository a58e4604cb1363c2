import Exchange
import Synchronization
import Telephony

/// Pauses that end when a test moves the clock, never by themselves.
public final class ManualPauses: Sendable {
    private struct Sleeper {
        let id: Int
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var last = 0
        var sleepers: [Sleeper] = []
        /// Cancelled before they lay down.
        var cancelled: Set<Int> = []
    }

    public let clock: ManualClock
    private let signal: WakeSignal
    private let state = Mutex(State())

    /// `signal` is rung whenever somebody lies down.
    public init(_ clock: ManualClock, ringing signal: WakeSignal = WakeSignal()) {
        self.clock = clock
        self.signal = signal
    }

    /// How long those who sleep have yet to wait, the shortest first.
    public var waits: [Duration] {
        let now = clock.now()
        return state.withLock { $0.sleepers.map { $0.deadline - now } }.sorted()
    }

    /// Lets time pass, and wakes whose time has come.
    public func advance(by duration: Duration) {
        clock.advance(by: duration)
        let now = clock.now()
        let due = state.withLock { state in
            defer { state.sleepers.removeAll { $0.deadline <= now } }
            return state.sleepers.filter { $0.deadline <= now }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    @Sendable public func pause(_ duration: Duration) async throws {
        let id = state.withLock { state in
            state.last += 1
            return state.last
        }
        let deadline = clock.now() + duration
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                lieDown(Sleeper(id: id, deadline: deadline, continuation: continuation))
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func lieDown(_ sleeper: Sleeper) {
        let now = clock.now()
        let result = state.withLock { state -> Result<Void, any Error>? in
            if state.cancelled.remove(sleeper.id) != nil { return .failure(CancellationError()) }
            if sleeper.deadline <= now { return .success(()) }
            state.sleepers.append(sleeper)
            return nil
        }
        if let result { sleeper.continuation.resume(with: result) } else { signal.ring() }
    }

    private func cancel(_ id: Int) {
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

/// A pause that does not end by itself, for what a test does not wait for.
public let pauseForever: Pause = { _ in try await Task.sleep(for: .seconds(3600)) }
