import Synchronization
import Telephony

/// The signals of the dispatcher's workers, by what they claim, and of those who watch the ledger. Only who has work is woken: with many
/// lines, waking all for each message would cost more than the message.
public final class WakeGroup: Sendable {
    private struct Members {
        var workers: [ClaimScope: WakeSignal] = [:]
        var retrievers: [LineID: WakeSignal] = [:]
        var watchers: [WakeSignal] = []
    }

    private let members = Mutex(Members())

    public init() {}

    /// The signal of the worker that claims in this scope.
    func member(for scope: ClaimScope) -> WakeSignal {
        members.withLock { members in
            let signal = members.workers[scope] ?? WakeSignal()
            members.workers[scope] = signal
            return signal
        }
    }

    /// The signal of the line's retriever.
    func retriever(of line: LineID) -> WakeSignal {
        members.withLock { members in
            let signal = members.retrievers[line] ?? WakeSignal()
            members.retrievers[line] = signal
            return signal
        }
    }

    /// Something is to be fetched over the line, or can be again.
    func ringRetriever(of line: LineID) { retriever(of: line).ring() }

    /// A signal that every ring rings: for somebody who watches what happens.
    public func watcher() -> WakeSignal {
        let signal = WakeSignal()
        members.withLock { $0.watchers.append(signal) }
        return signal
    }

    /// These deliveries were made due.
    public func ring(_ deliveries: [Delivery]) {
        ring(Set(deliveries.map(\.destination.scope)))
    }

    /// Something in these scopes was made due.
    public func ring(_ scopes: Set<ClaimScope>) {
        let signals = members.withLock { members in scopes.compactMap { members.workers[$0] } + members.watchers }
        for signal in signals { signal.ring() }
    }

    /// Anything may have been made due.
    public func ring() {
        let signals = members.withLock { Array($0.workers.values) + $0.watchers }
        for signal in signals { signal.ring() }
    }
}

extension Destination {
    /// The worker whose business it is.
    public var scope: ClaimScope {
        switch self {
        case .trunk(let line, _): .trunk(line)
        case .device(let endpoint, _, _), .endpoint(let endpoint), .receiver(let endpoint, _): .endpoint(endpoint)
        }
    }
}
