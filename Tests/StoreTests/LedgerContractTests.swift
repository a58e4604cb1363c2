import Exchange
import HomelineTesting
import Store
import Testing

@Suite struct LedgerContractTests {
    @Test(arguments: LedgerContract.clauses + LedgerContract.withinAProcess)
    func `the memory ledger keeps the contract`(clause: LedgerContract.Clause) async throws {
        try await clause.check(LedgerBench(MemoryLedger()))
    }

    @Test(arguments: LedgerContract.clauses + LedgerContract.withinAProcess)
    func `the SQLite ledger keeps the contract`(clause: LedgerContract.Clause) async throws {
        let directory = try TemporaryDirectory()
        let ledger = try SQLiteLedger(path: directory.file("ledger"))
        try await clause.check(LedgerBench(ledger))
        try ledger.close()
    }

    @Test(arguments: LedgerContract.clauses)
    func `the SQLite ledger keeps the contract through a restart before every call`(clause: LedgerContract.Clause) async throws {
        let directory = try TemporaryDirectory()
        try await clause.check(LedgerBench(InterceptedLedger(Reopening(path: directory.file("ledger")))))
    }
}

/// Opens the file for each call and closes it after.
private struct Reopening: LedgerInterceptor {
    let path: String

    func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        let ledger = try SQLiteLedger(path: path)
        let result: Result<Value, LedgerError>
        do { result = .success(try await body(ledger)) } catch { result = .failure(error) }
        try ledger.close()
        return try result.get()
    }
}
