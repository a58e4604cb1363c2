import Exchange
import HTTPStack
import Kinds
import Logging
import Telephony

/// `/cgi-bin/sendsms`, and the calls that tell what became of what it sent.
struct KannelEndpoint: MessageEndpoint {
    let username: String
    let password: KnownSecret
    let logins: PasswordGuard
    let sender: LineSender
    let reports: ReportCaller
    let log: Logger

    private static let bodyLimit = 64 * 1024
    private static let recipientLimit = 50

    var operations: [Operation] {
        [
            Operation(.get, "/cgi-bin/sendsms", access: .own) { request in
                guard let form = try? Form(query: request.query) else { return KannelAnswer.badText.response }
                return await answer(KannelWish(form), request.source)
            },
            Operation(.post, "/cgi-bin/sendsms", access: .own, reading: Self.bodyLimit) { request, body in
                if request.header("X-Kannel-Username") != nil {
                    return await answer(KannelWish(head: request, body: try await body.whole()), request.source)
                }
                guard let form = try? await request.form(body) else { return KannelAnswer.badText.response }
                return await answer(KannelWish(form), request.source)
            },
        ]
    }

    private func answer(_ wish: KannelWish, _ source: Source) async -> Response {
        do throws(KannelAnswer) {
            try admit(wish, source)
            try await send(wish)
            return KannelAnswer.accepted.response
        } catch {
            return error.response
        }
    }

    /// Whoever calls over the local socket is the owner; to say nothing costs no guess. A long password is found by no number of guesses: who knows it
    /// never waits, whoever else guesses from there, and loses no text by that.
    private func admit(_ wish: KannelWish, _ source: Source) throws(KannelAnswer) {
        guard source != .local else { return }
        guard !wish.username.isEmpty else { throw .unauthorized(wait: nil) }
        if password.isLong, wish.username == username, password.equals(wish.password) { return }
        switch logins.check(name: wish.username, password: wish.password, source: source) {
        case .known: return
        case .wrong: throw .unauthorized(wait: nil)
        case .wait(let seconds): throw .unauthorized(wait: seconds)
        }
    }

    private func send(_ wish: KannelWish) async throws(KannelAnswer) {
        guard !wish.to.isEmpty else { throw .noReceiver }
        guard wish.to.count <= Self.recipientLimit else { throw .badReceiver }
        guard !wish.hasHeader, wish.coding != "1", let text = KannelText.decode(wish.text, charset: wish.charset, coding: wish.coding) else { throw .badText }
        guard !text.isEmpty else { throw .noText }
        do throws(SubmissionError) {
            _ = try await sender.send([.text(text)], to: try sender.addresses(wish.to), note: reportWish(wish)?.note ?? "")
        } catch {
            throw KannelAnswer(error)
        }
    }

    /// Nil where nothing is to be told, or where it is not allowed to be told.
    private func reportWish(_ wish: KannelWish) -> ReportWish? {
        guard let template = wish.reportURL, !template.isEmpty, wish.reportMask > 0, template.utf8.count <= 1024 else { return nil }
        // The host stands before any escape.
        let head = template.prefix { $0 != "?" && $0 != "%" }
        guard let host = WebURL(String(head))?.host, reports.hosts.contains(host) else {
            log.warning("a dlr-url is on a host that dlr-hosts does not name; the text is sent and nothing is told")
            return nil
        }
        return ReportWish(mask: wish.reportMask, template: template)
    }

    func deliver(_ claim: Claim) async -> Outcome { await reports.deliver(claim) }
}
