import Exchange
import GRDB
import Telephony

/// What persons know of their apps.
extension Tables {
    func deviceRecords(of person: PersonID) throws -> [DeviceRecord] {
        try db.rows(
            """
            SELECT d.name, d.user_agent, d.contact, d.flow, d.seen_at, b.expires_at, b.call_id, d.password
            FROM device d LEFT JOIN binding b ON b.device = d.id WHERE d.person = ? ORDER BY d.id
            """, person.name
        ) { row in
            try DeviceRecord(
                person: person, device: DeviceID(row.column(0)), userAgent: row.column(1) ?? "", contact: row.column(2) ?? "", flow: row.column(3) ?? "",
                seenAt: row.optionalInstant(4), expiresAt: row.optionalInstant(5), callID: row.column(6), password: row.optionalIdentifier(7))
        }
    }

    func appPasswords(of person: PersonID) throws -> [AppPassword] {
        let found = try db.rows(
            "SELECT id, person, label, realm, ha1_md5, ha1_sha256, created_at, checksum FROM app_password WHERE person = ? ORDER BY id", person.name
        ) { row in try whole(.appPassword, try row.column(0) as String) { try appPassword(row) } }
        return found.compactMap(\.self)
    }

    private func appPassword(_ row: Row) throws -> AppPassword {
        let password = try AppPassword(
            id: row.identifier(0), person: PersonID(row.column(1)), label: row.column(2),
            credentials: SIPCredentials(realm: row.column(3), ha1MD5: row.column(4), ha1SHA256: row.column(5)), createdAt: row.instant(6))
        guard try row.column(7) == Checksum(of: password).column else { throw Damage() }
        return password
    }

    func save(_ password: AppPassword, link: ProvisioningLink?, now: Instant) throws {
        let exists = try db.integer("SELECT 1 FROM person WHERE id = ?", password.person.name) != nil
        guard exists else { throw LedgerError.conflict("there is no person \(password.person)") }
        try forgetLinks(endedBefore: now - RuledLink.memory)
        try db.run(
            "INSERT INTO app_password (id, person, label, realm, ha1_md5, ha1_sha256, created_at, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            password.id.description, password.person.name, password.label, password.credentials.realm, password.credentials.ha1MD5,
            password.credentials.ha1SHA256, password.createdAt.milliseconds, Checksum(of: password).column)
        guard let link else { return }
        try db.run(
            "INSERT INTO provisioning_link (hash, password, expires_at, taken_at, taken_by) VALUES (?, ?, ?, ?, ?)", link.hash,
            link.password.description, link.expiresAt.milliseconds, link.taking?.at.milliseconds, link.taking?.source)
    }

    private func forgetLinks(endedBefore: Instant) throws {
        try db.run(
            """
            DELETE FROM app_password WHERE id IN (SELECT password FROM provisioning_link WHERE expires_at < ? AND taken_at IS NULL)
                AND id NOT IN (SELECT password FROM device WHERE password IS NOT NULL)
            """, endedBefore.milliseconds)
        try db.run("DELETE FROM provisioning_link WHERE expires_at < ?", endedBefore.milliseconds)
    }

    func remove(_ password: AppPassword.ID, now: Instant) throws -> Bool {
        let devices = try db.rows("SELECT person, name FROM device WHERE password = ? ORDER BY id", password.description) { row in
            (person: PersonID(try row.column(0)), device: DeviceID(try row.column(1)))
        }
        for (person, device) in devices { try forget(person, device, now: now) }
        // Forgetting its last device has taken it along.
        try db.run("DELETE FROM app_password WHERE id = ?", password.description)
        return !devices.isEmpty || db.changesCount > 0
    }

    func provisioningLink(_ hash: String, from source: String, now: Instant) throws -> RuledLink? {
        let found = try db.first(
            """
            SELECT p.id, p.person, p.label, p.realm, p.ha1_md5, p.ha1_sha256, p.created_at, p.checksum,
                l.expires_at, l.taken_at, l.taken_by, EXISTS (SELECT 1 FROM device d WHERE d.password = p.id)
            FROM provisioning_link l JOIN app_password p ON p.id = l.password WHERE l.hash = ?
            """, hash
        ) { row in
            try whole(.appPassword, try row.column(0) as String) {
                let password = try appPassword(row)
                let taking = try row.optionalInstant(9).map { try ProvisioningLink.Taking(at: $0, source: row.column(10)) }
                let link = ProvisioningLink(hash: hash, password: password.id, expiresAt: try row.instant(8), taking: taking)
                return RuledLink(link: link, password: password, ruling: link.ruling(on: source, at: now, hasArrived: try row.column(11) as Int64 > 0))
            }
        }
        return found ?? nil
    }

    func take(_ hash: String, from source: String, now: Instant) throws -> RuledLink? {
        let ruled = try provisioningLink(hash, from: source, now: now)
        if let ruled, ruled.ruling == .given, ruled.link.taking == nil {
            try db.run("UPDATE provisioning_link SET taken_at = ?, taken_by = ? WHERE hash = ?", now.milliseconds, source, hash)
        }
        return ruled
    }
}
