import Exchange
import HTTPStack
import Telephony

/// `/conversations/{number}/pictures`: all pictures of a conversation, the youngest first.
struct PicturesPage {
    let pages: Pages

    private static let limit = 60

    var operation: Operation {
        pages.page("/conversations/{number}/pictures") { request, visitor in
            let conversation = try await pages.conversation(request, visitor), words = pages.words, times = pages.times(of: visitor)
            let before = try request.queryParameters("before")["before"].map { text throws(Problem) in
                guard let id = MessageID(text) else { throw .notFound(words.notFound) }
                return id
            }
            let found = try await pages.desk.personal.book.pictures(in: conversation.number, before: before, limit: Self.limit + 1)
            let shown = found.prefix(Self.limit)
            let items = shown.flatMap { pictures(of: $0.message, times) }
            let path = "/conversations/\(conversation.number)"
            let older: HTML =
                found.count > Self.limit ? "<p class=\"more\"><a href=\"?before=\(shown[Self.limit - 1].message.id.description)\">\(words.older)</a></p>" : .nothing
            let grid: HTML = items.isEmpty ? "<p class=\"empty\">\(words.noPictures)</p>" : "<ul class=\"gallery\">\(items)</ul>\(older)"
            let name = ConversationList.name(conversation.summary.participants, try await pages.names(of: conversation.summary.participants, for: visitor))
            let content: HTML = """
                <div class="inbox"><div class="title"><a class="back" href="\(path)" aria-label="\(words.conversation)">‹</a><h1>\(words.pictures): <bdi>\(name)</bdi></h1></div>\(grid)</div>
                """
            return Layout(title: words.pictures, visitor: visitor, content: content).response()
        }
    }

    private func pictures(of message: Message, _ times: Times) -> [HTML] {
        message.parts.indices.compactMap { index -> HTML? in
            guard case .picture = ShownFile(message.parts[index].mediaType) else { return nil }
            let path = "/messages/\(message.id)/files/\(index)"
            let name = ConversationList.beginning(of: message.parts[index].name ?? pages.words.file, 80)
            return """
                <li><a href="\(path)" aria-label="\(name)"><img src="\(path)" alt="\(name)" loading="lazy"></a><a href="/messages/\(message.id.description)"><time>\(times.short(message.recordedAt))</time></a></li>

                """
        }
    }
}
