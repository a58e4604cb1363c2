import Exchange
import Testing

/// What every ledger promises, clause by clause. A test target runs all clauses on each implementation:
///
///     @Test(arguments: LedgerContract.clauses)
///     func `it keeps the contract`(clause: LedgerContract.Clause) async throws { try await clause.check(LedgerBench(MemoryLedger())) }
public enum LedgerContract {
    public struct Clause: Sendable, CustomTestStringConvertible {
        public let sentence: String
        public let check: @Sendable (LedgerBench) async throws -> Void

        init(_ sentence: String, _ check: @escaping @Sendable (LedgerBench) async throws -> Void) {
            self.sentence = sentence
            self.check = check
        }

        public var testDescription: String { sentence }
    }

    public static let clauses =
        receipts + readings + multimedia + gathering + forgetting + submissions + queries + selections + queues + clock + segments + settlements + recovery + reports + doubts + decisions + devices + persons + accounts + inbox
}
