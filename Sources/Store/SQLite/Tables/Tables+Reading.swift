import Exchange
import GRDB
import Telephony

/// Messages as programs read them: by number and time, without those that they put out of their sight.
extension Tables {
    func messages(_ selection: MessageSelection) throws -> [NumberedMessage] {
        let time = selection.recorded
        let numbers = try db.rows(
            """
            SELECT m.id FROM message m \(Self.index(selection)) JOIN conversation c ON c.id = m.conversation
            WHERE m.line IN (\(Names(selection.lines.map(\.name)).places)) AND m.recorded_at >= ? AND m.recorded_at < ?
                \(selection.number == nil ? "" : "AND m.id = ?") \(selection.direction == nil ? "" : "AND m.direction = ?")
                \(selection.party == nil ? "" : "AND (c.participants = ? OR m.sender = ?)") \(Self.condition(selection.content))
                AND NOT EXISTS (SELECT 1 FROM hidden h WHERE h.message = m.id AND h.reader = ?)
            ORDER BY m.id DESC LIMIT ?
            """,
            Names(selection.lines.map(\.name)), time?.lowerBound.milliseconds ?? .min, time?.upperBound.milliseconds ?? .max,
            Given(selection.number), Given(selection.direction?.rawValue), Given(selection.party.map { ColumnText.encode([$0]) }),
            Given(selection.party.map(ColumnText.encode)), selection.reader, max(0, selection.limit)
        ) { try $0.column(0) as Int64 }
        return try numbers.compactMap { number in
            try whole(.message, number) { NumberedMessage(number: number, record: try record(number: number)) }
        }
    }

    /// Without statistics SQLite would take whatever index it meets first.
    private static func index(_ selection: MessageSelection) -> String {
        guard selection.number == nil else { return "NOT INDEXED" }
        return selection.recorded == nil ? "INDEXED BY message_line" : "INDEXED BY message_recorded"
    }

    private static func condition(_ content: MessageSelection.Content) -> String {
        let hasFiles = "EXISTS (SELECT 1 FROM part p WHERE p.message = m.id AND (p.media IS NOT NULL OR substr(p.content_type, 1, 10) <> 'text/plain'))"
        return switch content {
        case .any: ""
        case .texts: "AND NOT \(hasFiles)"
        case .files: "AND \(hasFiles)"
        }
    }

    func hide(_ message: MessageID, from reader: String) throws {
        try db.run("INSERT OR IGNORE INTO hidden (message, reader) VALUES (?, ?)", try messageNumber(message), reader)
    }
}

/// A parameter that stands in the statement only where it is not nil.
private struct Given<Value: ColumnValue>: ColumnValue {
    let value: Value?

    init(_ value: Value?) { self.value = value }

    func bind(to statement: OpaquePointer, at position: inout Int32) -> Int32 {
        guard let value else { return 0 }
        return value.bind(to: statement, at: &position)
    }
}
