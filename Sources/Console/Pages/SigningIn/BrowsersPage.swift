import HTTPStack
import Telephony

/// `/you/browsers`: where somebody is signed in, and the way to end it.
struct BrowsersPage {
    private static let path = "/you/browsers"

    let pages: Pages

    var operations: [Operation] {
        [
            pages.page(Self.path) { _, visitor in try await page(visitor) },
            pages.form("\(Self.path)/end") { request, visitor, form in
                let person = visitor.account.person
                guard try await pages.signIns.ledger.end(form["series"] ?? "", of: person) else { throw Problem.notFound("") }
                await pages.desk.audit.note(.browserEnded, by: visitor, from: request)
                return form["series"] == visitor.signIn.series ? Pages.signedOut() : Pages.see(Self.path)
            },
            pages.form("\(Self.path)/end-others") { request, visitor, _ in
                try await pages.signIns.ledger.endSignIns(of: visitor.account.person, but: visitor.signIn.series)
                await pages.desk.audit.note(.browserEnded, by: visitor, from: request, about: "all others")
                return Pages.see(Self.path)
            },
        ]
    }

    private func page(_ visitor: Visitor) async throws -> Response {
        let words = pages.words
        let signIns = try await pages.signIns.ledger.signIns(of: visitor.account.person)
        let others: HTML =
            signIns.count > 1
            ? "<form method=\"post\" action=\"/you/browsers/end-others\">\(visitor.token.input)<button>\(words.endOthers)</button></form>" : .nothing
        let content: HTML = """
            <div class="card"><h1>\(words.browsers)</h1><p>\(words.browsersText)</p><ul class="facts">\(signIns.map { row($0, visitor) })</ul>\(others)</div>
            """
        return Layout(title: words.browsers, visitor: visitor, content: content).response()
    }

    private func row(_ signIn: SignIn, _ visitor: Visitor) -> HTML {
        let words = pages.words, times = pages.times(of: visitor)
        let name = signIn.browser.isEmpty ? words.unknownBrowser : signIn.browser
        let isThis = signIn.series == visitor.signIn.series
        let end: HTML = """
            <form method="post" action="/you/browsers/end">\(visitor.token.input)<input type="hidden" name="series" value="\(signIn.series)">
            <button class="plain">\(words.end)</button></form>
            """
        return """
            <li><p><strong>\(name)</strong>\(" · \(words.thisBrowser)", if: isThis)</p>
            <p class="quiet">\(Self.place(signIn.place, words)) · \(words.since(times.short(signIn.startedAt))) · \(words.lastSeen(times.short(signIn.seenAt)))</p>\(end)</li>
            """
    }

    /// What kind of address it is, and which.
    static func place(_ address: String, _ words: Words) -> String {
        guard let parsed = IPAddress(address)?.unmapped else { return address == "local" ? words.thisMachine : words.unknownPlace }
        if parsed.isLoopback { return words.thisMachine }
        return "\(parsed.isPublic ? words.internet : words.ownNetwork), \(parsed)"
    }
}
