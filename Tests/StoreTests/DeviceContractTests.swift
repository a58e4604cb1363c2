import Exchange
import HomelineTesting
import Store
import Testing

@Suite struct DeviceContractTests {
    @Test(arguments: DeviceContract.clauses)
    func `the memory ledger keeps the contract`(clause: DeviceContract.Clause) async throws {
        try await clause.check(try await DeviceBench(MemoryLedger()))
    }

    @Test(arguments: DeviceContract.clauses)
    func `the SQLite ledger keeps the contract`(clause: DeviceContract.Clause) async throws {
        let directory = try TemporaryDirectory()
        let ledger = try SQLiteLedger(path: directory.file("ledger"))
        try await clause.check(try await DeviceBench(ledger))
        try ledger.close()
    }
}
