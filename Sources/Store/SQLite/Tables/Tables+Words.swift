import Exchange
import GRDB
import Telephony

/// The index of words. It lags behind the messages until somebody searches, and whatever is wrong with it stops nothing else.
extension Tables {
    private func indexed() throws -> Int64 { try db.integer("SELECT through FROM word_index") ?? 0 }

    func hasUnindexed() throws -> Bool {
        try db.integer("SELECT 1 FROM message WHERE id > (SELECT through FROM word_index) LIMIT 1") != nil
    }

    func indexWords(limit: Int) throws -> Int {
        let numbers = try db.rows("SELECT id FROM message WHERE id > ? ORDER BY id LIMIT ?", try indexed(), limit) { try $0.column(0) as Int64 }
        guard let last = numbers.last else { return 0 }
        for number in numbers {
            guard let words = try words(of: number) else { continue }
            try harmlessly { try db.run("INSERT INTO word (rowid, words) VALUES (?, ?)", number, words) }
        }
        try db.run("UPDATE word_index SET through = ?", last)
        return numbers.count
    }

    /// Before the message changes or goes: the index is told what it was.
    func forgetWords(of number: Int64) throws {
        let through = try indexed()
        guard number <= through else { return }
        if let words = try words(of: number) {
            try harmlessly { try db.run("INSERT INTO word (word, rowid, words) VALUES ('delete', ?, ?)", number, words) }
        }
        // A later message may have its number.
        if number == through { try db.run("UPDATE word_index SET through = ifnull((SELECT max(id) FROM message WHERE id < ?), 0)", number) }
    }

    /// After the message changed.
    func renewWords(of number: Int64) throws {
        guard try number <= indexed(), let words = try words(of: number) else { return }
        try harmlessly { try db.run("INSERT INTO word (rowid, words) VALUES (?, ?)", number, words) }
    }

    private func words(of number: Int64) throws -> String? {
        try whole(.message, number) { try message(number: number) }.map(SearchQuery.text)
    }

    /// Nil where the index is damaged.
    func search(_ query: SearchQuery, lines: [LineID]?, before: MessageID?, limit: Int) throws -> [MessageRecord]? {
        let end = try before.map(messageNumber) ?? .max
        let names = Names((lines ?? []).map(\.name))
        var numbers: [Int64]?
        try harmlessly {
            numbers = try db.rows(
                """
                SELECT w.rowid FROM word w CROSS JOIN message m ON m.id = w.rowid
                WHERE word MATCH ? AND w.rowid < ? \(lines == nil ? "" : "AND m.line IN (\(names.places))") ORDER BY w.rowid DESC LIMIT ?
                """, query.expression, end, names, max(0, limit)
            ) { try $0.column(0) as Int64 }
        }
        return try numbers?.compactMap { number in try whole(.message, number) { try record(number: number) } }
    }

    func emptyWords() throws {
        try db.run("INSERT INTO word (word) VALUES ('delete-all')")
        try db.run("UPDATE word_index SET through = min(0, ifnull((SELECT min(id) FROM message), 0) - 1)")
    }

    /// A damaged index finds less, and is made anew when somebody searches.
    private func harmlessly(_ work: () throws -> Void) throws {
        do { try work() } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {}
    }
}
