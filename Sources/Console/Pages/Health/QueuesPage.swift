import Exchange
import HTTPStack
import Telephony

/// `/health/queues`: what failed, is in doubt, was not understood or not fetched, with what can be done about each.
struct QueuesPage {
    let pages: Pages

    static let limit = 50

    private var care: Care { pages.desk.care }
    private var words: Words { pages.words }

    var operations: [Operation] {
        [
            pages.ownersPage("/health/queues") { request, visitor in
                let query = try request.queryParameters("before", "note")
                let note = query["note"].map { $0 == "gone" ? words.gone : words.done }
                return try await page(visitor, before: query["before"].flatMap { DeliveryID($0) }, note: note)
            },
            pages.ownersPage("/health/queues/receipts/{id}") { request, _ in
                _ = try request.queryParameters()
                let id = ReceiptID(request.parameter("id"))
                guard let found = try await care.ledger.undecodable(limit: .max).first(where: { $0.receipt.id == id }) else {
                    throw Problem.notFound(words.notFound)
                }
                return .text(ShownOctets(found.receipt.octets).whole + "\n")
            },
            pages.ownersForm("/health/queues") { request, visitor, form in
                guard let act = QueueAct(form) else { throw Problem.badRequest(words.pageIsOld) }
                do throws(LedgerError) {
                    try await carryOut(act, by: visitor.account.person)
                } catch {
                    // Somebody else was faster, or it went on by itself.
                    guard case .conflict = error else { throw error }
                    return Pages.see("/health/queues?note=gone")
                }
                pages.log.notice(
                    "queue", metadata: ["person": "\(visitor.account.person)", "act": "\(act.name)", "of": "\(act.subject)"])
                await pages.desk.audit.note(.troubleSettled, by: visitor, from: request, about: act.name)
                return Pages.see("/health/queues?note=done")
            },
        ]
    }

    private func carryOut(_ act: QueueAct, by person: PersonID) async throws(LedgerError) {
        switch act {
        case .decide(let delivery, let decision): try await pages.desk.decisions.decide(delivery, decision)
        case .retryDelivery(let id): try await care.repairs.retry(id, by: person)
        case .dropDelivery(let id): try await care.repairs.drop(id, by: person)
        case .replayReceipt(let id): try await care.repairs.replay(id, by: person)
        case .dropReceipt(let id): try await care.repairs.drop(id, by: person)
        case .replayAll:
            try await care.repairs.replay(try await care.ledger.undecodable(limit: .max).map(\.receipt.id), by: person)
        case .retryRetrieval(let id):
            guard let record = try await pages.desk.ledger.retrievals().first(where: { $0.retrieval.id == id }) else {
                throw .conflict("there is no retrieval \(id)")
            }
            try await care.repairs.retry(record.retrieval, by: person)
        case .dropRetrieval(let id): try await care.repairs.drop(id, by: person)
        }
    }

    private func page(_ visitor: Visitor, before: DeliveryID?, note: String?) async throws -> Response {
        let failures = try await care.ledger.failures(before: before, limit: Self.limit + 1)
        let rows = QueueRows(pages: pages, times: pages.times(of: visitor), token: visitor.token)
        let queues: [HTML] = try await [
            rows.doubts(care.ledger.doubts(limit: Self.limit)),
            rows.failures(Array(failures.prefix(Self.limit)), olderThan: failures.count > Self.limit ? failures[Self.limit - 1].delivery.delivery.id : nil),
            rows.undecodable(care.ledger.undecodable(limit: Self.limit)),
            rows.retrievals(pages.desk.ledger.retrievals()),
        ]
        let nothing: HTML = queues.allSatisfy { $0 == .nothing } ? "<p class=\"empty\">\(words.nothingQueued)</p>" : .nothing
        let told: HTML = note.map { "<p role=\"status\">\($0)</p>" as HTML } ?? .nothing
        let content: HTML = """
            <div class="care">\(HealthTabs(open: .queues, words: words).html)<h1>\(words.queues)</h1>\(told)\(nothing)\(queues)</div>
            """
        return pages.carePage(words.queues, visitor, content)
    }
}
