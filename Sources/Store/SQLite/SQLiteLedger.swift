import Exchange
import GRDB
import Telephony

/// The ledger in one SQLite file: written ahead and synced before a method returns, read concurrently.
public struct SQLiteLedger: Ledger {
    let pool: DatabasePool
    let writer: GroupCommit
    let known: KnownDamage
    let clockSteps = SharedClockSteps()
    /// What opening it changed about its schema; nil where that was up to date, or nothing was kept.
    public let schemaStep: SchemaStep?

    /// Opens the file, makes it when there is none, and brings its schema up to date. `busyBudget` is how long a call waits for
    /// another process that holds the lock; `older` is what becomes of a file of an older schema.
    public init(path: String, busyBudget: Duration = .seconds(5), _ older: OlderSchema = .replaced) throws(LedgerError) {
        do {
            (pool, schemaStep) = try LedgerFile.open(path, busyBudget: busyBudget, older)
            known = KnownDamage(try pool.read { try Tables(db: $0).knownDamage() })
        } catch {
            throw LedgerError(error)
        }
        writer = GroupCommit(pool)
    }

    /// Waits for what runs and lets go of the file, with all of it in one place where nobody else reads it. Calls after it fail.
    public func close() throws(LedgerError) {
        do {
            pool.writeWithoutTransaction { db in _ = try? db.checkpoint(.truncate) }
            try pool.close()
        } catch {
            throw LedgerError(error)
        }
    }

    func write<Value: Sendable>(
        _ precedence: Precedence = .consequence, _ work: @escaping @Sendable (Tables) throws -> Value
    ) async throws(LedgerError) -> Value {
        do {
            let (value, damaged) = try await writer.perform(precedence) { [clockSteps] db in
                let damage = DamageNotes()
                return (try work(Tables(db: db, noting: damage, clockSteps: clockSteps)), damage.rows)
            }
            await note(damaged)
            return value
        } catch {
            await note(error)
            throw error
        }
    }

    func read<Value: Sendable>(_ work: @escaping @Sendable (Tables) throws -> Value) async throws(LedgerError) -> Value {
        // Not `pool.read`, which a caller's cancellation interrupts.
        let result: Result<(Value, Set<DamagedRow>), LedgerError> = await withCheckedContinuation { continuation in
            pool.asyncRead { access in
                let damage = DamageNotes()
                let answer = Result { (try work(Tables(db: try access.get(), noting: damage)), damage.rows) }
                continuation.resume(returning: answer.mapError(LedgerError.init))
            }
        }
        switch result {
        case .success(let (value, damaged)):
            await note(damaged)
            return value
        case .failure(let error):
            await note(error)
            throw error
        }
    }

    private func note(_ error: LedgerError) async {
        if case .unusable = error { await note([DamagedRow(table: .file, key: "pages")]) }
    }

    /// Writes down what was found for the first time. What cannot be written is known until the process ends, and found again after it.
    private func note(_ damaged: Set<DamagedRow>) async {
        guard !damaged.isEmpty else { return }
        let new = known.add(damaged)
        guard !new.isEmpty else { return }
        _ = try? await writer.perform { try Tables(db: $0).writeDown(new) }
    }
}

extension SQLiteLedger {
    public func probe() async throws(LedgerError) {
        try await write { try $0.db.run("UPDATE directory SET version = version") }
    }

    public func health() async -> Health {
        if let refusal = writer.refusal {
            let isPassing = if case .busy = refusal { true } else { false }
            return Health(isPassing ? .impaired : .down, "\(refusal) Nothing new is accepted.")
        }
        let damaged = known.rows
        guard !damaged.isEmpty else { return Health(.working, "Every write is on the disk before it is answered.") }
        let rows = damaged.count { $0.table != .log }
        let sentences =
            lostWrites.prefix(1) + (rows > 0 ? ["\(rows) stored rows are damaged and kept aside; 'homeline check --ledger' names them."] : [])
        return Health(.impaired, sentences.joined(separator: " "), facts: ["damaged": "\(damaged.count)"])
    }

    /// What the owner is to be told once: of each time at which the end of the log was found damaged, the latest first.
    public var lostWrites: [String] { known.rows.filter { $0.table == .log }.map(\.sentence).sorted(by: >) }
}
