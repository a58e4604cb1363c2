import NIOCore
import Synchronization

/// Who is connected, so that no source and no crowd takes all.
///
/// When every place is taken, a connection that waits for its peer's words gives way: first those that never said any, then those
/// between two requests, of each the one that has waited longest. A crowd that only holds places keeps nobody out who has something
/// to say.
final class ConnectionCensus: Sendable {
    private struct Waiting {
        let turn: Int
        let channel: any Channel
        let hasSpoken: Bool
    }

    private struct State {
        var total = 0
        var turns = 0
        var bySource: [String: Int] = [:]
        var waiting: [ObjectIdentifier: Waiting] = [:]

        mutating func wait(_ channel: any Channel, hasSpoken: Bool) {
            turns += 1
            waiting[ObjectIdentifier(channel)] = Waiting(turn: turns, channel: channel, hasSpoken: hasSpoken)
        }

        /// The connection to close for a new one; nil when all are being answered.
        mutating func giveWay() -> (any Channel)? {
            let first = waiting.min { one, other in
                one.value.hasSpoken == other.value.hasSpoken ? one.value.turn < other.value.turn : !one.value.hasSpoken
            }
            guard let first else { return nil }
            waiting[first.key] = nil
            return first.value.channel
        }
    }

    private let limits: ListenerSettings.Limits
    private let state = Mutex(State())

    private let counts: RequestCounts

    init(limits: ListenerSettings.Limits, counts: RequestCounts) {
        self.limits = limits
        self.counts = counts
    }

    /// Counts a connection in until it closes, waiting for its first head; false when there is no room for it, and then it was not
    /// counted.
    func enter(_ channel: any Channel, from source: String) -> Bool {
        let (hasRoom, ousted) = state.withLock { state -> (Bool, (any Channel)?) in
            guard state.bySource[source, default: 0] < limits.connectionsPerSource else { return (false, nil) }
            var ousted: (any Channel)?
            if state.total >= limits.connections {
                ousted = state.giveWay()
                if ousted == nil { return (false, nil) }
            }
            state.total += 1
            state.bySource[source, default: 0] += 1
            state.wait(channel, hasSpoken: false)
            return (true, ousted)
        }
        if !hasRoom || ousted != nil { counts.note(.crowded) }
        ousted?.close(promise: nil)
        if hasRoom { channel.closeFuture.whenComplete { _ in self.leave(channel, from: source) } }
        return hasRoom
    }

    /// The connection has sent a whole head, and is being answered.
    func isBusy(_ channel: any Channel) {
        state.withLock { _ = $0.waiting.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    /// The connection was answered, and waits for its next head; one that is gone meanwhile waits for nothing.
    func isIdle(_ channel: any Channel) {
        guard channel.isActive else { return }
        state.withLock { $0.wait(channel, hasSpoken: true) }
    }

    private func leave(_ channel: any Channel, from source: String) {
        state.withLock { state in
            state.waiting[ObjectIdentifier(channel)] = nil
            state.total -= 1
            let left = state.bySource[source, default: 1] - 1
            state.bySource[source] = left > 0 ? left : nil
        }
    }
}
