import GRDB
import Telephony

extension Migration {
    /// Every row that decides what is brought to whom gets a sum over all of that; rows found damaged are listed.
    static let checksums = Migration(
        name: "0003-checksums",
        sql: """
            ALTER TABLE receipt ADD COLUMN envelope INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE delivery ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
            -- NULL until the carrier accepted the segment.
            ALTER TABLE segment ADD COLUMN checksum INTEGER;
            ALTER TABLE person ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE binding ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE token ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;

            CREATE TABLE damage (
                id INTEGER PRIMARY KEY,
                place TEXT NOT NULL,
                key TEXT NOT NULL,
                UNIQUE (place, key)
            ) STRICT;
            """,
        fill: { try Fill(db: $0).all() })
}

/// Sums of the rows that are there. One that is damaged already keeps a sum that is wrong.
private struct Fill {
    let db: Database

    func all() throws {
        try receipts()
        try deliveries()
        try segments()
        try persons()
        try bindings()
        try tokens()
    }

    /// Goes through a table by its numbers, a thousand rows in memory at a time.
    private func each(_ select: String, _ key: String, _ update: String, sum: (Row) throws -> Checksum?) throws {
        var last = Int64.min
        while true {
            let rows = try db.rows("\(select) WHERE \(key) > ? ORDER BY \(key) LIMIT 1000", last) { row in
                (number: try row.column(0) as Int64, sum: try sum(row))
            }
            guard let end = rows.last else { return }
            last = end.number
            for row in rows { if let sum = row.sum { try db.run(update, sum.column, row.number) } }
        }
    }

    private func whole<Value>(_ read: () throws -> Value) throws -> Value? {
        do { return try read() } catch is Damage { return nil }
    }

    private func receipts() throws {
        try each(
            "SELECT id, ulid, line, format, place, received_at FROM receipt", "id", "UPDATE receipt SET envelope = ? WHERE id = ?"
        ) { row in
            try whole {
                Checksum(
                    ofEnvelope: try Receipt(
                        id: row.identifier(1), line: LineID(row.column(2)), format: row.value(3), place: row.column(4), octets: [],
                        receivedAt: row.instant(5)))
            }
        }
    }

    private func deliveries() throws {
        try each(
            """
            SELECT d.id, d.ulid, m.ulid, q.scope, q.owner, q.recipients, q.person, q.device, d.content, d.recipient, d.content_at,
                d.content_cause, d.content_detail, d.due, d.expires, q.checksum
            FROM delivery d JOIN message m ON m.id = d.message JOIN queue q ON q.id = d.queue
            """, "d.id", "UPDATE delivery SET checksum = ? WHERE id = ?"
        ) { row in
            try whole {
                let destination = try Destination(row, from: 3, receiver: nil)
                guard try row.column(15) == Checksum(of: destination).column else { throw Damage() }
                return Checksum(
                    of: try Delivery(
                        id: row.identifier(1), message: row.identifier(2), destination: destination, content: DeliveryContent(row, from: 8),
                        due: row.instant(13), expires: row.instant(14)))
            }
        }
    }

    private func segments() throws {
        let rows = try db.rows("SELECT delivery, position, reference FROM segment WHERE reference IS NOT NULL") { row in
            try (delivery: row.column(0) as Int64, position: row.column(1) as Int, reference: row.column(2) as String)
        }
        for row in rows {
            try db.run(
                "UPDATE segment SET checksum = ? WHERE delivery = ? AND position = ?",
                Checksum(ofSegment: row.position, of: row.delivery, reference: row.reference).column, row.delivery, row.position)
        }
    }

    private func persons() throws {
        let persons = try db.rows("SELECT id, lines, realm, ha1_md5, ha1_sha256 FROM person") { row in
            try Person(
                id: PersonID(row.column(0)), lines: ColumnText.decode(list: row.column(1)).map(LineID.init(_:)),
                credentials: SIPCredentials(realm: row.column(2), ha1MD5: row.column(3), ha1SHA256: row.column(4)))
        }
        for person in persons { try db.run("UPDATE person SET checksum = ? WHERE id = ?", Checksum(of: person).column, person.id.name) }
    }

    private func bindings() throws {
        try each(
            """
            SELECT d.id, d.person, d.name, b.contact, b.path, b.flow, b.call_id, b.cseq, b.user_agent, b.registered_at, b.expires_at
            FROM binding b JOIN device d ON d.id = b.device
            """, "d.id", "UPDATE binding SET checksum = ? WHERE device = ?"
        ) { row in
            try Checksum(
                of: Binding(
                    person: PersonID(row.column(1)), device: DeviceID(row.column(2)), contact: row.column(3),
                    path: ColumnText.decode(list: row.column(4)), flow: row.column(5), callID: row.column(6), cseq: row.column(7),
                    userAgent: row.column(8), registeredAt: row.instant(9), expiresAt: row.instant(10)))
        }
    }

    private func tokens() throws {
        let tokens = try db.rows("SELECT name, hash, scopes, created_at, expires_at FROM token") { row in
            try Token(
                name: row.column(0), hash: row.column(1),
                scopes: Set(ColumnText.decode(list: row.column(2)).compactMap(Token.Scope.init(rawValue:))), createdAt: row.instant(3),
                expiresAt: row.optionalInstant(4))
        }
        for token in tokens { try db.run("UPDATE token SET checksum = ? WHERE name = ?", Checksum(of: token).column, token.name) }
    }
}
