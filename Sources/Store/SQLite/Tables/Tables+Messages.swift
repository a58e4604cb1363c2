import Exchange
import GRDB
import Telephony

/// A message and where its row is.
struct StoredMessage {
    let number: Int64
    let message: Message
}

extension Tables {
    func submit(_ message: Message, key: String, deliveries: [Delivery], gathering: Gathering?) throws -> SubmissionOutcome {
        let first = try db.first(
            """
            SELECT ulid, id FROM message INDEXED BY message_key WHERE key IS NOT NULL AND ifnull(endpoint, '') = ?1 AND key = ?2
            UNION ALL SELECT m.ulid, m.id FROM piece p JOIN message m ON m.id = p.message WHERE p.endpoint = ?1 AND p.key = ?2
            """, message.origin?.endpoint.name ?? "", key
        ) { try SubmissionOutcome(.duplicate($0.identifier(0)), number: $0.column(1)) }
        if let first { return first }
        if let gathering, let outcome = try gather(message, key: key, gathering) { return outcome }
        let number = try insert(message, key: key)
        if let gathering { try beGathered(number, message, gathering) }
        try enter(.message, at: message.recordedAt, message: number, Sentence.submitted(message.origin, for: deliveries))
        try add(deliveries, of: StoredMessage(number: number, message: message), at: message.recordedAt)
        return SubmissionOutcome(.recorded(message.id), number: number)
    }

    func insert(_ message: Message, key: String?) throws -> Int64 {
        let number = try db.integer("SELECT max(ifnull((SELECT max(id) FROM message), 0), (SELECT number FROM forgotten)) + 1") ?? 1
        try insert(message, number: number, last: number, key: key)
        return number
    }

