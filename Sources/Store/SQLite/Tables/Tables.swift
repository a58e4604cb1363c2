import Exchange
import GRDB
import Telephony

/// The ledger's tables within one transaction. Its methods are the SQL of the port's, a file for each kind of row.
struct Tables {
    let db: Database
    /// Takes note of rows that were passed over.
    let damage: DamageNotes
    let clockSteps: SharedClockSteps

    init(db: Database, noting damage: DamageNotes = DamageNotes(), clockSteps: SharedClockSteps = SharedClockSteps()) {
        self.db = db
        self.damage = damage
        self.clockSteps = clockSteps
    }

    func number<Subject>(of id: Identifier<Subject>, in table: StaticString) throws -> Int64? {
        try db.integer("SELECT id FROM \(table) WHERE ulid = ?", id.description)
    }

    func messageNumber(_ id: MessageID) throws -> Int64 {
        guard let number = try number(of: id, in: "message") else { throw LedgerError.conflict("there is no message \(id)") }
        return number
    }
}
