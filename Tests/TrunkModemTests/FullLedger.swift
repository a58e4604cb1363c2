import Exchange
import HomelineTesting
import Store
import Synchronization

/// A ledger whose disk is full for the first so many records.
func fullLedger(refusals: Int) -> InterceptedLedger<Refusals> {
    InterceptedLedger(Refusals(refusals))
}

final class Refusals: LedgerInterceptor {
    private let inner = MemoryLedger()
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        let isFull = call == .record && left.withLock { left in
            left -= 1
            return left >= 0
        }
        if isFull { throw .full("disk full") }
        return try await body(inner)
    }
}
