import Exchange
import HTTPStack
import Telephony

/// `/`: all conversations, what is pinned first and then the liveliest.
struct InboxPage {
    let pages: Pages

    static let limit = 50

    var operation: Operation {
        pages.page("/") { request, visitor in
            if pages.isNew, visitor.account.role == .owner { return Pages.see("/setup") }
            let query = try request.queryParameters("after", "show", "line")
            let after = try query["after"].map { text throws(Problem) in
                guard let number = Int64(text) else { throw .notFound(pages.words.notFound) }
                return number
            }
            let shown = ShelfFilter(shelf: query["show"].flatMap(Shelf.init(rawValue:)) ?? .open, line: query["line"].flatMap { $0.isEmpty ? nil : LineID($0) })
            let newestEntry = try await pages.desk.ledger.lastEntry(), words = pages.words
            let found = try await pages.shelf(shown.shelf, of: visitor, line: shown.line, after: after, limit: Self.limit + 1)
            let pinned = after == nil && shown.shelf == .open ? try await pages.shelf(.pinned, of: visitor, line: shown.line, limit: Self.limit) : []
            let entries = Array(found.prefix(Self.limit))
            let older: HTML =
                found.count > Self.limit
                ? "<p class=\"more\"><a href=\"\(shown.path(after: entries[Self.limit - 1].entry.number))\">\(words.older)</a></p>" : .nothing
            let list = try await pages.list(pinned + entries, visitor, empty: shown.nothing(words))
            let lines = pages.desk.lines.filter(visitor.sees)
            let content: HTML = """
                <div class="inbox" data-live="\(newestEntry)"><h1 class="hidden">\(words.messages)</h1>\(shown.html(lines: lines, words))<div data-fresh>\(list)</div>\(older)
                <p class="float"><a class="button" href="/new">\(words.new)</a></p></div>
                """
            return Layout(title: words.messages, visitor: visitor, content: content).response()
        }
    }
}

/// Which conversations are shown.
struct ShelfFilter {
    let shelf: Shelf
    let line: LineID?

    /// The same from a conversation on.
    func path(after number: Int64? = nil) -> String { Self.path(shelf, line, after: number) }

    private static func path(_ shelf: Shelf, _ line: LineID?, after: Int64? = nil) -> String {
        let pairs = [
            shelf == .open ? nil : "show=\(shelf.rawValue)", line.map { "line=\(PercentEncoding.encode($0.name))" }, after.map { "after=\($0)" },
        ].compactMap(\.self)
        return pairs.isEmpty ? "/" : "/?\(pairs.joined(separator: "&"))"
    }

    func nothing(_ words: Words) -> String {
        switch shelf {
        case .open, .pinned: words.noMessages
        case .archived: words.nothingArchived
        case .unread: words.nothingUnread
        }
    }

    func html(lines: [LineID], _ words: Words) -> HTML {
        let shelves: [(Shelf, String)] = [(.open, words.all), (.unread, words.unreadOnes), (.archived, words.archivedOnes)]
        let links = shelves.map { Self.link(Self.path($0, line), $1, isShown: $0 == shelf) }
        return """
            <nav class="filter" aria-label="\(words.shelves)">\(links) <a href="/held">\(words.waitingOnes)</a></nav>\(choice(of: lines, words))
            """
    }

    private func choice(of lines: [LineID], _ words: Words) -> HTML {
        guard lines.count > 1 else { return .nothing }
        let all = Self.link(Self.path(shelf, nil), words.allLines, isShown: line == nil)
        let each = lines.map { Self.link(Self.path(shelf, $0), $0.name, isShown: $0 == line) }
        return "<nav class=\"filter\" aria-label=\"\(words.line)\">\(all) \(each)</nav>"
    }

    private static func link(_ path: String, _ name: String, isShown: Bool) -> HTML {
        "<a href=\"\(path)\"\(" aria-current=\"true\"" as HTML, if: isShown)><bdi>\(name)</bdi></a> "
    }
}

extension Pages {
    func shelf(_ shelf: Shelf, of visitor: Visitor, line: LineID? = nil, after: Int64? = nil, limit: Int) async throws -> [ShelvedConversation] {
        var lines = visitor.lines
        if let line { lines = visitor.sees(line) ? [line] : [] }
        return try await desk.personal.book.conversations(of: visitor.account.person, lines: lines, on: shelf, after: after, limit: limit)
    }

    /// Without those that are blocked, which have a page of their own.
    func list(_ entries: [ShelvedConversation], _ visitor: Visitor, open: Int64? = nil, empty: String? = nil) async throws -> HTML {
        let blocks = try await blocks(for: visitor)
        let shown = entries.filter { !Self.isBlocked($0.entry.summary, by: blocks) }
        let names = try await names(of: shown.flatMap(\.entry.summary.participants), for: visitor)
        return ConversationList(
            entries: shown, times: times(of: visitor), words: words, showsLines: desk.lines.count > 1, names: names, open: open, empty: empty ?? words.noMessages
        ).html
    }
}
