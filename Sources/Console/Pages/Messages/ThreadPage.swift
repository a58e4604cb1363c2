import Exchange
import HTTPStack
import Telephony

/// `/conversations/{number}`: what was written, and a form to answer.
struct ThreadPage {
    let pages: Pages

    private static let listLimit = 20

    var operations: [Operation] {
        [
            pages.page("/conversations/{number}") { request, visitor in
                let query = try request.queryParameters("before", "day")
                let conversation = try await pages.conversation(request, visitor)
                if let day = query["day"] { return try await go(to: day, in: conversation, visitor) }
                let before = try query["before"].map { text throws(Problem) in
                    guard let id = MessageID(text) else { throw .notFound(pages.words.notFound) }
                    return id
                }
                return try await page(conversation, visitor, before: before)
            },
            pages.upload("/conversations/{number}") { request, visitor, form, files in
                let conversation = try await pages.conversation(request, visitor)
                let draft = Draft(form), book = pages.desk.personal.book, person = visitor.account.person
                do {
                    _ = try await pages.send(
                        draft, files: files, over: conversation.summary.line, to: conversation.summary.participants, by: visitor)
                    try await book.save(draft: "", of: conversation.number, for: person)
                    return Pages.see("/conversations/\(conversation.number)")
                } catch let mistake as Mistake {
                    try await book.save(draft: draft.text, of: conversation.number, for: person)
                    return try await page(conversation, visitor, before: nil, draft: draft.shown(after: mistake, fresh: pages.freshKey()), mistake: mistake)
                }
            },
            pages.form("/conversations/{number}/draft", limit: Pages.textForm) { request, visitor, form in
                let conversation = try await pages.conversation(request, visitor)
                let text = String(decoding: form.lines("text").utf8.prefix(Submissions.textLimit), as: UTF8.self)
                try await pages.desk.personal.book.save(draft: text, of: conversation.number, for: visitor.account.person)
                return .empty(204)
            },
            pages.form("/conversations/{number}/shelf") { request, visitor, form in
                let conversation = try await pages.conversation(request, visitor)
                guard let move = form["move"].flatMap(ShelfMove.init(rawValue:)) else { throw Problem.badRequest(pages.words.notFound) }
                try await pages.desk.personal.book.put(conversation.number, move, for: visitor.account.person)
                return Pages.see(move == .archive ? "/" : "/conversations/\(conversation.number)")
            },
        ]
    }

    /// To the page on which a day begins.
    private func go(to day: String, in conversation: OpenConversation, _ visitor: Visitor) async throws -> Response {
        guard let time = pages.times(of: visitor).instant(picked: day) else { throw Problem(422, "day", pages.words.noSuchDay) }
        let end = try await pages.desk.personal.book.end(ofPageAt: time, in: conversation.number, limit: Thread.limit)
        return Pages.see("/conversations/\(conversation.number)" + (end.map { "?before=\($0)#top" } ?? ""))
    }

    private func page(
        _ conversation: OpenConversation, _ visitor: Visitor, before: MessageID?, draft: Draft? = nil, mistake: Mistake? = nil
    ) async throws -> Response {
        let ledger = pages.desk.ledger, book = pages.desk.personal.book, times = pages.times(of: visitor), words = pages.words
        let person = visitor.account.person, summary = conversation.summary
        let newestEntry = try await ledger.lastEntry()
        let records = try await ledger.thread(conversation.number, before: before, after: nil, limit: Thread.limit + 1)
        if before == nil, let last = records.first { try await ledger.markRead(last.message.id, by: person) }
        let doubts = try await pages.doubts(among: records)
        let key = pages.freshKey()
        let names = try await pages.names(of: summary.participants, for: visitor)
        let thread = Thread(records, times: times) { record in
            Bubble(record: record, doubt: doubts[record.message.id], token: visitor.token, key: key, times: times, words: words, names: names).html
        }
        let held = before == nil ? try await book.heldMessages(of: person).filter { $0.isOf(summary) } : []
        let waiting = held.map { HeldBubble(message: $0, token: visitor.token, times: times, words: words).html }
        let marks = try await book.marks(of: conversation.number, for: person)
        let list = try await pages.list(try await pages.shelf(.open, of: visitor, limit: Self.listLimit), visitor, open: conversation.number)
        let older: HTML = thread.olderThan.map { "<p class=\"more\"><a href=\"?before=\($0.description)\">\(words.older)</a></p>" as HTML } ?? .nothing
        let newest: HTML = before == nil ? .nothing : "<p class=\"more\"><a href=\"/conversations/\(conversation.number)\">\(words.newest)</a></p>"
        let name = ConversationList.name(summary.participants, names)
        var answer: HTML = .nothing
        if conversation.canBeAnswered {
            answer =
                Compose(
                    action: "/conversations/\(conversation.number)", token: visitor.token, draft: draft ?? Draft(key: key, text: marks.draft), mistake: mistake,
                    attachments: await pages.attachments(summary.line), times: times, words: words, hasFocus: mistake != nil
                ).html + (mistake?.place == .recipients ? Field.note(mistake?.sentence, of: "to") : .nothing)
        }
        let menu = ThreadMenu(
            conversation: conversation, marks: marks, blocking: try await pages.blocking(conversation, visitor), token: visitor.token, today: times.pickedDay(pages.desk.mint.now()), words: words)
        let content: HTML = """
            <div class="panes"\(" data-live=\"\(newestEntry)\"" as HTML, if: before == nil)><aside aria-label="\(words.messages)" data-fresh>\(list)</aside>
            <section class="thread" aria-label="\(words.conversation)"><div class="title"><a class="back" href="/" aria-label="\(words.back)">‹</a><h1><bdi>\(name)</bdi></h1>\(menu.html)</div>
            <div class="scroll" data-scroll tabindex="0" id="top">\(older)<ol data-fresh>\(thread.html)\(waiting)</ol>\(newest)</div>\(answer)</section></div>
            """
        return Layout(title: name, visitor: visitor, isThread: true, content: content).response(status: mistake == nil ? 200 : 422)
    }
}

extension HeldMessage {
    func isOf(_ conversation: ConversationSummary) -> Bool {
        line == conversation.line && Set(recipients) == Set(conversation.participants)
    }
}
