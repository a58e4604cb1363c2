import Exchange
import Synchronization

/// Does something once, after a call was carried out and before its end is known.
public final class Meanwhile: LedgerInterceptor {
    public typealias Deed = @Sendable (any Ledger) async throws(LedgerError) -> Void

    private let ledger: any Ledger
    private let call: LedgerCall
    private let deed = Mutex<Deed?>(nil)

    public init(_ ledger: any Ledger, _ call: LedgerCall) {
        self.ledger = ledger
        self.call = call
    }

    public func afterwards(_ deed: @escaping Deed) { self.deed.withLock { $0 = deed } }

    public func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        let value = try await body(ledger)
        guard call == self.call else { return value }
        let due = deed.withLock { deed -> Deed? in
            defer { deed = nil }
            return deed
        }
        if let due { try await due(ledger) }
        return value
    }
}
