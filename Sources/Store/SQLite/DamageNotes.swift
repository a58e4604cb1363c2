import Synchronization

/// The damaged rows that one transaction met; written to the ledger once it is over.
final class DamageNotes {
    private(set) var rows: Set<DamagedRow> = []

    func add(_ table: DamagedRow.Table, _ key: some CustomStringConvertible) {
        rows.insert(DamagedRow(table: table, key: key.description))
    }
}

/// The damaged rows that are known, so that each is written down once.
final class KnownDamage: Sendable {
    private let found: Mutex<Set<DamagedRow>>

    init(_ rows: Set<DamagedRow>) { found = Mutex(rows) }

    var rows: Set<DamagedRow> { found.withLock { $0 } }
    var count: Int { found.withLock { $0.count } }

    /// Takes rows over; returns those that are new.
    func add(_ rows: Set<DamagedRow>) -> Set<DamagedRow> {
        found.withLock { found in
            defer { found.formUnion(rows) }
            return rows.subtracting(found)
        }
    }
}
