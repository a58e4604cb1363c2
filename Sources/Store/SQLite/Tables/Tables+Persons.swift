import Exchange
import GRDB
import Telephony

extension Tables {
    func save(_ person: Person) throws {
        try endRegistrations(byAnotherPasswordThan: person)
        try db.run(
            """
            INSERT INTO person (id, lines, realm, ha1_md5, ha1_sha256, checksum) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                lines = excluded.lines, realm = excluded.realm, ha1_md5 = excluded.ha1_md5, ha1_sha256 = excluded.ha1_sha256,
                checksum = excluded.checksum
            """,
            person.id.name, ColumnText.encode(list: person.lines.map(\.name)), person.credentials.realm, person.credentials.ha1MD5,
            person.credentials.ha1SHA256, Checksum(of: person).column)
    }

    func change(linesOf person: PersonID, to lines: [LineID]) throws {
        let before = try known(person)
        try save(Person(id: person, lines: lines, credentials: before.credentials))
    }

    func change(credentialsOf person: PersonID, to credentials: SIPCredentials) throws {
        let before = try known(person)
        try save(Person(id: person, lines: before.lines, credentials: credentials))
    }

    /// A person as they are now: whoever changes something of them may know them as they were long ago.
    private func known(_ person: PersonID) throws -> Person {
        let found = try db.first("SELECT id, lines, realm, ha1_md5, ha1_sha256, checksum FROM person WHERE id = ?", person.name) { row in
            try whole(.person, person.name) { try self.person(row) }
        }
        guard let known = found ?? nil else { throw LedgerError.conflict("there is no person \(person)") }
        return known
    }

    /// Apps with a password of their own do not mind.
    private func endRegistrations(byAnotherPasswordThan person: Person) throws {
        let credentials = person.credentials
        try db.run(
            """
            DELETE FROM binding WHERE device IN (
                SELECT d.id FROM device d JOIN person p ON p.id = d.person
                WHERE p.id = ? AND d.password IS NULL AND NOT (p.realm = ? AND p.ha1_md5 = ? AND p.ha1_sha256 = ?))
            """, person.id.name, credentials.realm, credentials.ha1MD5, credentials.ha1SHA256)
    }

    func remove(_ person: PersonID, now: Instant) throws {
        try db.run("DELETE FROM person WHERE id = ?", person.name)
        guard db.changesCount == 1 else { throw LedgerError.conflict("there is no person \(person)") }
        try forgetInvitation(of: person)
        try db.run("DELETE FROM held WHERE person = ?", person.name)
        try giveUp(person: person, now: now)
        try forgetBelongings(ofNobody: person)
    }

    /// Who neither has apps nor signs in lives here no longer: whoever comes by the same name gets nobody's address book, drafts or blocks.
    func forgetBelongings(ofNobody person: PersonID) throws {
        let isSomebody = try db.integer("SELECT 1 FROM person WHERE id = ?1 UNION ALL SELECT 1 FROM account WHERE person = ?1 LIMIT 1", person.name) != nil
        guard !isSomebody else { return }
        try db.run("DELETE FROM block WHERE scope = 'person' AND owner = ?", person.name)
        try db.run("DELETE FROM contact WHERE owner = ?", person.name)
        for table in ["held", "shelf", "read_mark", "personal_settings"] { try db.run("DELETE FROM \(table) WHERE person = ?", person.name) }
    }

    func persons() throws -> [Person] {
        let found = try db.rows("SELECT id, lines, realm, ha1_md5, ha1_sha256, checksum FROM person ORDER BY id") { row in
            try whole(.person, try row.column(0) as String) { try person(row) }
        }
        return found.compactMap(\.self)
    }

    private func person(_ row: Row) throws -> Person {
        let person = try Person(
            id: PersonID(row.column(0)), lines: ColumnText.decode(list: row.column(1)).map(LineID.init(_:)),
            credentials: SIPCredentials(realm: row.column(2), ha1MD5: row.column(3), ha1SHA256: row.column(4)),
            apps: appPasswords(of: PersonID(row.column(0))))
        guard try row.column(5) == Checksum(of: person).column else { throw Damage() }
        return person
    }

    func subscribers(_ selection: SubscriberSelection) throws -> [Subscriber] {
        let names: Names
        let condition: String
        switch selection {
        case .all:
            names = Names([])
            condition = "1"
        case .line(let line):
            names = Names([line.name])
            // The list's items are each ended by a line feed, which no name of a line has.
            condition = "instr(char(10) || p.lines, char(10) || ? || char(10)) > 0"
        case .persons(let persons):
            names = Names(persons.map(\.name))
            condition = "p.id IN (\(names.places))"
        }
        let rows = try db.rows(
            """
            SELECT p.id, p.lines, p.realm, p.ha1_md5, p.ha1_sha256, p.checksum, d.name
            FROM person p LEFT JOIN device d ON d.person = p.id WHERE \(condition) ORDER BY p.id, d.id
            """, names
        ) { row in
            try whole(.person, try row.column(0) as String) { try (person: person(row), device: row.column(6) as String?) }
        }
        return Dictionary(grouping: rows.compactMap(\.self), by: \.person).sorted { $0.key.id < $1.key.id }.map { person, rows in
            Subscriber(person: person.id, lines: person.lines, devices: rows.compactMap { $0.device.map(DeviceID.init(_:)) })
        }
    }

