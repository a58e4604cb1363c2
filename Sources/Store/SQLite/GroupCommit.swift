import Exchange
import GRDB
import Synchronization

/// The one writer. It takes everything that arrived while the previous transaction ran into the next one, so that many callers
/// share a sync of the disk; a lone caller has one to itself.
///
/// It runs on the pool's writer queue, never in a caller's task: a caller that is cancelled or hangs up rolls nothing back.
final class GroupCommit: Sendable {
    /// Tells a caller what became of its work.
    private typealias Answer = @Sendable () -> Void

    /// A caller's part of a transaction.
    private struct Unit: Sendable {
        /// Does the work, which can be done again when the transaction was rolled back; the answer is given after the commit.
        let work: @Sendable (Database) throws -> Answer
        let refuse: @Sendable (LedgerError) -> Void
    }

    private struct State {
        var waiting = WriteQueue<Unit>()
        var isRunning = false
        /// Why the last transaction was refused as a whole; nil when it was committed.
        var refusal: LedgerError?
        /// After this nothing is written any more.
        var fault: LedgerError?
    }

    private let pool: DatabasePool
    private let state = Mutex(State())

    /// Units that may wait; more are refused, so that memory stays bounded when the disk does not keep up.
    static let capacity = 4096

    init(_ pool: DatabasePool) { self.pool = pool }

    /// Units that no transaction has taken yet.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Why nothing can be written just now, as the last transaction found out.
    var refusal: LedgerError? { state.withLock { $0.refusal } }

    /// Returns when the work is durable. Work that throws leaves no trace and does not touch what shares its transaction.
    func perform<Value: Sendable>(
        _ precedence: Precedence = .consequence, _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(LedgerError) -> Value {
        let result: Result<Value, LedgerError> = await withCheckedContinuation { continuation in
            enqueue(
                Unit(
                    work: { db in
                        let value = try work(db)
                        return { continuation.resume(returning: .success(value)) }
                    },
                    refuse: { continuation.resume(returning: .failure($0)) }), precedence)
        }
        return try result.get()
    }

    private func enqueue(_ unit: Unit, _ precedence: Precedence) {
        enum Verdict {
            case wait, start
            case refuse(LedgerError)
        }
        let verdict: Verdict = state.withLock { state in
            if let fault = state.fault { return .refuse(fault) }
            guard state.waiting.count < Self.capacity else { return .refuse(.full("\(Self.capacity) writes are waiting")) }
            state.waiting.append(unit, precedence)
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
            return (state.waiting.take(), state.fault)
        }
    }

    /// Nobody is answered before the commit, not even who is refused: the refusal may rest on a neighbour's uncommitted row.
    private func commit(_ batch: [Unit], _ db: Database) {
        for answer in answers(to: batch, db) { answer() }
    }

    private func answers(to batch: [Unit], _ db: Database) -> [Answer] {
        do {
            return accepted(try together(batch, db))
        } catch {
            let failure = LedgerError(error)
            guard failure.isOfOneUnit, batch.count > 1 else { return refusals(of: batch, failure) }
        }
        // One of them is to blame. Only now does each pay for a savepoint, which copies every page it changes.
        do {
            return accepted(try apart(batch, db))
        } catch {
            return refusals(of: batch, LedgerError(error))
        }
    }

    private func accepted(_ answers: [Answer]) -> [Answer] {
        state.withLock { $0.refusal = nil }
        return answers
    }

    private func refusals(of batch: [Unit], _ failure: LedgerError) -> [Answer] {
        var late: [Unit] = []
        state.withLock { state in
            if failure.isFinal { state.fault = failure }
            if !failure.isOfOneUnit { state.refusal = failure }
            // Who waits behind the lock has waited as long as anybody should.
            if case .busy = failure { late = state.waiting.takeAll() }
        }
        return (batch + late).map { unit in { unit.refuse(failure) } }
    }

    private func together(_ batch: [Unit], _ db: Database) throws -> [Answer] {
        var answers: [Answer] = []
        try db.inTransaction(.immediate) {
            answers = try batch.map { try $0.work(db) }
            return .commit
        }
        return answers
    }

    private func apart(_ batch: [Unit], _ db: Database) throws -> [Answer] {
        var answers: [Answer] = []
        try db.inTransaction(.immediate) {
            answers = try batch.map { try guarded($0, db) }
            return .commit
        }
        return answers
    }

    private func guarded(_ unit: Unit, _ db: Database) throws -> Answer {
        do {
            try db.run("SAVEPOINT unit")
            let answer = try unit.work(db)
            try db.run("RELEASE unit")
            return answer
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
