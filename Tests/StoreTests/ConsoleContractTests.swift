import HomelineTesting
import Store
import Testing

@Suite struct ConsoleContractTests {
    @Test(arguments: ConsoleContract.clauses)
    func `the memory ledger keeps the contract`(clause: ConsoleContract.Clause) async throws { try await clause.check(MemoryLedger()) }

    @Test(arguments: ConsoleContract.clauses)
    func `the SQLite ledger keeps the contract`(clause: ConsoleContract.Clause) async throws {
        let directory = try TemporaryDirectory()
        let ledger = try SQLiteLedger(path: directory.file("ledger"))
        try await clause.check(ledger)
        try ledger.close()
    }
}
