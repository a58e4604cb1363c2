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

/// Holds the first record back until it is let go.
final class HeldRecord: LedgerInterceptor {
    private enum Hold {
        case waiting
        case held(CheckedContinuation<Void, Never>)
        case over
    }

    private let inner = MemoryLedger()
    private let hold = Mutex(Hold.waiting)

    var isHeld: Bool {
        hold.withLock { if case .held = $0 { true } else { false } }
    }

    func letGo() {
        let held = hold.withLock { hold in
            defer { hold = .over }
            return hold
        }
        if case .held(let continuation) = held { continuation.resume() }
    }

    func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        if call == .record, hold.withLock({ if case .waiting = $0 { true } else { false } }) {
            await withCheckedContinuation { continuation in hold.withLock { $0 = .held(continuation) } }
        }
        return try await body(inner)
    }
}
