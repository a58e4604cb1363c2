import Synchronization

/// Who is connected, so that no source and no crowd takes all.
final class ConnectionCensus: Sendable {
    private struct State {
        var total = 0
        var bySource: [String: Int] = [:]
    }

    private let limits: ListenerSettings.Limits
    private let state = Mutex(State())

    init(limits: ListenerSettings.Limits) { self.limits = limits }

    /// Counts a connection in; false when there is no room for it, and then it was not counted.
    func enter(_ source: String) -> Bool {
        state.withLock { state in
            guard state.total < limits.connections, state.bySource[source, default: 0] < limits.connectionsPerSource else { return false }
            state.total += 1
            state.bySource[source, default: 0] += 1
            return true
        }
    }

    func leave(_ source: String) {
        state.withLock { state in
            state.total -= 1
            let left = state.bySource[source, default: 1] - 1
            state.bySource[source] = left > 0 ? left : nil
        }
    }

    var total: Int { state.withLock { $0.total } }
}
