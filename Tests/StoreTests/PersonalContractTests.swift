import Exchange
import HomelineTesting
import Store
import Testing

@Suite struct PersonalContractTests {
    @Test(arguments: PersonalContract.clauses)
    func `the memory ledger keeps it`(clause: PersonalContract.Clause) async throws {
        let ledger = MemoryLedger()
        try await clause.check(LedgerBench(ledger), ledger)
    }

    @Test(arguments: PersonalContract.clauses)
    func `the SQLite ledger keeps it`(clause: PersonalContract.Clause) async throws {
        let directory = try TemporaryDirectory()
        let ledger = try SQLiteLedger(path: directory.file("ledger"))
        try await clause.check(LedgerBench(ledger), ledger)
        try ledger.close()
    }
}
