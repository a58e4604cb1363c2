import Exchange
import Synchronization
import Telephony

/// A ledger as a process sees it that dies at a crash point: from there every call fails and changes nothing, as if the plug had been
/// pulled. What the ledger beneath holds is what a restart finds.
public typealias CrashingLedger = InterceptedLedger<Crash>

extension InterceptedLedger where Interceptor == Crash {
    /// Without a point it never dies, and only counts. `whenDead` is called once, at the crash: cancel the tasks of the process there.
    public init(_ ledger: any Ledger, at point: CrashPoint? = nil, whenDead: @escaping @Sendable () -> Void = {}) {
        self.init(Crash(ledger, at: point, whenDead: whenDead))
    }

    public var isDead: Bool { interceptor.isDead }

    /// How often each call was made.
    public var counts: [LedgerCall: Int] { interceptor.counts }
}

public final class Crash: LedgerInterceptor {
    private struct State {
        var counts: [LedgerCall: Int] = [:]
        var isDead = false
    }

    private let ledger: any Ledger
    private let point: CrashPoint?
    private let whenDead: @Sendable () -> Void
    private let state = Mutex(State())

    /// What calls of the dead process get.
    public static let error = LedgerError.broken("the process is dead")

    public init(_ ledger: any Ledger, at point: CrashPoint?, whenDead: @escaping @Sendable () -> Void) {
        self.ledger = ledger
        self.point = point
        self.whenDead = whenDead
    }

    public var isDead: Bool { state.withLock { $0.isDead } }
    public var counts: [LedgerCall: Int] { state.withLock { $0.counts } }

    public func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        let occurrence = state.withLock { state -> Int? in
            guard !state.isDead else { return nil }
            state.counts[call, default: 0] += 1
            return state.counts[call]
        }
        guard let occurrence else { throw Self.error }
        try dieIfReached(.before, call, occurrence)
        let value = try await body(ledger)
        try dieIfReached(.after, call, occurrence)
        // The process may have died while this call was under way; then nobody is there to hear.
        guard !isDead else { throw Self.error }
        return value
    }

    private func dieIfReached(_ side: CrashPoint.Side, _ call: LedgerCall, _ occurrence: Int) throws(LedgerError) {
        guard let point, point == CrashPoint(side, call, occurrence: occurrence) else { return }
        let isFirst = state.withLock { state in
            defer { state.isDead = true }
            return !state.isDead
        }
        if isFirst { whenDead() }
        throw Self.error
    }
}
