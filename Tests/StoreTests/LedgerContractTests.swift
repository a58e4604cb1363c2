import Exchange
import HomelineTesting
import Store
import Testing

@Suite struct LedgerContractTests {
    @Test(arguments: LedgerContract.clauses)
    func `the memory ledger keeps the contract`(clause: LedgerContract.Clause) async throws {
        try await clause.check(LedgerBench(MemoryLedger()))
    }
}
