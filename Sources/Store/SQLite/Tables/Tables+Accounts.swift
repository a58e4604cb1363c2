import Exchange
import GRDB
import Telephony

extension Tables {
    func accounts() throws -> [Account] {
        let found = try db.rows("SELECT person, role, password, time_zone, created_at, checksum FROM account ORDER BY person") { row in
            try whole(.account, try row.column(0) as String) { try account(row) }
        }
        return found.compactMap(\.self)
    }

    private func account(_ row: Row) throws -> Account {
        let account = try Account(
            person: PersonID(row.column(0)), role: row.value(1), password: row.column(2), timeZone: row.column(3), createdAt: row.instant(4))
        guard try row.column(5) == Checksum(of: account).column else { throw Damage() }
        return account
    }

    func save(_ account: Account, keeping signIn: String?) throws {
        let before = try db.first("SELECT password FROM account WHERE person = ?", account.person.name) { try $0.column(0) as String }
        try db.run(
            """
            INSERT INTO account (person, role, password, time_zone, created_at, checksum) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (person) DO UPDATE SET
                role = excluded.role, password = excluded.password, time_zone = excluded.time_zone, created_at = excluded.created_at,
                checksum = excluded.checksum
            """,
            account.person.name, account.role.rawValue, account.password, account.timeZone, account.createdAt.milliseconds,
            Checksum(of: account).column)
        if let before {
            guard before != account.password else { return }
            try db.run("DELETE FROM sign_in WHERE person = ? AND hash <> ?", account.person.name, signIn ?? "")
        } else {
            try db.run(
                "INSERT OR IGNORE INTO read_mark (person, conversation, message) SELECT ?, id, last FROM conversation", account.person.name)
        }
    }

    func removeAccount(of person: PersonID) throws -> Bool {
        try db.run("DELETE FROM account WHERE person = ?", person.name)
        return db.changesCount > 0
    }

    func save(_ invitation: Invitation, now: Instant) throws {
        try db.run("DELETE FROM invitation WHERE expires_at <= ?", now.milliseconds)
        try db.run(
            "INSERT INTO invitation (hash, person, role, expires_at) VALUES (?, ?, ?, ?)", invitation.hash, invitation.person?.name,
            invitation.role.rawValue, invitation.expiresAt.milliseconds)
    }

    func invitation(_ hash: String, now: Instant) throws -> Invitation? {
        try db.first("SELECT person, role, expires_at FROM invitation WHERE hash = ? AND expires_at > ?", hash, now.milliseconds) { row in
            try Invitation(
                hash: hash, person: (row.column(0) as String?).map(PersonID.init(_:)), role: row.value(1), expiresAt: row.instant(2))
        }
    }

    func accept(_ invitation: String, as account: Account, now: Instant) throws {
        try db.run("DELETE FROM invitation WHERE hash = ? AND expires_at > ?", invitation, now.milliseconds)
        guard db.changesCount == 1 else { throw LedgerError.conflict("the invitation was used or has expired") }
        try save(account, keeping: nil)
    }

    func signOut(_ hash: String) throws { try db.run("DELETE FROM sign_in WHERE hash = ?", hash) }

    func signOut(seenBefore: Instant, startedBefore: Instant) throws {
        try db.run("DELETE FROM sign_in WHERE seen_at < ? OR started_at < ?", seenBefore.milliseconds, startedBefore.milliseconds)
    }
}
