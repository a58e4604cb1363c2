import Exchange
import HTTPStack
import Telephony

/// `/setup/test`: a text to oneself, and back.
struct SetupTestPage {
    let pages: Pages

    private static let path = SetupStep.test.path

    var operations: [Operation] {
        [
            pages.ownersPage(Self.path) { request, visitor in
                _ = try pages.installation()
                guard let text = try request.queryParameters("message")["message"] else { return try await page(visitor, to: try await ownNumber(), line: nil) }
                guard let id = MessageID(text), let record = try await pages.desk.ledger.message(id) else { throw Problem.notFound(pages.words.notFound) }
                return try await outcome(visitor, record)
            },
            pages.ownersForm(Self.path) { _, visitor, form in
                _ = try pages.installation()
                let to = form["to"] ?? "", line = LineID(form["line"] ?? "")
                guard pages.desk.lines.contains(line), let key = MessageID(form["key"] ?? "") else { throw Problem.badRequest(pages.words.pageIsOld) }
                do {
                    let address = try pages.desk.submissions.address(to, line: line)
                    // What comes back is known by it: no other text ends like this one.
                    let text = "\(pages.words.testMessage) \(pages.times(of: visitor).time(pages.desk.mint.now())) (\(key.description.suffix(4)))"
                    let message = try await pages.send([.text(text)], key: key.description, over: line, to: [address], by: visitor)
                    return Pages.see("\(Self.path)?message=\(message)")
                } catch let error as SubmissionError {
                    return try await page(visitor, to: to, line: line, mistake: error.description, status: 422)
                } catch let used as UsedKey {
                    // The text has the minute in it: the same form says something else in the next.
                    let address = try pages.desk.submissions.address(to, line: line)
                    guard used.message.line != line || used.message.participants != [address] else { return Pages.see("\(Self.path)?message=\(used.message.id)") }
                    return try await page(visitor, to: to, line: line, mistake: pages.words.sentBefore, status: 422)
                }
            },
        ]
    }

    /// The first line's own, where it is known.
    private func ownNumber() async throws -> String {
        guard let line = pages.desk.lines.first else { return "" }
        return try await pages.desk.ledger.lines().first { $0.id == line }?.facts.number ?? ""
    }

    private func page(_ visitor: Visitor, to: String, line: LineID?, mistake: String? = nil, status: Int = 200) async throws -> Response {
        let words = pages.words, lines = pages.desk.lines
        guard !lines.isEmpty else { return Pages.see(SetupStep.start.path) }
        let choice = Choice(name: "line", label: words.line, options: lines.map { ($0.name, $0.name) }, chosen: line?.name ?? "")
        let hidden: HTML = lines.count == 1 ? "<input type=\"hidden\" name=\"line\" value=\"\(lines[0].name)\">" : choice.html
        return try await pages.setup(
            .test, visitor, title: words.stepTest, status: status,
            """
            <form class="card" method="post" action="\(Self.path)">\(visitor.token.input)<input type="hidden" name="key" value="\(pages.freshKey())">\(hidden)<p>\(words.testText)</p>
            \(Field(name: "to", label: words.to, kind: .tel, value: to, mistake: mistake).html)\(HTML.hint(words.testHint))
            <button>\(words.sendTest)</button></form><p><a href="\(SetupStep.app.path)">\(words.skipIt)</a></p>
            """)
    }

    /// What became of it, and whether it came back.
    private func outcome(_ visitor: Visitor, _ record: MessageRecord) async throws -> Response {
        let words = pages.words, message = record.message
        let reason: HTML = record.failure.map { "<p><bdi>\($0.sentence)</bdi></p>" as HTML } ?? .nothing
        let (mark, word) = Self.sending(record.state, words)
        return try await pages.setup(
            .test, visitor, title: words.stepTest,
            """
            <div data-poll><section class="card state"><p role="status"><span aria-hidden="true">\(mark)</span> \(word)</p><p class="text"><bdi>\(message.text)</bdi></p>\(reason)</section>\(try await coming(back: record))</div>
            <p><a class="button" href="\(SetupStep.app.path)">\(words.nextStep)</a> <a href="\(Self.path)">\(words.tryAgain)</a></p>
            """)
    }

    private static func sending(_ state: MessageState, _ words: Words) -> (mark: HTML, word: String) {
        switch state {
        case .received: ("✓", words.sent)
        case .queued: ("◷", words.queued)
        case .sent: ("✓", words.sent)
        case .delivered: ("✓✓", words.delivered)
        case .failed: ("⚠", words.failed)
        case .inDoubt: ("?", words.inDoubt)
        }
    }

    private func coming(back record: MessageRecord) async throws -> HTML {
        let words = pages.words, message = record.message
        let since = try await pages.desk.ledger.messages(after: message.id, limit: Self.considered, lines: [message.line]).map(\.message)
        let own = try await pages.desk.ledger.lines().first { $0.id == message.line }?.facts.number
        if let arrived = since.first(where: { Return(of: message, own: own).isMade(by: $0) }) {
            return """
                <section class="card state good" data-arrived><p role="status"><span aria-hidden="true">✓</span> \(words.arrived)</p>
                <p class="text"><bdi>\(String(arrived.text.prefix(500)))</bdi></p></section>
                """
        }
        guard record.state != .failed else { return .nothing }
        guard pages.desk.mint.now() - message.recordedAt >= Self.patience else { return "<p class=\"hint\">\(words.notArrivedYet)</p>" }
        let line: HTML = "<p><a href=\"/lines/\(PercentEncoding.encode(message.line.name))\">\(words.line): \(message.line.name)</a></p>"
        return "<section class=\"card\" data-missing><p class=\"mistake\" role=\"alert\">\(record.state == .queued ? words.neverLeft : words.nothingCameBack)</p>\(line)</section>"
    }

    /// Messages that are looked at for the one that comes back.
    private static let considered = 200
    /// How long a text to oneself takes at most where all is well.
    private static let patience: Duration = .seconds(120)
}
