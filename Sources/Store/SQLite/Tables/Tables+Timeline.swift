import Exchange
import GRDB
import Telephony

extension Tables {
    func enter(
        _ kind: TimelineEntry.Kind, at: Instant, message: Int64? = nil, delivery: Int64? = nil, receipt: Int64? = nil, _ detail: String
    ) throws {
        try db.run(
            "INSERT INTO entry (at, kind, message, delivery, receipt, detail) VALUES (?, ?, ?, ?, ?, ?)",
            [at.milliseconds, kind.rawValue, message, delivery, receipt, detail])
    }

    func timeline(_ message: MessageID) throws -> [TimelineEntry] {
        try db.rows(Self.entries + "WHERE e.message = (SELECT id FROM message WHERE ulid = ?) ORDER BY e.sequence", [message.description], entry)
    }

    func entries(after sequence: Int64, limit: Int) throws -> [TimelineEntry] {
        try db.rows(Self.entries + "WHERE e.sequence > ? ORDER BY e.sequence LIMIT ?", [sequence, max(0, limit)], entry)
    }

    func lastEntry() throws -> Int64 { try db.integer("SELECT max(sequence) FROM entry") ?? 0 }

    private static let entries = """
        SELECT e.sequence, e.at, e.kind, m.ulid, d.ulid, e.detail
        FROM entry e LEFT JOIN message m ON m.id = e.message LEFT JOIN delivery d ON d.id = e.delivery

        """

    private func entry(_ row: Row) throws -> TimelineEntry {
        TimelineEntry(
            sequence: row[0], at: row.instant(1), kind: try row.value(2), message: row[3] == nil ? nil : try row.identifier(3),
            delivery: row[4] == nil ? nil : try row.identifier(4), detail: row[5])
    }
}
