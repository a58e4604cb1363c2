import Settings

/// What stands in a text at `{}`: `ID={}` finds `297` in `OK; ID=297`. What is found ends where the text behind `{}` begins, or at white
/// space, a comma, a semicolon or an angle bracket where nothing stands behind it. `{}` alone is the first line.
struct TextMark: Hashable, Sendable {
    private let before: String
    private let after: String

    init(_ text: String) throws(Unreadable) {
        guard let mark = text.firstRange(of: "{}") else { throw Unreadable("{} expected where the value stands, as in ID={}") }
        before = String(text[..<mark.lowerBound])
        after = String(text[mark.upperBound...])
    }

    static let eagle = TextMark(before: "ID=", after: "")
    static let nowsms = TextMark(before: "MessageID=", after: "")
    static let yeastar = TextMark(before: "Response: ", after: "")
    static let yeastarMessage = TextMark(before: "Message: ", after: "\n")
    static let firstLine = TextMark(before: "", after: "")

    private init(before: String, after: String) {
        self.before = before
        self.after = after
    }

    func find(in text: String) -> String? {
        var rest = Substring(text)
        if !before.isEmpty {
            guard let start = rest.firstRange(of: before) else { return nil }
            rest = rest[start.upperBound...]
        }
        if !after.isEmpty {
            guard let end = rest.firstRange(of: after) else { return nil }
            return String(rest[..<end.lowerBound])
        }
        let isEnd: (Character) -> Bool = before.isEmpty ? { $0.isNewline } : { $0.isWhitespace || [",", ";", "<", "\""].contains($0) }
        let found = rest.prefix { !isEnd($0) }
        return found.isEmpty ? nil : String(found)
    }
}
