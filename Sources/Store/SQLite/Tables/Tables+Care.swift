import Exchange
import GRDB
import Telephony

/// Signals, traffic and alerts.
extension Tables {
    func save(_ sample: SignalSample, forgettingBefore oldest: Instant) throws {
        try db.run("DELETE FROM signal WHERE line = ? AND at < ?", sample.line.name, oldest.milliseconds)
        try db.run(
            "INSERT INTO signal (line, at, strength) VALUES (?, ?, ?) ON CONFLICT (line, at) DO UPDATE SET strength = excluded.strength",
            sample.line.name, sample.at.milliseconds, sample.strength)
    }

    func signal(of line: LineID, since: Instant) throws -> [SignalSample] {
        try db.rows("SELECT at, strength FROM signal WHERE line = ? AND at >= ? ORDER BY at", line.name, since.milliseconds) {
            try SignalSample(line: line, at: $0.instant(0), strength: $0.column(1))
        }
    }

    /// How many of a line's last messages are looked through for the latest of each direction.
    private static let lookedThrough = 5000

    func traffic(of line: LineID, since: Instant) throws -> LineTraffic {
        let ours = ColumnText.encode(Notices.sender)
        // Names begin with their time, and are in an index.
        let first: MessageID = Identifier(at: since, random: (0, 0))
        let rows = try db.rows(
            """
            SELECT direction, count(*) FROM message
            WHERE ulid >= ? AND +line = ? AND direction <> 'within' AND ifnull(sender, '') <> ? GROUP BY direction
            """, first.description, line.name, ours
        ) { try (direction: $0.value(0) as Direction, count: $0.column(1) as Int) }
        let counts = Dictionary(rows.map { ($0.direction, $0.count) }, uniquingKeysWith: +)
        return LineTraffic(
            incoming: counts[.incoming] ?? 0, outgoing: counts[.outgoing] ?? 0, lastIn: try last(.incoming, over: line, but: ours),
            lastOut: try last(.outgoing, over: line, but: ours))
    }

    private func last(_ direction: Direction, over line: LineID, but sender: String) throws -> Instant? {
        try db.integer(
            """
            SELECT recorded_at FROM (
                SELECT id, direction, sender, recorded_at FROM message INDEXED BY message_line WHERE line = ? ORDER BY id DESC LIMIT ?)
            WHERE direction = ? AND ifnull(sender, '') <> ? ORDER BY id DESC LIMIT 1
            """, line.name, Self.lookedThrough, direction.rawValue, sender
        ).map(Instant.init(milliseconds:))
    }

    func alerts() throws -> [Alert] {
        try db.rows("SELECT topic, sentence, told_at, cleared_at FROM alert ORDER BY topic") {
            try Alert(topic: $0.column(0), sentence: $0.column(1), toldAt: $0.instant(2), clearedAt: $0.optionalInstant(3))
        }
    }

    func save(_ alert: Alert) throws {
        try db.run(
            "INSERT OR REPLACE INTO alert (topic, sentence, told_at, cleared_at) VALUES (?, ?, ?, ?)", alert.topic, alert.sentence,
            alert.toldAt.milliseconds, alert.clearedAt?.milliseconds)
    }

    func removeAlert(_ topic: String) throws { try db.run("DELETE FROM alert WHERE topic = ?", topic) }
}
