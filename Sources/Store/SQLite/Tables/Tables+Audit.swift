import GRDB
import Telephony

extension Tables {
    /// Entries that are kept.
    static let auditLimit: Int64 = 100_000

    func note(_ entry: AuditEntry) throws {
        try db.run(
            "INSERT INTO audit (at, act, person, place, about) VALUES (?, ?, ?, ?, ?)", entry.at.milliseconds, entry.act.rawValue, entry.person?.name,
            entry.place, entry.about)
        try db.run("DELETE FROM audit WHERE sequence <= ?", db.lastInsertedRowID - Self.auditLimit)
    }

    func auditEntries(before: Int64?, limit: Int) throws -> [AuditEntry] {
        let found = try db.rows(
            "SELECT sequence, at, act, person, place, about FROM audit WHERE sequence < ? ORDER BY sequence DESC LIMIT ?", before ?? .max, max(0, limit)
        ) { row in
            // What a later release wrote down is not shown by this one.
            try AuditEntry.Act(rawValue: row.column(2)).map { act in
                try AuditEntry(
                    sequence: row.column(0), at: row.instant(1), act: act, person: (row.column(3) as String?).map(PersonID.init(_:)), place: row.column(4),
                    about: row.column(5))
            }
        }
        return found.compactMap(\.self)
    }
}
