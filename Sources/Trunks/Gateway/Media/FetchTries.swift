import Synchronization

/// How often each message that waits was tried since the start, and when it is tried again.
final class FetchTries: Sendable {
    private struct State {
        /// Time that passed since the start; no clock that may be set.
        var now = Duration.zero
        var tries: [String: (count: Int, due: Duration)] = [:]
    }

    private let state = Mutex(State())

    /// Takes a try of it down; which one that was, from 1.
    func note(_ name: String) -> Int {
        state.withLock { state in
            let count = min(state.tries[name]?.count ?? 0, 1_000_000) + 1
            state.tries[name] = (count, state.now + Self.pause(after: count))
            return count
        }
    }

    func forget(_ name: String) { state.withLock { $0.tries[name] = nil } }

    /// What somebody took away is waited for no longer.
    func forget(allBut names: [String]) {
        let names = Set(names)
        state.withLock { state in state.tries = state.tries.filter { names.contains($0.key) } }
    }

    /// One that was never tried is.
    func isDue(_ name: String) -> Bool { state.withLock { state in state.tries[name].map { $0.due <= state.now } ?? true } }

    /// Until one of them is due.
    var untilNext: Duration {
        state.withLock { state in max((state.tries.values.map(\.due).min() ?? state.now) - state.now, .milliseconds(1)) }
    }

    /// Time passed.
    func pass(_ duration: Duration) { state.withLock { $0.now += duration } }

    private static func pause(after count: Int) -> Duration {
        min(WaitingFiles.firstPause * (1 << min(count - 1, 10)), WaitingFiles.longestPause)
    }
}
