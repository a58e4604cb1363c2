import Exchange
import GRDB
import Telephony

/// Messages of another phone's past. Their numbers are below zero and rise with their time, so that they stand before all that happened here, in
/// whatever order and however often files of them are read.
extension Tables {
    /// Later than any time of history; places for messages of one millisecond.
    private static let end: Int64 = 8_000_000_000_000, places: Int64 = 16

    /// Whether it was not there before.
    func addHistory(_ message: Message, at: Instant) throws -> Bool {
        guard try !isKnown(message) else { return false }
        let number = try freeNumber(message.recordedAt)
        let before = try db.integer("SELECT last FROM conversation WHERE line = ? AND participants = ?", message.line.name, ColumnText.encode(message.participants))
        try insert(message, number: number, last: max(number, before ?? number))
        try enter(.imported, at: at, message: number, Sentence.imported)
        try renewWords(of: number)
        return true
    }

    private func isKnown(_ message: Message) throws -> Bool {
        let candidates = try db.rows(
            """
            SELECT m.id FROM message m INDEXED BY message_recorded JOIN conversation c ON c.id = m.conversation
            WHERE m.line = ? AND m.recorded_at = ? AND m.direction = ? AND c.participants = ?
            """, message.line.name, message.recordedAt.milliseconds, message.direction.rawValue, ColumnText.encode(message.participants)
        ) { try $0.column(0) as Int64 }
        return try candidates.contains { number in
            try whole(.message, number) { try self.message(number: number) }.map { $0.text == message.text && Self.files($0) == Self.files(message) } ?? false
        }
    }

    private static func files(_ message: Message) -> [PartContent] { message.parts.filter { $0.text == nil }.map(\.content) }

    private func freeNumber(_ time: Instant) throws -> Int64 {
        let bounded = min(max(time.milliseconds, 0), Self.end - 1)
        let first = (bounded - Self.end) * Self.places
        // Where the places of its millisecond are taken it stands in the next one's.
        let taken = try db.rows("SELECT id FROM message WHERE id >= ? AND id < 0 ORDER BY id LIMIT 1000", first) { try $0.column(0) as Int64 }
        var number = first
        for other in taken {
            guard other == number else { break }
            number += 1
        }
        guard number < 0 else { throw LedgerError.conflict("there is no place for a message of \(CivilDate(time).rfc3339)") }
        return number
    }

    func history(_ selection: HistorySelection, after: Int64?, limit: Int) throws -> [NumberedMessage] {
        let numbers = try db.rows(
            "SELECT m.id \(Self.from(selection)) AND m.id > ? ORDER BY m.id LIMIT ?", Names(selection.lines.map(\.name)), Names(selection.directions.map(\.rawValue)),
            selection.recorded.lowerBound.milliseconds, selection.recorded.upperBound.milliseconds, Self.item(selection.party), after ?? .min, max(0, limit)
        ) { try $0.column(0) as Int64 }
        return try numbers.compactMap { number in try whole(.message, number) { NumberedMessage(number: number, record: try record(number: number)) } }
    }

    func count(_ selection: HistorySelection) throws -> Int {
        let count = try db.integer(
            "SELECT count(*) \(Self.from(selection))", Names(selection.lines.map(\.name)), Names(selection.directions.map(\.rawValue)),
            selection.recorded.lowerBound.milliseconds, selection.recorded.upperBound.milliseconds, Self.item(selection.party))
        return Int(count ?? 0)
    }

    private static func from(_ selection: HistorySelection) -> String {
        """
        FROM message m NOT INDEXED JOIN conversation c ON c.id = m.conversation
        WHERE m.line IN (\(Names(selection.lines.map(\.name)).places)) AND m.direction IN (\(Names(selection.directions.map(\.rawValue)).places))
            AND m.recorded_at >= ? AND m.recorded_at < ?
            AND instr(char(10) || c.participants, char(10) || ?) > 0
        """
    }

    /// A list's items are each ended by a line feed.
    private static func item(_ party: Address?) -> String { party.map { ColumnText.encode([$0]) } ?? "" }
}
