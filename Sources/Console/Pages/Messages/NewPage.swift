import Exchange
import HTTPStack
import Telephony

/// `/new`: to somebody who is not in the list.
struct NewPage {
    let pages: Pages

    /// What was filled in, to be kept when something about it is wrong.
    private struct Filled {
        var draft: Draft
        var to = ""
        var line: LineID?
        var mistake: Mistake?
    }

    var operations: [Operation] {
        [
            pages.page("/new") { request, visitor in
                let to = try request.queryParameters("to")["to"] ?? ""
                return await page(visitor, Filled(draft: Draft(key: pages.freshKey()), to: to))
            },
            pages.upload("/new") { _, visitor, form, files in
                let line = LineID(form["line"] ?? "")
                var filled = Filled(draft: Draft(form), to: form["to"] ?? "", line: line)
                guard lines(visitor).contains(line) else { throw Problem.notFound(pages.words.notFound) }
                do {
                    let sent = try await pages.send(filled.draft, files: files, over: line, to: try recipients(filled.to, line), by: visitor)
                    guard case .message(let message) = sent, let number = try await pages.desk.ledger.conversationNumber(of: message) else {
                        return Pages.see("/held")
                    }
                    return Pages.see("/conversations/\(number)")
                } catch let mistake as Mistake {
                    filled.mistake = mistake
                    filled.draft = filled.draft.shown(after: mistake, fresh: pages.freshKey())
                    return await page(visitor, filled)
                }
            },
        ]
    }

    private func lines(_ visitor: Visitor) -> [LineID] { pages.desk.lines.filter(visitor.sees) }

    private func recipients(_ text: String, _ line: LineID) throws -> [Address] {
        let names = text.split { $0 == "," || $0 == ";" }.map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
        do {
            guard names.count <= Submissions.recipientLimit else { throw SubmissionError.tooLarge("at most \(Submissions.recipientLimit) recipients") }
            guard !names.isEmpty else { throw SubmissionError.noRecipients }
            return try names.map { try pages.desk.submissions.address(String($0), line: line) }
        } catch let error as SubmissionError {
            throw Mistake(.recipients, error.description)
        }
    }

    private func page(_ visitor: Visitor, _ filled: Filled) async -> Response {
        let words = pages.words, mistake = filled.mistake, lines = lines(visitor)
        guard let first = lines.first else {
            let content: HTML = "<div class=\"cards\"><h1>\(words.new)</h1><p>\(words.noLines)</p></div>"
            return Layout(title: words.new, visitor: visitor, content: content).response()
        }
        let options = lines.map { "<option\(" selected", if: $0 == filled.line)>\($0.name)</option>" as HTML }
        let choice: HTML =
            lines.count == 1 ? "<input type=\"hidden\" name=\"line\" value=\"\(first.name)\">" : "<label>\(words.line)<select name=\"line\">\(options)</select></label>"
        let recipient = Field(
            name: "to", label: words.to, kind: .tel, value: filled.to, mistake: mistake?.place == .recipients ? mistake?.sentence : nil, isFirst: filled.to.isEmpty)
        var attachments: Attachments?
        for line in lines where attachments == nil { attachments = await pages.attachments(line) }
        // Which line it will be is not known yet, nor so how much it takes.
        if lines.count > 1, attachments != nil { attachments = Attachments(limit: nil) }
        let compose = Compose(
            action: "/new", token: visitor.token, draft: filled.draft, mistake: mistake, attachments: attachments, times: pages.times(of: visitor), words: words,
            fields: recipient.html + choice)
        let content: HTML = "<div class=\"cards\"><h1>\(words.new)</h1>\(compose.html)</div>"
        return Layout(title: words.new, visitor: visitor, content: content).response(status: mistake == nil ? 200 : 422)
    }
}
