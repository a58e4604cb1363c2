import Synchronization

/// "Look again": many wakes before a look count as one, and none is lost.
///
/// It carries nothing, so there is nothing to queue: the woken side re-reads what it works from.
public final class WakeSignal: Sendable {
    private struct State {
        var isPending = false
        var lastWaiter: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// Lets every waiter go; with none waiting, the next `wait` returns at once.
    public func wake() {
        let waiters = state.withLock { state in
            let waiters = Array(state.waiters.values)
            state.waiters.removeAll()
            if waiters.isEmpty { state.isPending = true }
            return waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns after the next wake, at once if one came since the last wait, or when the task is cancelled.
    public func wait() async {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goOn = state.withLock { state in
                    if state.isPending || Task.isCancelled {
                        state.isPending = false
                        return true
                    }
                    state.waiters[number] = continuation
                    return false
                }
                if goOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
        }
    }

    /// As `wait()`, but no longer than until the deadline.
    public func wait<C: Clock>(until deadline: C.Instant, clock: C) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            group.addTask { try? await clock.sleep(until: deadline, tolerance: nil) }
            await group.next()
            group.cancelAll()
        }
    }
}
