import Exchange
import GRDB
import Telephony

extension Tables {
    func codeSecret(of person: PersonID) throws -> CodeSecret? {
        try db.first("SELECT sealed, created_at, confirmed_at, last_step FROM code_secret WHERE person = ?", person.name) { row in
            try CodeSecret(
                person: person, sealed: row.column(0), createdAt: row.instant(1), confirmedAt: row.optionalInstant(2), lastStep: row.column(3))
        }
    }

    func save(_ secret: CodeSecret) throws {
        try requireAccount(of: secret.person)
        try db.run(
            "INSERT OR REPLACE INTO code_secret (person, sealed, created_at, confirmed_at, last_step) VALUES (?, ?, ?, ?, ?)", secret.person.name,
            secret.sealed, secret.createdAt.milliseconds, secret.confirmedAt?.milliseconds, secret.lastStep)
    }

    func confirmCodes(of person: PersonID, step: Int64, recoveryCodes: [String], at: Instant) throws {
        try db.run(
            "UPDATE code_secret SET confirmed_at = ?, last_step = ? WHERE person = ? AND confirmed_at IS NULL", at.milliseconds, step, person.name)
        guard db.changesCount == 1 else { throw LedgerError.conflict("there is no secret to confirm") }
        try save(recoveryCodes: recoveryCodes, of: person)
    }

    func useStep(_ step: Int64, of person: PersonID) throws -> Bool {
        try db.run("UPDATE code_secret SET last_step = ? WHERE person = ? AND last_step < ?", step, person.name, step)
        return db.changesCount == 1
    }

    func removeCodes(of person: PersonID) throws -> Bool {
        try db.run("DELETE FROM recovery_code WHERE person = ?", person.name)
        try db.run("DELETE FROM code_secret WHERE person = ?", person.name)
        return db.changesCount == 1
    }

    func save(recoveryCodes: [String], of person: PersonID) throws {
        try requireAccount(of: person)
        try db.run("DELETE FROM recovery_code WHERE person = ?", person.name)
        for hash in recoveryCodes { try db.run("INSERT INTO recovery_code (person, hash) VALUES (?, ?)", person.name, hash) }
    }

    func useRecoveryCode(_ hash: String, of person: PersonID) throws -> Bool {
        try db.run("DELETE FROM recovery_code WHERE person = ? AND hash = ?", person.name, hash)
        return db.changesCount == 1
    }

    func recoveryCodes(of person: PersonID) throws -> Int {
        Int(try db.integer("SELECT count(*) FROM recovery_code WHERE person = ?", person.name) ?? 0)
    }
}

extension Tables {
    private static let columns = "id, person, handle, key, site, name, count, created_at, used_at, checksum"

    private func passkey(_ row: Row) throws -> Passkey {
        let passkey = try Passkey(
            id: row.column(0), person: PersonID(row.column(1)), handle: row.column(2), key: row.column(3), site: row.column(4), name: row.column(5),
            count: row.column(6), createdAt: row.instant(7), usedAt: row.optionalInstant(8))
        guard try row.column(9) == Checksum(of: passkey).column else { throw Damage() }
        return passkey
    }

    func passkeys(of person: PersonID) throws -> [Passkey] {
        let found = try db.rows("SELECT \(Self.columns) FROM passkey WHERE person = ? ORDER BY created_at, id", person.name) { row in
            try whole(.passkey, person.name) { try passkey(row) }
        }
        return found.compactMap(\.self)
    }

    func passkey(_ id: [UInt8]) throws -> Passkey? {
        let found = try db.first("SELECT \(Self.columns) FROM passkey WHERE id = ?", id) { row in
            try whole(.passkey, (try? row.column(1) as String) ?? "") { try passkey(row) }
        }
        return found ?? nil
    }

    func add(_ passkey: Passkey) throws {
        try requireAccount(of: passkey.person)
        let isKnown = try db.integer("SELECT 1 FROM passkey WHERE id = ?", passkey.id) != nil
        guard !isKnown else { throw LedgerError.conflict("this passkey is known already") }
        try db.run(
            "INSERT INTO passkey (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", passkey.id, passkey.person.name, passkey.handle, passkey.key,
            passkey.site, passkey.name, passkey.count, passkey.createdAt.milliseconds, passkey.usedAt?.milliseconds, Checksum(of: passkey).column)
    }

    func accept(_ invitation: String, as account: Account, with passkey: Passkey, now: Instant) throws {
        try accept(invitation, as: account, now: now)
        try add(passkey)
    }

    func usePasskey(_ id: [UInt8], count: UInt32, at: Instant) throws {
        try db.run("UPDATE passkey SET count = max(count, ?), used_at = ? WHERE id = ?", count, at.milliseconds, id)
    }

    func renamePasskey(_ id: [UInt8], of person: PersonID, to name: String) throws -> Bool {
        try db.run("UPDATE passkey SET name = ? WHERE id = ? AND person = ?", name, id, person.name)
        return db.changesCount == 1
    }

    func removePasskey(_ id: [UInt8], of person: PersonID) throws -> Bool {
        try db.run("DELETE FROM passkey WHERE id = ? AND person = ?", id, person.name)
        return db.changesCount == 1
    }
}
