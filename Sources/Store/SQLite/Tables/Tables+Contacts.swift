import Exchange
import GRDB
import Telephony

extension Tables {
    private static let columns = "id, owner, uid, name, addresses, card, changed_at, checksum"

    func contacts(of owner: PersonID, matching text: String, after: Contact?, limit: Int) throws -> [Contact] {
        let found = try db.rows(
            """
            SELECT \(Self.columns) FROM contact INDEXED BY contact_sort
            WHERE owner = ?1 AND (sort, uid) > (?2, ?3) AND (?4 = '' OR instr(sort, ?4) > 0 OR instr(addresses, ?4) > 0)
            ORDER BY sort, uid LIMIT ?5
            """, owner.name, after?.sortName ?? "", after?.uid ?? "", text.lowercased(), max(0, limit)
        ) { row in try whole(.contact, try row.column(0) as Int64) { try contact(row) } }
        return found.compactMap(\.self)
    }

    func contact(_ uid: String, of owner: PersonID) throws -> Contact? {
        let found = try db.first("SELECT \(Self.columns) FROM contact WHERE owner = ? AND uid = ?", owner.name, uid) { row in
            try whole(.contact, try row.column(0) as Int64) { try contact(row) }
        }
        return found ?? nil
    }

    func save(_ contact: Contact) throws {
        let number = try db.integer(
            """
            INSERT INTO contact (owner, uid, name, sort, addresses, card, changed_at, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (owner, uid) DO UPDATE SET
                name = excluded.name, sort = excluded.sort, addresses = excluded.addresses, card = excluded.card, changed_at = excluded.changed_at,
                checksum = excluded.checksum
            RETURNING id
            """,
            contact.owner.name, contact.uid, contact.name, contact.sortName, ColumnText.encode(contact.addresses), contact.card,
            contact.changedAt.milliseconds, Checksum(of: contact).column)
        guard let number else { return }
        try db.run("DELETE FROM contact_address WHERE contact = ?", number)
        for address in Set(contact.addresses) {
            try db.run("INSERT INTO contact_address (contact, owner, address) VALUES (?, ?, ?)", number, contact.owner.name, ColumnText.encode(address))
        }
    }

    func removeContact(_ uid: String, of owner: PersonID) throws -> Bool {
        try db.run("DELETE FROM contact WHERE owner = ? AND uid = ?", owner.name, uid)
        return db.changesCount > 0
    }

    func names(of addresses: [Address], for owner: PersonID) throws -> [Address: String] {
        var names: [Address: String] = [:]
        for address in Set(addresses) {
            let name = try db.first(
                """
                SELECT c.name FROM contact_address a JOIN contact c ON c.id = a.contact WHERE a.owner = ? AND a.address = ?
                ORDER BY c.sort, c.uid LIMIT 1
                """, owner.name, ColumnText.encode(address)
            ) { try $0.column(0) as String }
            if let name { names[address] = name }
        }
        return names
    }

    private func contact(_ row: Row) throws -> Contact {
        let contact = try Contact(
            owner: PersonID(row.column(1)), uid: row.column(2), name: row.column(3), addresses: ColumnText.decode(addresses: row.column(4)),
            card: row.column(5), changedAt: row.instant(6))
        guard try row.column(7) == Checksum(of: contact).column else { throw Damage() }
        return contact
    }

    /// All, so that damaged ones are noted.
    func readContacts() throws {
        _ = try db.rows("SELECT \(Self.columns) FROM contact") { row in try whole(.contact, try row.column(0) as Int64) { try contact(row) } }
    }
}

extension Contact {
    /// By which contacts are ordered.
    var sortName: String { name.lowercased() }
}
