import Exchange
import Files
import HTTPStack
import Telephony

/// `/messages/{id}`: one message whole, its files, and what can be done about it.
struct MessagePage {
    let pages: Pages

    var operations: [Operation] {
        [
            pages.page("/messages/{id}") { request, visitor in
                let record = try await pages.record(request, visitor)
                let times = pages.times(of: visitor), doubts = try await pages.doubts(among: [record])
                let names = try await pages.names(of: record.message.participants, for: visitor)
                let bubble = Bubble(
                    record: record, doubt: doubts[record.message.id], token: visitor.token, key: pages.freshKey(), times: times, words: pages.words,
                    names: names, textLimit: nil)
                let back = try await pages.path(to: record.message.id)
                let content: HTML = """
                    <section class="thread alone" aria-label="\(pages.words.message)"><h1 class="hidden">\(pages.words.message)</h1><p><a href="\(back)">\(pages.words.conversation)</a></p><ol><li class="day"><h2>\(times.heading(record.message.recordedAt))</h2></li>\(bubble.html)</ol></section>
                    <div class="care">\(try await pages.journey(of: record.message.id, times).html)</div>
                    """
                return pages.carePage(pages.words.message, visitor, content)
            },
            pages.page("/messages/{id}/files/{number}", file),
            pages.form("/messages/{id}/again") { request, visitor, form in
                let message = try await pages.record(request, visitor).message
                guard message.direction == .outgoing, let key = Draft(form).key.isEmpty ? nil : form["key"] else { throw Problem.badRequest(pages.words.pageIsOld) }
                let unreached = Unreached(of: message, try await pages.desk.ledger.deliveries(of: message.id)).participants
                guard !unreached.isEmpty else { throw Problem.conflict(pages.words.nothingFailed) }
                do {
                    // What is sent again on one page is told apart by the message it is of.
                    let sent = try await pages.send(
                        message.parts, subject: message.subject, key: "\(key)/\(message.id)", over: message.line, to: unreached, by: visitor)
                    return Pages.see(try await pages.path(to: sent))
                } catch let error as SubmissionError {
                    throw Problem(422, "refused", error.description)
                } catch is UsedKey {
                    throw Problem.conflict(pages.words.pageIsOld)
                }
            },
            pages.form("/messages/{id}/withdrawal") { request, visitor, _ in
                let message = try await pages.record(request, visitor).message
                guard message.direction == .outgoing else { throw Problem.notFound(pages.words.notFound) }
                guard try await pages.desk.personal.withdrawals.withdraw(message.id) > 0 else { throw Problem(409, "gone", pages.words.tooLate) }
                pages.log.info("taken back", metadata: ["person": "\(visitor.account.person)", "message": "\(message.id)"])
                return Pages.see(try await pages.path(to: message.id))
            },
            pages.form("/messages/{id}/doubt") { request, visitor, form in
                let message = try await pages.record(request, visitor).message
                guard let delivery = form["delivery"].flatMap({ DeliveryID($0) }), let decision = form["decision"].flatMap(DoubtDecision.init(rawValue:)),
                    try await pages.desk.ledger.deliveries(of: message.id).contains(where: { $0.delivery.id == delivery })
                else { throw Problem.notFound(pages.words.notFound) }
                try await pages.desk.decisions.decide(delivery, decision)
                await pages.desk.audit.note(.troubleSettled, by: visitor, from: request, about: decision.rawValue)
                return Pages.see(try await pages.path(to: message.id))
            },
        ]
    }

    /// The octets of a file. A browser shows only what it cannot run, and whatever it is, it runs nothing of it.
    @Sendable private func file(_ request: Request, _ visitor: Visitor) async throws -> Response {
        let message = try await pages.record(request, visitor).message
        guard let number = Int(request.parameter("number")), message.parts.indices.contains(number) else { throw Problem.notFound(pages.words.notFound) }
        let part = message.parts[number]
        let shown = ShownFile(part.mediaType)
        let name = part.name ?? "file-\(number)"
        let disposition: ContentDisposition = if case .saved = shown { .attachment } else { .inline }
        let fields = [
            ("Content-Disposition", disposition.value(name: name)), ("Content-Security-Policy", "sandbox; default-src 'none'"),
            // What a browser keeps of it is not for whoever signs in there next.
            ("Cross-Origin-Resource-Policy", "same-origin"), ("Vary", "Cookie"),
        ]
        if Recordings.types.contains(part.mediaType), let made = try await pages.recordings?.playable(part) {
            return try await ServedFile(made.octets, mark: made.mark).response(to: request, contentType: Recordings.contentType, headers: fields)
        }
        let type = if case .saved = shown { "application/octet-stream" } else { FileLink.plain(part.contentType) }
        return try await ServedFile(part, number, of: message.id, in: pages.desk.media).response(to: request, contentType: type, headers: fields)
    }
}

extension Pages {
    func record(_ request: Request, _ visitor: Visitor) async throws -> MessageRecord {
        guard let id = MessageID(request.parameter("id")), let record = try await desk.ledger.message(id), visitor.sees(record.message.line) else {
            throw Problem.notFound(words.notFound)
        }
        return record
    }

    /// To the conversation of a message.
    func path(to message: MessageID) async throws -> String {
        try await desk.ledger.conversationNumber(of: message).map { "/conversations/\($0)" } ?? "/"
    }
}
