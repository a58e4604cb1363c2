import Exchange
import GRDB
import Telephony

/// Messages that wait for their time.
extension Tables {
    func hold(_ message: HeldMessage) throws {
        guard try number(of: message.id, in: "held") == nil else { return }
        try db.run(
            "INSERT INTO held (ulid, person, line, recipients, due, held_at, refusal) VALUES (?, ?, ?, ?, ?, ?, ?)", message.id.description,
            message.person.name, message.line.name, ColumnText.encode(message.recipients), message.due.milliseconds, message.heldAt.milliseconds,
            message.refusal)
        let number = db.lastInsertedRowID
        for (position, part) in message.parts.enumerated() {
            guard case .inline(let octets) = part.content else { throw LedgerError.conflict("what is held has all its octets") }
            try db.run(
                "INSERT INTO held_part (held, position, content_type, name, octets) VALUES (?, ?, ?, ?, ?)", number, position, part.contentType,
                part.name, octets)
        }
    }

    func heldMessages(of person: PersonID) throws -> [HeldMessage] { try held("WHERE person = ? ORDER BY due, id", person.name) }

    func takeHeld(due: Instant, limit: Int, sparing lines: Set<LineID>) throws -> [HeldMessage] {
        let spared = Names(lines.map(\.name)), condition = "refusal IS NULL AND line NOT IN (\(spared.places))"
        try db.run(
            "UPDATE held SET taken = 1 WHERE id IN (SELECT id FROM held WHERE \(condition) AND due <= ? ORDER BY due, id LIMIT ?)", spared, due.milliseconds,
            max(0, limit))
        return try held("WHERE \(condition) AND taken = 1 ORDER BY due, id LIMIT ?", spared, max(0, limit))
    }

    private func held<each Value: ColumnValue>(_ condition: String, _ parameters: repeat each Value) throws -> [HeldMessage] {
        try db.rows("SELECT id, ulid, person, line, recipients, due, held_at, refusal FROM held \(condition)", repeat each parameters) { row in
            let parts = try db.rows("SELECT content_type, name, octets FROM held_part WHERE held = ? ORDER BY position", try row.column(0) as Int64) {
                try Part(contentType: $0.column(0), octets: $0.octets(2), name: $0.column(1))
            }
            return try HeldMessage(
                id: row.identifier(1), person: PersonID(row.column(2)), line: LineID(row.column(3)), recipients: ColumnText.decode(addresses: row.column(4)),
                parts: parts, due: row.instant(5), heldAt: row.instant(6), refusal: row.column(7))
        }
    }

    func nextHeld() throws -> Instant? {
        try db.integer("SELECT min(due) FROM held INDEXED BY held_due WHERE refusal IS NULL").map { Instant(milliseconds: $0) }
    }

    func move(_ message: HeldMessageID, of person: PersonID, to due: Instant) throws -> Bool {
        try db.run(
            "UPDATE held SET due = ?, refusal = NULL WHERE ulid = ? AND person = ? AND taken = 0", due.milliseconds, message.description, person.name)
        return db.changesCount == 1
    }

    func withdraw(_ message: HeldMessageID, of person: PersonID) throws -> Bool {
        try db.run("DELETE FROM held WHERE ulid = ? AND person = ? AND taken = 0", message.description, person.name)
        return db.changesCount == 1
    }

    func refuse(_ message: HeldMessageID, because reason: String) throws {
        try db.run("UPDATE held SET refusal = ?, taken = 0 WHERE ulid = ?", reason, message.description)
    }

    func letGo(_ message: HeldMessageID) throws { try db.run("DELETE FROM held WHERE ulid = ?", message.description) }
}