    func save(_ binding: Binding) throws {
        try db.run(
            """
            INSERT INTO device (person, name, user_agent, contact, flow, seen_at, password) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (person, name) DO UPDATE SET
                user_agent = excluded.user_agent, contact = excluded.contact, flow = excluded.flow, seen_at = excluded.seen_at,
                password = excluded.password
            """,
            binding.person.name, binding.device.name, binding.userAgent, binding.contact, binding.flow, binding.registeredAt.milliseconds,
            binding.password?.description)
        try db.run(
            """
            INSERT INTO binding (device, contact, path, flow, call_id, cseq, user_agent, registered_at, expires_at, checksum)
            SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM device WHERE person = ? AND name = ?
            ON CONFLICT (device) DO UPDATE SET
                contact = excluded.contact, path = excluded.path, flow = excluded.flow, call_id = excluded.call_id, cseq = excluded.cseq,
                user_agent = excluded.user_agent, registered_at = excluded.registered_at, expires_at = excluded.expires_at,
                checksum = excluded.checksum
            """,
            binding.contact, ColumnText.encode(list: binding.path), binding.flow, binding.callID, binding.cseq, binding.userAgent,
            binding.registeredAt.milliseconds, binding.expiresAt.milliseconds, Checksum(of: binding).column, binding.person.name, binding.device.name)
    }

    func unregister(_ person: PersonID, _ device: DeviceID) throws {
        try db.run(
            "DELETE FROM binding WHERE device = (SELECT id FROM device WHERE person = ? AND name = ?)", person.name, device.name)
    }

    func bindings(now: Instant) throws -> [Binding] {
        let found = try db.rows(
            """
            SELECT d.person, d.name, b.contact, b.path, b.flow, b.call_id, b.cseq, b.user_agent, b.registered_at, b.expires_at,
                b.checksum, d.id, d.password
            FROM binding b JOIN device d ON d.id = b.device WHERE b.expires_at > ? ORDER BY d.id
            """, now.milliseconds
        ) { row in try whole(.binding, try row.column(11) as Int64) { try binding(row) } }
        return found.compactMap(\.self)
    }

    private func binding(_ row: Row) throws -> Binding {
        let binding = try Binding(
            person: PersonID(row.column(0)), device: DeviceID(row.column(1)), contact: row.column(2),
            path: ColumnText.decode(list: row.column(3)), flow: row.column(4), callID: row.column(5), cseq: row.column(6),
            userAgent: row.column(7), registeredAt: row.instant(8), expiresAt: row.instant(9), password: row.optionalIdentifier(12))
        guard try row.column(10) == Checksum(of: binding).column else { throw Damage() }
        return binding
    }

    func devices(of person: PersonID) throws -> [DeviceID] {
        try db.rows("SELECT name FROM device WHERE person = ? ORDER BY id", person.name) { try DeviceID($0.column(0)) }
    }

    func forget(_ person: PersonID, _ device: DeviceID, now: Instant) throws {
        let password = try db.first("SELECT password FROM device WHERE person = ? AND name = ?", person.name, device.name) {
            try $0.column(0) as String?
        }
        try db.run("DELETE FROM device WHERE person = ? AND name = ?", person.name, device.name)
        if let password { try db.run("DELETE FROM app_password WHERE id = ? AND id NOT IN (SELECT password FROM device WHERE password IS NOT NULL)", password) }
        try giveUp(person: person, device: device, now: now)
    }

    func save(_ token: Token) throws {
        try db.run(
            """
            INSERT INTO token (name, hash, scopes, created_at, expires_at, checksum) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                hash = excluded.hash, scopes = excluded.scopes, created_at = excluded.created_at, expires_at = excluded.expires_at,
                checksum = excluded.checksum
            """,
            token.name, token.hash, ColumnText.encode(list: token.scopeNames), token.createdAt.milliseconds,
            token.expiresAt?.milliseconds, Checksum(of: token).column)
    }

    func removeToken(named name: String) throws -> Bool {
        try db.run("DELETE FROM token WHERE name = ?", name)
        return db.changesCount > 0
    }

    func tokens() throws -> [Token] {
        let found = try db.rows("SELECT name, hash, scopes, created_at, expires_at, checksum FROM token ORDER BY name") { row in
            try whole(.token, try row.column(0) as String) { try token(row) }
        }
        return found.compactMap(\.self)
    }

    private func token(_ row: Row) throws -> Token {
        let token = try Token(
            name: row.column(0), hash: row.column(1),
            scopes: Set(ColumnText.decode(list: row.column(2)).compactMap(Token.Scope.init(rawValue:))),
            createdAt: row.instant(3), expiresAt: row.optionalInstant(4))
        guard try row.column(5) == Checksum(of: token).column else { throw Damage() }
        return token
    }

    func directoryVersion() throws -> Int64 { try db.integer("SELECT version FROM directory") ?? 0 }
}
