import NIOCore
import Synchronization

/// Who is connected, so that no source and no crowd takes all.
///
/// When every place is taken, the connection that has waited longest without a word gives way: a crowd that only holds places open
/// keeps nobody out who has something to say.
final class ConnectionCensus: Sendable {
    private struct Silent {
        let arrival: Int
        let channel: any Channel
    }

    private struct State {
        var total = 0
        var arrivals = 0
        var bySource: [String: Int] = [:]
        var silent: [ObjectIdentifier: Silent] = [:]
    }

    private let limits: ListenerSettings.Limits
    private let state = Mutex(State())

    init(limits: ListenerSettings.Limits) { self.limits = limits }

    /// Counts a connection in until it closes; false when there is no room for it, and then it was not counted.
    func enter(_ channel: any Channel, from source: String) -> Bool {
        let (hasRoom, ousted) = state.withLock { state -> (Bool, (any Channel)?) in
            guard state.bySource[source, default: 0] < limits.connectionsPerSource else { return (false, nil) }
            var ousted: (any Channel)?
            if state.total >= limits.connections {
                guard let longest = state.silent.min(by: { $0.value.arrival < $1.value.arrival }) else { return (false, nil) }
                state.silent[longest.key] = nil
                ousted = longest.value.channel
            }
            state.total += 1
            state.arrivals += 1
            state.bySource[source, default: 0] += 1
            state.silent[ObjectIdentifier(channel)] = Silent(arrival: state.arrivals, channel: channel)
            return (true, ousted)
        }
        ousted?.close(promise: nil)
        if hasRoom { channel.closeFuture.whenComplete { _ in self.leave(channel, from: source) } }
        return hasRoom
    }

    /// The connection has sent a whole head: it is somebody.
    func hasSpoken(_ channel: any Channel) {
        state.withLock { _ = $0.silent.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    private func leave(_ channel: any Channel, from source: String) {
        state.withLock { state in
            state.silent[ObjectIdentifier(channel)] = nil
            state.total -= 1
            let left = state.bySource[source, default: 1] - 1
            state.bySource[source] = left > 0 ? left : nil
        }
    }
}
