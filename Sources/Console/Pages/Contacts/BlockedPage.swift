import Exchange
import HTTPStack
import Telephony

/// `/blocked`: whose messages are brought to nobody, and what they wrote.
struct BlockedPage {
    let pages: Pages
    let people: PeopleDesk

    var operations: [Operation] {
        [
            pages.page("/blocked") { _, visitor in try await page(visitor) },
            pages.form("/blocked/add") { _, visitor, form in try await add(form, visitor) },
            pages.form("/blocked/remove") { _, visitor, form in
                guard let block = block(form, visitor), try await people.blocks.unblock(block) else { throw Problem.notFound(pages.words.notFound) }
                return Pages.see(form["back"].flatMap(Self.path) ?? "/blocked")
            },
        ]
    }

    private func page(_ visitor: Visitor, number: String = "", mistake: String? = nil) async throws -> Response {
        let words = pages.words
        let blocks = try await pages.blocks(for: visitor)
        let names = try await pages.names(of: blocks.map(\.sender), for: visitor)
        let rows = blocks.map { row($0, name: names[$0.sender], visitor) }
        let lines = pages.desk.lines.filter(visitor.sees)
        let options = lines.map { "<option>\($0.name)</option>" as HTML }
        let line: HTML = visitor.account.role == .owner ? "<label>\(words.line)<select name=\"line\">\(options)</select></label>" : .nothing
        let content: HTML = """
            <div class="cards"><p><a href="/contacts">\(words.contacts)</a></p><h1>\(words.blocked)</h1><p>\(visitor.account.role == .owner ? words.blockedText : words.blockedTextOfMember)</p>
            \(rows.isEmpty ? "<p class=\"empty\">\(words.nobodyBlocked)</p>" as HTML : "<ul class=\"list\">\(rows)</ul>" as HTML)
            <form class="card" method="post" action="/blocked/add">\(visitor.token.input)
            \(Field(name: "sender", label: words.numberOrName, value: number, mistake: mistake).html)\(line)<button>\(words.block)</button></form></div>
            """
        return Layout(title: words.blocked, visitor: visitor, content: content).response(status: mistake == nil ? 200 : 422)
    }

    private func row(_ block: Block, name: String?, _ visitor: Visitor) -> HTML {
        let words = pages.words
        let scope: HTML = if case .line(let line) = block.scope { "<span class=\"line\"><bdi>\(line.name)</bdi></span>" } else { .nothing }
        let isOurs = visitor.account.role == .owner || block.scope == .person(visitor.account.person)
        let remove: HTML = isOurs ? """
            <form method="post" action="/blocked/remove">\(visitor.token.input)\(Self.fields(block))<button class="plain">\(words.unblock)</button></form>
            """ : .nothing
        return """
            <li class="blocked"><span class="who"><bdi>\(name ?? block.sender.shownName)</bdi></span>\(scope)
            <a href="/search?q=\(PercentEncoding.encode(block.sender.text))">\(words.messages)</a>\(remove)</li>

            """
    }

    /// A block as fields of a form.
    static func fields(_ block: Block) -> HTML {
        let sender: HTML = "<input type=\"hidden\" name=\"sender\" value=\"\(block.sender.text)\"><input type=\"hidden\" name=\"kind\" value=\"\(block.sender.kind.rawValue)\">"
        guard case .line(let line) = block.scope else { return sender }
        return sender + "<input type=\"hidden\" name=\"line\" value=\"\(line.name)\">"
    }

    /// Owners block for a line, and everybody for themselves. Nil for what is not the visitor's to block.
    private func block(_ form: Form, _ visitor: Visitor) -> Block? {
        guard let text = form["sender"], !text.isEmpty, text.utf8.count <= 200 else { return nil }
        let scope: Block.Scope
        if let name = form["line"] {
            guard visitor.account.role == .owner, let line = pages.desk.lines.first(where: { $0.name == name }) else { return nil }
            scope = .line(line)
        } else {
            scope = .person(visitor.account.person)
        }
        if let kind = form["kind"] { return Address.Kind(rawValue: kind).map { Block(Address(kind: $0, text: text), for: scope) } }
        let line = form["line"].map { LineID($0) } ?? visitor.lines?.first ?? pages.desk.lines.first ?? .house
        if let address = try? pages.desk.submissions.address(text, line: line) { return Block(address, for: scope) }
        let isName = text.unicodeScalars.contains { $0.properties.isAlphabetic } && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        return isName ? Block(.alphanumeric(text), for: scope) : nil
    }

    private func add(_ form: Form, _ visitor: Visitor) async throws -> Response {
        guard let block = block(form, visitor) else { return try await page(visitor, number: form["sender"] ?? "", mistake: pages.words.noNumber) }
        // Homeline's own notices are nobody's to block.
        if case .person = block.sender { throw Problem.notFound(pages.words.notFound) }
        try await people.blocks.block(block, at: pages.desk.mint.now())
        return Pages.see(form["back"].flatMap(Self.path) ?? "/blocked")
    }

    /// Back to a conversation, and to nowhere else.
    private static func path(_ text: String) -> String? {
        text.hasPrefix("/conversations/") && text.dropFirst(15).utf8.allSatisfy { (0x30...0x39).contains($0) } ? text : nil
    }
}

extension Pages {
    /// Blocks that a visitor sees: of their lines, and their own.
    func blocks(for visitor: Visitor) async throws -> [Block] {
        guard let people = desk.people else { return [] }
        return try await people.blocks.blocks().filter { block in
            switch block.scope {
            case .line(let line): visitor.sees(line)
            case .person(let person): person == visitor.account.person
            }
        }
    }

    /// Whether a conversation stays out of the visitor's list: with one party, which is blocked.
    static func isBlocked(_ summary: ConversationSummary, by blocks: [Block]) -> Bool {
        guard summary.participants.count == 1, let party = summary.participants.first else { return false }
        return blocks.contains { block in
            guard block.sender == party else { return false }
            return if case .line(let line) = block.scope { line == summary.line } else { true }
        }
    }

    /// The form of a conversation with one party to block it, or to take that back.
    func blocking(_ conversation: OpenConversation, _ visitor: Visitor) async throws -> HTML {
        guard desk.people != nil, conversation.summary.participants.count == 1, let party = conversation.summary.participants.first, party.kind != .person
        else { return .nothing }
        let existing = try await blocks(for: visitor).first { Self.isBlocked(conversation.summary, by: [$0]) }
        let scope: Block.Scope = visitor.account.role == .owner ? .line(conversation.summary.line) : .person(visitor.account.person)
        let block = existing ?? Block(party, for: scope)
        if case .line = block.scope, visitor.account.role != .owner { return "<p class=\"note\">\(words.blocked)</p>" }
        let back: HTML = "<input type=\"hidden\" name=\"back\" value=\"/conversations/\(conversation.number)\">"
        return """
            <form method="post" action="/blocked/\(existing == nil ? "add" : "remove")">\(visitor.token.input)\(BlockedPage.fields(block))\(back)<button class="plain">\(existing == nil ? words.block : words.unblock)</button></form>
            """
    }
}
