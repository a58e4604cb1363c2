import Exchange
import GRDB
import Telephony

/// What a look at every row of the file found.
public struct LedgerAudit: Hashable, Sendable {
    /// What is wrong, a sentence each; none tells a message's text.
    public let faults: [String]
    /// Messages that are whole.
    public let messages: Int
}

extension SQLiteLedger {
    /// Reads the whole file: SQLite's own check of its structure, then every row's sum. Takes seconds for a million messages, beside a
    /// running daemon too. What it finds damaged is set aside, as if it had been met by chance.
    public func audit() async throws(LedgerError) -> LedgerAudit {
        let (structure, messages) = try await read { tables in (tables.structuralFaults() + tables.schemaFaults(), tables.readAll()) }
        let rows = known.rows.map(\.sentence)
        return LedgerAudit(faults: structure + rows.sorted(), messages: messages)
    }
}

extension Tables {
    /// At most this many sentences of SQLite's.
    private static let faultLimit = 20

    fileprivate func structuralFaults() -> [String] {
        do {
            let faults = try db.rows("PRAGMA integrity_check(\(Self.faultLimit))") { try $0.column(0) as String }.filter { $0 != "ok" }
            let strays = try db.rows("PRAGMA foreign_key_check") { try $0.column(0) as String }
            return faults.map { "SQLite: \($0)" } + Set(strays).sorted().map { "A row of \($0) belongs to one that is not there." }
        } catch {
            return ["\(LedgerError(error))"]
        }
    }

    /// Compares the schema with that of a fresh ledger.
    fileprivate func schemaFaults() -> [String] {
        do {
            let fresh = try DatabaseQueue()
            try Migration.migrator.migrate(fresh)
            let expected = try fresh.read { try Tables(db: $0).schema() }
            return try schema() == expected ? [] : ["The schema is not what it was made as."]
        } catch {
            return ["\(LedgerError(error))"]
        }
    }

    private func schema() throws -> [String] {
        try db.rows("SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name") { row in
            try [row.column(0) as String, row.column(1), row.column(2), row.column(3)].joined(separator: " ")
        }
    }

    /// Reads every row that has a sum, which notes the damaged ones; returns how many messages are whole. A table that cannot be read to its
    /// end is told by the structural check.
    fileprivate func readAll() -> Int {
        let messages = numbers("SELECT id FROM message").count { read(.message, $0, message(number:)) }
        for number in numbers("SELECT id FROM receipt") { _ = read(.receipt, number, receipt(number:)) }
        for number in numbers("SELECT id FROM delivery") { _ = read(.delivery, number, delivery(number:)) }
        for number in numbers("SELECT DISTINCT delivery FROM segment") { _ = read(.segment, number, acceptedSegments(of:)) }
        _ = try? retrievals()
        for queue in wrongQueues() { damage.add(.queue, queue) }
        _ = try? persons()
        _ = try? bindings(now: Instant(milliseconds: .min))
        _ = try? tokens()
        try? readContacts()
        _ = try? blocks()
        for account in (try? accounts()) ?? [] { _ = try? passkeys(of: account.person) }
        return messages
    }

    /// Whether the row is whole.
    private func read<Value>(_ table: DamagedRow.Table, _ number: Int64, _ read: (Int64) throws -> Value) -> Bool {
        do { return try whole(table, number) { try read(number) } != nil } catch { return false }
    }

    /// Queues whose head is not the one that is next, or is not due when that is.
    private func wrongQueues() -> [Int64] {
        numbers(
            """
            SELECT q.id FROM queue q LEFT JOIN delivery d ON d.id = q.head
            WHERE q.head IS NOT NULL AND (
                d.queue IS NOT q.id OR d.state NOT IN ('pending', 'claimed')
                OR q.due IS NOT CASE d.state WHEN 'pending' THEN min(d.due, d.expires) END)
            """)
            + numbers(
                """
                SELECT DISTINCT q.id FROM delivery d INDEXED BY delivery_open JOIN queue q ON q.id = d.queue
                WHERE d.state IN ('pending', 'claimed') AND q.head IS NULL
                """)
    }

    private func numbers(_ sql: String) -> [Int64] {
        (try? db.rows(sql) { try $0.column(0) as Int64 }) ?? []
    }
}
