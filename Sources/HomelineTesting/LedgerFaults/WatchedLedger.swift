import Exchange
import Synchronization

/// A ledger that a test watches: every call rings, and calls can be refused for a while.
public typealias WatchedLedger = InterceptedLedger<Watch>

extension InterceptedLedger where Interceptor == Watch {
    public init(_ ledger: any Ledger, ringing signal: WakeSignal = WakeSignal()) { self.init(Watch(ledger, signal)) }

    /// Refuses the next calls of a kind; nothing of them is stored.
    public func refuse(_ call: LedgerCall, times: Int = 1, _ error: LedgerError = .busy("somebody else has the lock")) {
        interceptor.refuse(call, times: times, error)
    }

    /// How often each call was made, refused ones included.
    public var counts: [LedgerCall: Int] { interceptor.counts }
}

public final class Watch: LedgerInterceptor {
    private struct State {
        var counts: [LedgerCall: Int] = [:]
        var refusals: [LedgerCall: [LedgerError]] = [:]
    }

    private let ledger: any Ledger
    private let signal: WakeSignal
    private let state = Mutex(State())

    public init(_ ledger: any Ledger, _ signal: WakeSignal) {
        self.ledger = ledger
        self.signal = signal
    }

    public var counts: [LedgerCall: Int] { state.withLock { $0.counts } }

    public func refuse(_ call: LedgerCall, times: Int, _ error: LedgerError) {
        state.withLock { $0.refusals[call, default: []] += Array(repeating: error, count: times) }
    }

    public func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        defer { signal.ring() }
        let refusal = state.withLock { state -> LedgerError? in
            state.counts[call, default: 0] += 1
            guard let refusals = state.refusals[call], !refusals.isEmpty else { return nil }
            return state.refusals[call]?.removeFirst()
        }
        if let refusal { throw refusal }
        return try await body(ledger)
    }
}
