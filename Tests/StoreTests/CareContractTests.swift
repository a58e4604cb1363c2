import Exchange
import HomelineTesting
import Store
import Testing

@Suite struct CareContractTests {
    @Test(arguments: CareContract.clauses)
    func `the memory ledger keeps the contract`(clause: CareContract.Clause) async throws {
        try await clause.check(CareBench(MemoryLedger()))
    }

    @Test(arguments: CareContract.clauses)
    func `the SQLite ledger keeps the contract`(clause: CareContract.Clause) async throws {
        let directory = try TemporaryDirectory()
        let ledger = try SQLiteLedger(path: directory.file("ledger"))
        try await clause.check(CareBench(ledger))
        try ledger.close()
    }
}
