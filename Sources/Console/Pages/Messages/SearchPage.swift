import Exchange
import Foundation
import HTTPStack
import Telephony

/// `/search?q=`: messages by their words.
struct SearchPage {
    let pages: Pages

    private static let limit = 40
    /// Characters shown before and after the first word that was found.
    private static let around = (before: 40, after: 160)

    var operation: HTTPStack.Operation {
        pages.page("/search") { request, visitor in
            let query = try request.queryParameters("q", "before")
            let text = query["q"] ?? ""
            let before = try query["before"].map { text throws(Problem) in
                guard let id = MessageID(text) else { throw .notFound(pages.words.notFound) }
                return id
            }
            guard !text.isEmpty else { return page(visitor, heading: "\(pages.words.search)", "<p class=\"empty\">\(pages.words.searchText)</p>") }
            let found = try await pages.desk.ledger.search(text, lines: visitor.lines, before: before, limit: Self.limit + 1)
            let times = pages.times(of: visitor)
            let names = try await pages.names(of: found.flatMap(\.message.participants), for: visitor)
            let rows = found.prefix(Self.limit).map { row($0.message, text, times, names) }
            let older: HTML = found.count > Self.limit ? link(text, before: found[Self.limit - 1].message.id) : .nothing
            let list: HTML = rows.isEmpty ? "<p class=\"empty\">\(pages.words.nothingFound)</p>" : "<ul class=\"list\">\(rows)</ul>\(older)"
            return page(visitor, heading: "\(pages.words.found): <bdi>\(ConversationList.beginning(of: text, 100))</bdi>", list)
        }
    }

    private func page(_ visitor: Visitor, heading: HTML, _ list: HTML) -> Response {
        Layout(title: pages.words.search, visitor: visitor, content: "<div class=\"inbox\"><h1 class=\"result\">\(heading)</h1>\(list)</div>").response()
    }

    private func link(_ text: String, before: MessageID) -> HTML {
        "<p class=\"more\"><a href=\"/search?q=\(PercentEncoding.encode(text))&amp;before=\(before.description)\">\(pages.words.older)</a></p>"
    }

    private func row(_ message: Message, _ query: String, _ times: Times, _ names: [Address: String]) -> HTML {
        """
        <li><a href="/messages/\(message.id.description)"><span class="who"><bdi>\(ConversationList.name(message.participants, names))</bdi></span><time>\(times.short(message.recordedAt))</time>
        <span class="last found"><bdi>\(Self.excerpt(of: message.text, query))</bdi></span></a></li>

        """
    }

    /// What stands around the first word found.
    static func excerpt(of text: String, _ query: String) -> String {
        let first = query.split { !$0.isLetter && !$0.isNumber }.first.map(String.init) ?? ""
        guard !first.isEmpty, let place = text.range(of: first, options: [.caseInsensitive, .diacriticInsensitive]) else {
            return ConversationList.beginning(of: text, Self.around.after)
        }
        let scalars = text.unicodeScalars
        let start = scalars.index(place.lowerBound, offsetBy: -Self.around.before, limitedBy: scalars.startIndex) ?? scalars.startIndex
        return (start > scalars.startIndex ? "…" : "") + ConversationList.beginning(of: String(scalars[start...]), Self.around.after)
    }
}
