import Exchange
import GRDB
import Telephony

/// Messages that apps send in pieces.
extension Tables {
    /// Makes the message a piece of the one that its writer is gathering; nil where there is none that it goes with.
    func gather(_ piece: Message, key: String, _ gathering: Gathering) throws -> SubmissionOutcome? {
        guard let origin = piece.origin, let person = origin.person else { return nil }
        guard let number = try open(for: origin.endpoint, person, at: piece.recordedAt, as: piece) else { return nil }
        let whole = try message(number: number)
        guard Gathering.joins(piece.parts, to: whole.parts), let joined = whole.joining(piece) else { return nil }
        try forgetWords(of: number)
        try insert(piece.parts, of: number, from: whole.parts.count)
        try db.run(
            "UPDATE message SET joined = ?, checksum = ? WHERE id = ?", ColumnText.encode(list: joined.origin?.joined ?? []),
            Checksum(of: joined).column, number)
        try renewWords(of: number)
        try db.run(
            "INSERT INTO piece (endpoint, key, reference, message) VALUES (?, ?, ?, ?)", origin.endpoint.name, key, origin.reference, number)
        try put(off: number, until: piece.recordedAt + gathering.quiet)
        try enter(.message, at: piece.recordedAt, message: number, Sentence.joined)
        return SubmissionOutcome(.joined(whole.id), number: number)
    }

    func beGathered(_ number: Int64, _ message: Message, _ gathering: Gathering) throws {
        guard let origin = message.origin, let person = origin.person else { return }
        try db.run(
            "DELETE FROM gathering WHERE endpoint = ? AND person = ? AND closes <= ?", origin.endpoint.name, person.name,
            message.recordedAt.milliseconds)
        try db.run(
            "INSERT INTO gathering (message, endpoint, person, closes) VALUES (?, ?, ?, ?)", number, origin.endpoint.name, person.name,
            (message.recordedAt + gathering.longest).milliseconds)
    }

    /// The youngest message that is being gathered for the same parties, as long as nobody has begun to send it.
    private func open(for endpoint: EndpointID, _ person: PersonID, at now: Instant, as piece: Message) throws -> Int64? {
        try db.integer(
            """
            SELECT max(g.message) FROM gathering g JOIN message m ON m.id = g.message JOIN conversation c ON c.id = m.conversation
            WHERE g.endpoint = ? AND g.person = ? AND g.closes > ? AND c.line = ? AND c.participants = ? AND m.id = c.last
                AND NOT EXISTS (
                    SELECT 1 FROM delivery d WHERE d.message = m.id AND (d.state <> 'pending' OR d.attempts > 0 OR d.due <= ?))
            """, endpoint.name, person.name, now.milliseconds, piece.line.name, ColumnText.encode(piece.participants), now.milliseconds)
    }

    private func put(off message: Int64, until due: Instant) throws {
        let queues = try db.rows("SELECT DISTINCT queue FROM delivery WHERE message = ?", message) { try $0.column(0) as Int64 }
        try db.run(
            """
            UPDATE delivery SET due = min(?1, (SELECT closes FROM gathering WHERE message = ?2)) WHERE message = ?2
            """, due.milliseconds, message)
        for queue in queues { try refreshHead(of: queue) }
    }
}
