import Synchronization

/// Tells a waiting loop that there may be work. It carries no payload: the loop re-reads the ledger.
///
/// Rings coalesce; one that comes while nobody waits is kept for the next wait.
public final class WakeSignal: Sendable {
    private struct State {
        var isRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    public init() {}

    public func ring() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard let waiter = state.waiter else {
                state.isRung = true
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume()
    }

    /// Returns at the next ring, or when the task is cancelled. For one waiter at a time; a second one releases the first.
    public func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let released = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                    if state.isRung || Task.isCancelled {
                        state.isRung = false
                        return [continuation]
                    }
                    defer { state.waiter = continuation }
                    return state.waiter.map { [$0] } ?? []
                }
                for continuation in released { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
    }

    /// Returns when the task is cancelled, whatever rings.
    public func untilCancelled() async {
        while !Task.isCancelled { await wait() }
    }

    /// Returns at the next ring or when `pause` has run its course, whichever is first.
    public func wait(atMost duration: Duration?, pause: @escaping Pause) async {
        guard let duration else { return await wait() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            group.addTask { try? await pause(duration) }
            await group.next()
            group.cancelAll()
        }
    }
}

/// Sleeps; throws when cancelled. Given by whoever assembles, so that tests need not wait.
public typealias Pause = @Sendable (Duration) async throws -> Void
