import Exchange
import GRDB
import Telephony

extension Tables {
    private static let columns = "hash, series, person, started_at, seen_at, renewed_at, ends_at, confirmed_at, browser, place"

    private func signIn(_ row: Row) throws -> SignIn {
        try SignIn(
            hash: row.column(0), series: row.column(1), person: PersonID(row.column(2)), startedAt: row.instant(3), seenAt: row.instant(4),
            renewedAt: row.instant(5), endsAt: row.optionalInstant(6), confirmedAt: row.optionalInstant(7), browser: row.column(8), place: row.column(9))
    }

    func save(_ signIn: SignIn) throws {
        try requireAccount(of: signIn.person)
        try db.run(
            "INSERT INTO sign_in (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", signIn.hash, signIn.series, signIn.person.name,
            signIn.startedAt.milliseconds, signIn.seenAt.milliseconds, signIn.renewedAt.milliseconds, signIn.endsAt?.milliseconds,
            signIn.confirmedAt?.milliseconds, signIn.browser, signIn.place)
    }

    func save(_ signIn: SignIn, provenBy password: String) throws {
        let isStill = try db.integer("SELECT 1 FROM account WHERE person = ? AND password = ?", signIn.person.name, password) != nil
        guard isStill else { throw LedgerError.conflict("there is no account \(signIn.person) as it was") }
        try save(signIn)
    }

    func noteSeen(_ hash: String, at: Instant, place: String) throws -> Bool {
        try db.run("UPDATE sign_in SET seen_at = ?, place = ? WHERE hash = ?", at.milliseconds, place, hash)
        return db.changesCount == 1
    }

    func requireAccount(of person: PersonID) throws {
        let exists = try db.integer("SELECT 1 FROM account WHERE person = ?", person.name) != nil
        guard exists else { throw LedgerError.conflict("there is no account \(person)") }
    }

    func signIn(_ hash: String) throws -> SignIn? {
        try db.first("SELECT \(Self.columns) FROM sign_in WHERE hash = ?", hash, read: signIn)
    }

    func signIns(of person: PersonID) throws -> [SignIn] {
        // Of each series the secret that is in use: the one made last.
        try db.rows(
            """
            SELECT \(Self.columns) FROM sign_in AS s WHERE person = ?
                AND NOT EXISTS (SELECT 1 FROM sign_in AS later WHERE later.series = s.series AND (later.renewed_at, later.hash) > (s.renewed_at, s.hash))
            ORDER BY seen_at DESC, hash
            """, person.name, read: signIn)
    }

    func renew(_ signIn: SignIn, replacing hash: String, until end: Instant) throws {
        try db.run("UPDATE sign_in SET ends_at = min(?, ifnull(ends_at, ?)) WHERE hash = ?", end.milliseconds, end.milliseconds, hash)
        guard db.changesCount == 1 else { throw LedgerError.conflict("this browser is signed out") }
        try save(signIn)
        // It is the same browser: what called it by the old secret does not end with that.
        try db.run("UPDATE push_subscription SET sign_in = ? WHERE sign_in = ?", signIn.hash, hash)
    }

    func end(_ series: String, of person: PersonID) throws -> Bool {
        try db.run("DELETE FROM sign_in WHERE series = ? AND person = ?", series, person.name)
        return db.changesCount > 0
    }

    func endSignIns(of person: PersonID, but series: String?) throws {
        try db.run("DELETE FROM sign_in WHERE person = ? AND series <> ?", person.name, series ?? "")
    }

    func tokenUses() throws -> [String: Instant] {
        let uses = try db.rows("SELECT name, used_at FROM token_use") { try ($0.column(0) as String, $0.instant(1)) }
        return Dictionary(uses) { $1 }
    }

    func noteUse(ofToken name: String, at: Instant) throws {
        try db.run(
            """
            INSERT INTO token_use (name, used_at) SELECT name, ? FROM token WHERE name = ?
            ON CONFLICT (name) DO UPDATE SET used_at = excluded.used_at
            """, at.milliseconds, name)
    }
}
