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
            if before != account.password { try endWhatAnotherPasswordLetIn(account.person, but: signIn) }
        } else {
            try db.run(
                "INSERT OR IGNORE INTO read_mark (person, conversation, message) SELECT ?, id, last FROM conversation", account.person.name)
        }
    }

    func change(passwordOf person: PersonID, from old: String, to new: String, keeping signIn: String?) throws {
        try change(person, where: { $0.password == old }) { $0.with(password: new) }
        try endWhatAnotherPasswordLetIn(person, but: signIn)
    }

    func save(timeZone: String, of person: PersonID) throws {
        try change(person, where: { _ in true }) { $0.with(timeZone: timeZone) }
    }

    /// Changes an account as it is now: whoever asked may know it as it was long ago.
    private func change(_ person: PersonID, where isExpected: (Account) -> Bool, _ edit: (Account) -> Account) throws {
        let found = try db.first("SELECT person, role, password, time_zone, created_at, checksum FROM account WHERE person = ?", person.name) { row in
            try whole(.account, person.name) { try account(row) }
        }
        guard let before = found ?? nil, isExpected(before) else { throw LedgerError.conflict("there is no account \(person) as it was") }
        let after = edit(before)
        try db.run(
            "UPDATE account SET password = ?, time_zone = ?, checksum = ? WHERE person = ?", after.password, after.timeZone, Checksum(of: after).column,
            person.name)
    }

    /// Browsers, and the link that one of them may have made: its holder would choose the next password.
    private func endWhatAnotherPasswordLetIn(_ person: PersonID, but hash: String?) throws {
        try db.run("DELETE FROM sign_in WHERE person = ? AND hash <> ?", person.name, hash ?? "")
        try forgetInvitation(of: person)
    }

    func removeAccount(of person: PersonID) throws -> Bool {
        try forgetInvitation(of: person)
        try db.run("DELETE FROM account WHERE person = ?", person.name)
        guard db.changesCount > 0 else { return false }
        try forgetBelongings(ofNobody: person)
        return true
    }

    /// A link that nobody followed yet would let its holder in again.
    func forgetInvitation(of person: PersonID) throws { try db.run("DELETE FROM invitation WHERE person = ?", person.name) }

    func save(_ invitation: Invitation, now: Instant) throws {
        try db.run("DELETE FROM invitation WHERE expires_at <= ?", now.milliseconds)
        if let person = invitation.person { try forgetInvitation(of: person) }
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
        let isOpen = try db.integer("SELECT 1 FROM invitation WHERE hash = ? AND person IS NULL", invitation) != nil
        guard try !isOpen || isFree(account) else { throw LedgerError.conflict("\(account.person) is somebody already") }
        try db.run("DELETE FROM invitation WHERE hash = ? AND expires_at > ?", invitation, now.milliseconds)
        guard db.changesCount == 1 else { throw LedgerError.conflict("the invitation was used or has expired") }
        try save(account, keeping: nil)
    }

    /// Whether nobody has the name of an account that is to be made. An owner sees every line anyway, and may have the name that their apps have.
    private func isFree(_ account: Account) throws -> Bool {
        let name = account.person.name
        guard try db.integer("SELECT 1 FROM account WHERE person = ?", name) == nil else { return false }
        return try account.role == .owner || db.integer("SELECT 1 FROM person WHERE id = ?", name) == nil
    }

    func signOut(_ hash: String) throws { try db.run("DELETE FROM sign_in WHERE hash = ?", hash) }

    func signOut(seenBefore: Instant, startedBefore: Instant) throws {
        try db.run("DELETE FROM sign_in WHERE seen_at < ? OR started_at < ?", seenBefore.milliseconds, startedBefore.milliseconds)
    }
}
