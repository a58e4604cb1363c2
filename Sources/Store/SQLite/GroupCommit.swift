import Exchange
import GRDB
import Synchronization

/// The one writer. It takes everything that arrived while the previous transaction ran into the next one, so that many callers
/// share a sync of the disk; a lone caller has one to itself.
///
/// It runs on the pool's writer queue, never in a caller's task: a caller that is cancelled or hangs up rolls nothing back.
final class GroupCommit: Sendable {
    /// A caller's part of a transaction.
    private struct Unit: Sendable {
        /// Does the work; the closure it gives back tells the caller, after the commit.
        let work: @Sendable (Database) throws -> @Sendable () -> Void
        let refuse: @Sendable (LedgerError) -> Void
    }

    private struct State {
        var waiting: [Unit] = []
        var isRunning = false
        /// After this nothing is written any more.
        var fault: LedgerError?
    }

    private let pool: DatabasePool
    private let state = Mutex(State())

    /// Units that may wait; more are refused, so that memory stays bounded when the disk does not keep up.
    static let capacity = 4096
    /// Units of one transaction, so that the first does not wait for all.
    static let batch = 512

    init(_ pool: DatabasePool) { self.pool = pool }

    /// Units that no transaction has taken yet.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Returns when the work is durable. Work that throws leaves no trace and does not touch what shares its transaction.
    func perform<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws(LedgerError) -> Value {
        let result: Result<Value, LedgerError> = await withCheckedContinuation { continuation in
            enqueue(
                Unit(
                    work: { db in
                        let value = try work(db)
                        return { continuation.resume(returning: .success(value)) }
                    },
                    refuse: { continuation.resume(returning: .failure($0)) }))
        }
        return try result.get()
    }

    private func enqueue(_ unit: Unit) {
        enum Verdict {
            case wait, start
            case refuse(LedgerError)
        }
        let verdict: Verdict = state.withLock { state in
            if let fault = state.fault { return .refuse(fault) }
            guard state.waiting.count < Self.capacity else { return .refuse(.full("\(Self.capacity) writes are waiting")) }
            state.waiting.append(unit)
            if state.isRunning { return .wait }
            state.isRunning = true
            return .start
        }
        switch verdict {
        case .wait: break
        case .start: pool.asyncWriteWithoutTransaction { self.drain($0) }
        case .refuse(let error): unit.refuse(error)
        }
    }

    private func drain(_ db: Database) {
        while let (batch, fault) = next() {
            if let fault {
                for unit in batch { unit.refuse(fault) }
            } else {
                commit(batch, db)
            }
        }
    }

    private func next() -> ([Unit], LedgerError?)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isRunning = false
                return nil
            }
            let batch = Array(state.waiting.prefix(Self.batch))
            state.waiting.removeFirst(batch.count)
            return (batch, state.fault)
        }
    }

    /// Nobody is answered before the commit, not even who is refused: the refusal may rest on a neighbour's uncommitted row.
    private func commit(_ batch: [Unit], _ db: Database) {
        var answers: [@Sendable () -> Void] = []
        do {
            try db.inTransaction(.immediate) {
                for unit in batch { answers.append(try answer(to: unit, db)) }
                return .commit
            }
        } catch {
            let failure = LedgerError(error)
            if failure.isFinal { state.withLock { $0.fault = failure } }
            answers = batch.map { unit in { unit.refuse(failure) } }
        }
        for answer in answers { answer() }
    }

    private func answer(to unit: Unit, _ db: Database) throws -> @Sendable () -> Void {
        do {
            try db.run("SAVEPOINT unit")
            let acknowledge = try unit.work(db)
            try db.run("RELEASE unit")
            return acknowledge
        } catch {
            let failure = LedgerError(error)
            // SQLite ends the transaction itself on some failures, and then every unit of it is gone.
            guard failure.isOfOneUnit, db.isInsideTransaction else { throw error }
            try db.run("ROLLBACK TO unit")
            try db.run("RELEASE unit")
            return { unit.refuse(failure) }
        }
    }
}
