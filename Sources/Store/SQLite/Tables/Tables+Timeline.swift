import Exchange
import GRDB
import Telephony

extension Tables {
    func enter(
        _ kind: TimelineEntry.Kind, at: Instant, message: Int64? = nil, delivery: Int64? = nil, receipt: Int64? = nil, _ detail: String
    ) throws {
        try db.run(
            """
            INSERT INTO entry (sequence, at, kind, message, delivery, receipt, detail)
            VALUES (max(ifnull((SELECT max(sequence) FROM entry), 0), (SELECT entry FROM forgotten)) + 1, ?, ?, ?, ?, ?, ?)
            """,
            at.milliseconds, kind.rawValue, message, delivery, receipt, detail)
    }

    func timeline(_ message: MessageID) throws -> [TimelineEntry] {
        try entries("WHERE e.message = (SELECT id FROM message WHERE ulid = ?) ORDER BY e.sequence", message.description)
    }

    func entries(after sequence: Int64, limit: Int) throws -> [TimelineEntry] {
        try entries("WHERE e.sequence > ? ORDER BY e.sequence LIMIT ?", sequence, max(0, limit))
    }

    /// The number that was given last, also where that entry is forgotten.
    func lastEntry() throws -> Int64 {
        try db.integer("SELECT max(ifnull((SELECT max(sequence) FROM entry), 0), (SELECT entry FROM forgotten))") ?? 0
    }

    private func entries<each Value: ColumnValue>(_ condition: String, _ parameters: repeat each Value) throws -> [TimelineEntry] {
        let found = try db.rows(
            """
            SELECT e.sequence, e.at, e.kind, m.ulid, d.ulid, e.detail
            FROM entry e LEFT JOIN message m ON m.id = e.message LEFT JOIN delivery d ON d.id = e.delivery
            \(condition)
            """, repeat each parameters
        ) { row in try whole(.entry, try row.column(0) as Int64) { try entry(row) } }
        return found.compactMap(\.self)
    }

    private func entry(_ row: Row) throws -> TimelineEntry {
        try TimelineEntry(
            sequence: row.column(0), at: row.instant(1), kind: row.value(2), message: row.optionalIdentifier(3),
            delivery: row.optionalIdentifier(4), detail: row.column(5))
    }
}
