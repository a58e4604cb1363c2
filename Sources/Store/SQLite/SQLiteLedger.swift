import Exchange
import GRDB
import Telephony

/// The ledger in one SQLite file: written ahead and synced before a method returns, read concurrently.
public struct SQLiteLedger: Ledger {
    private let pool: DatabasePool
    let writer: GroupCommit

    /// Opens the file, makes it when there is none, and brings its schema up to date. `busyBudget` is how long a call waits for
    /// another process that holds the lock.
    public init(path: String, busyBudget: Duration = .seconds(5)) throws(LedgerError) {
        do {
            pool = try LedgerFile.open(path, busyBudget: busyBudget)
        } catch {
            throw LedgerError(error)
        }
        writer = GroupCommit(pool)
    }

    /// Waits for what runs and lets go of the file. Calls after it fail.
    public func close() throws(LedgerError) {
        do { try pool.close() } catch { throw LedgerError(error) }
    }

    func write<Value: Sendable>(_ work: @escaping @Sendable (Tables) throws -> Value) async throws(LedgerError) -> Value {
        try await writer.perform { try work(Tables(db: $0)) }
    }

    func read<Value: Sendable>(_ work: @escaping @Sendable (Tables) throws -> Value) async throws(LedgerError) -> Value {
        // Not `pool.read`, which a caller's cancellation interrupts.
        let result: Result<Value, LedgerError> = await withCheckedContinuation { continuation in
            pool.asyncRead { access in
                let answer: Result<Value, any Error> = Result { try work(Tables(db: try access.get())) }
                continuation.resume(returning: answer.mapError(LedgerError.init))
            }
        }
        return try result.get()
    }
}