    /// - Parameter last: the conversation's last message, which it is not where it is of another phone's past.
    func insert(_ message: Message, number: Int64, last: Int64, key: String? = nil) throws {
        let conversation = try conversation(of: message, last: last)
        try db.run(
            """
            INSERT INTO message (
                id, ulid, conversation, line, direction, sender, presentation, sent_at, recorded_at, endpoint, person, device, reference,
                key, checksum, subject, read_report)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            number, message.id.description, conversation, message.line.name, message.direction.rawValue,
            message.sender.map(ColumnText.encode), message.presentation.rawValue, message.sentAt?.milliseconds,
            message.recordedAt.milliseconds, message.origin?.endpoint.name, message.origin?.person?.name, message.origin?.device?.name,
            message.origin?.reference, key, Checksum(of: message).column, message.subject, message.readReportReference)
        try insert(message.parts, of: number, from: 0)
    }

    func insert(_ parts: [Part], of message: Int64, from first: Int) throws {
        for (position, part) in zip(first..., parts) {
            let (octets, media): ([UInt8], Media?) =
                switch part.content {
                case .inline(let octets): (octets, nil)
                case .stored(let media): ([], media)
                }
            try db.run(
                "INSERT INTO part (message, position, content_type, name, octets, media, size) VALUES (?, ?, ?, ?, ?, ?, ?)",
                message, position, part.contentType, part.name, octets, media?.digest, media?.size)
        }
    }

    private func part(_ row: Row) throws -> Part {
        guard let digest: String = try row.column(3) else {
            return try Part(contentType: row.column(0), octets: row.octets(2), name: row.column(1))
        }
        guard let media = try Media(digest: digest, size: row.column(4)) else { throw Damage() }
        return try Part(contentType: row.column(0), content: .stored(media), name: row.column(1))
    }

    private func conversation(of message: Message, last: Int64) throws -> Int64? {
        try db.integer(
            """
            INSERT INTO conversation (id, line, participants, messages, last)
            VALUES (max(ifnull((SELECT max(id) FROM conversation), 0), (SELECT conversation FROM forgotten)) + 1, ?, ?, 1, ?)
            ON CONFLICT (line, participants) DO UPDATE SET messages = messages + 1, last = excluded.last
            RETURNING id
            """, message.line.name, ColumnText.encode(message.participants), last)
    }

    func message(number: Int64) throws -> Message {
        let parts = try db.rows("SELECT content_type, name, octets, media, size FROM part WHERE message = ? ORDER BY position", number) {
            try part($0)
        }
        let found = try db.first(
            """
            SELECT m.ulid, m.line, m.direction, m.sender, c.participants, m.presentation, m.sent_at, m.recorded_at, m.endpoint, m.person,
                m.device, m.reference, m.checksum, m.subject, m.read_report, m.joined
            FROM message m JOIN conversation c ON c.id = m.conversation WHERE m.id = ?
            """, number
        ) { row -> Message? in
            let message = try message(row, parts: parts)
            let checksum: Int64 = try row.column(12)
            return Checksum(of: message).column == checksum ? message : nil
        }
        guard let message = found ?? nil else { throw Damage() }
        return message
    }

    private func message(_ row: Row, parts: [Part]) throws -> Message {
        let sender: String? = try row.column(3)
        let endpoint: String? = try row.column(8)
        let origin = try endpoint.map { endpoint in
            try Origin(
                endpoint: EndpointID(endpoint), person: (row.column(9) as String?).map(PersonID.init(_:)),
                device: (row.column(10) as String?).map(DeviceID.init(_:)), reference: row.column(11),
                joined: (row.column(15) as String?).map(ColumnText.decode(list:)) ?? [])
        }
        return try Message(
            id: row.identifier(0), line: LineID(row.column(1)), direction: row.value(2), sender: sender.map(ColumnText.decode(address:)),
            participants: ColumnText.decode(addresses: row.column(4)), parts: parts, presentation: row.value(5),
            sentAt: row.optionalInstant(6), recordedAt: row.instant(7), origin: origin, subject: row.column(13),
            readReportReference: row.column(14))
    }

    func record(number: Int64) throws -> MessageRecord {
        let message = try message(number: number)
        // What is of another phone's past was sent by it.
        guard number > 0 || message.direction != .outgoing else { return MessageRecord(message: message, state: .sent, failure: nil) }
        var states: [DeliveryState] = []
        var failure: Failure?
        if message.direction == .outgoing {
            let trunk = try db.rows(
                """
                SELECT d.state, d.cause, d.detail FROM delivery d INDEXED BY delivery_message JOIN queue q ON q.id = d.queue
                WHERE d.message = ? AND q.scope = 'trunk' ORDER BY d.id
                """, number
            ) { try (state: $0.value(0) as DeliveryState, failure: $0.failure(1, 2)) }
            states = trunk.map(\.state)
            failure = trunk.first { $0.state == .failed || $0.state == .inDoubt }?.failure
        }
        return MessageRecord(message: message, state: MessageState(direction: message.direction, trunk: states), failure: failure)
    }

    func message(_ id: MessageID) throws -> MessageRecord? {
        try number(of: id, in: "message").flatMap { number in try whole(.message, number) { try record(number: number) } }
    }

    func message(origin endpoint: EndpointID, reference: String) throws -> MessageRecord? {
        let number = try db.integer(
            """
            SELECT min(id) FROM (
                SELECT id FROM message INDEXED BY message_reference WHERE endpoint = ?1 AND reference = ?2
                UNION ALL SELECT message FROM piece WHERE endpoint = ?1 AND reference = ?2)
            """, endpoint.name, reference)
        return try number.flatMap { number in try whole(.message, number) { try record(number: number) } }
    }

    func messages(after: MessageID?, limit: Int, lines: [LineID]?) throws -> [MessageRecord] {
        let start = try after.map(messageNumber) ?? .min
        let numbers = try db.rows(
            "SELECT id FROM message WHERE id > ? \(Self.filter("line", lines)) ORDER BY id LIMIT ?",
            start, Self.names(lines), max(0, limit)
        ) { try $0.column(0) as Int64 }
        return try numbers.compactMap { number in try whole(.message, number) { try record(number: number) } }
    }

    func conversations(limit: Int, lines: [LineID]?) throws -> [ConversationSummary] {
        let found = try db.rows(
            "SELECT line, participants, messages, last FROM conversation WHERE 1 \(Self.filter("line", lines)) ORDER BY last DESC LIMIT ?",
            Self.names(lines), max(0, limit)
        ) { row in
            try (
                line: LineID(row.column(0)), participants: whole(.message, row.column(3) as Int64) { try ColumnText.decode(addresses: row.column(1)) },
                messages: row.column(2) as Int, last: row.column(3) as Int64
            )
        }
        return try found.compactMap { row in
            guard let participants = row.participants, let last = try whole(.message, row.last, { try record(number: row.last) }) else { return nil }
            return ConversationSummary(line: row.line, participants: participants, messages: row.messages, last: last)
        }
    }

    func conversation(number: Int64) throws -> ConversationSummary? {
        let found = try db.first("SELECT line, participants, messages, last FROM conversation WHERE id = ?", number) { row in
            try (
                line: LineID(row.column(0)), participants: ColumnText.decode(addresses: row.column(1)), messages: row.column(2) as Int,
                last: row.column(3) as Int64
            )
        }
        guard let found, let last = try whole(.message, found.last, { try record(number: found.last) }) else { return nil }
        return ConversationSummary(line: found.line, participants: found.participants, messages: found.messages, last: last)
    }

    private static func filter(_ column: String, _ lines: [LineID]?) -> String {
        guard let lines else { return "" }
        return "AND \(column) IN (\(names(lines).places))"
    }

    private static func names(_ lines: [LineID]?) -> Names { Names((lines ?? []).map(\.name)) }

    func update(_ line: Line) throws {
        try db.run(
            """
            INSERT INTO line (id, number, imsi, iccid, carrier, imei) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                number = excluded.number, imsi = excluded.imsi, iccid = excluded.iccid, carrier = excluded.carrier, imei = excluded.imei
            """,
            line.id.name, line.facts.number, line.facts.imsi, line.facts.iccid, line.facts.carrier, line.facts.imei)
    }

    func lines() throws -> [Line] {
        try db.rows("SELECT id, number, imsi, iccid, carrier, imei FROM line ORDER BY id") { row in
            try Line(
                id: LineID(row.column(0)),
                facts: LineFacts(
                    number: row.column(1), imsi: row.column(2), iccid: row.column(3), carrier: row.column(4), imei: row.column(5)))
        }
    }
}
