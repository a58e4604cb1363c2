import Exchange
import Factors
import HTTPStack
import Telephony
import Wire

/// `/you/passkeys`: the passkeys that somebody signs in with.
struct PasskeysPage {
    private static let path = "/you/passkeys"
    private static let longestName = 60

    let pages: Pages

    var operations: [Operation] {
        [
            pages.page(Self.path) { request, visitor in
                guard pages.confirmed(visitor) else { return Pages.toConfirm(Self.path) }
                return try await page(request, visitor)
            },
            form("add") { request, visitor, form in
                guard let party = pages.relyingParty(request), let answer = PasskeyAnswer(form), let name = Self.name(form) else {
                    return try await page(request, visitor, mistake: pages.words.passkeyRefused, status: 422)
                }
                do {
                    let held = try await pages.signIns.ledger.passkeys(of: visitor.account.person).count
                    guard held < SignIns.passkeyLimit else { return try await page(request, visitor, mistake: pages.words.tooManyPasskeys, status: 422) }
                    try await pages.signIns.addPasskey(answer, named: name, of: visitor, at: party, from: request.source)
                } catch is CeremonyError {
                    return try await page(request, visitor, mistake: pages.words.passkeyRefused, status: 422)
                } catch LedgerError.conflict {
                    return try await page(request, visitor, mistake: pages.words.passkeyIsKnown, status: 422)
                }
                return Pages.see(Self.path, cookies: [pages.cookie(try await pages.signIns.raise(visitor, source: request.source), request)])
            },
            form("rename") { request, visitor, form in
                guard let id = form["key"].flatMap(Base64URL.decode), let name = Self.name(form),
                    try await pages.signIns.renamePasskey(id, to: name, of: visitor, from: request.source)
                else { throw Problem.notFound("") }
                return Pages.see(Self.path)
            },
            form("remove") { request, visitor, form in
                guard let id = form["key"].flatMap(Base64URL.decode) else { throw Problem.notFound("") }
                switch try await pages.signIns.removePasskey(id, of: visitor, from: request.source) {
                case .removed: return Pages.see(Self.path)
                case .unknown: throw Problem.notFound("")
                case .lastWayIn: return try await page(request, visitor, mistake: pages.words.lastWayIn, status: 422)
                }
            },
        ]
    }

    private func form(_ name: String, _ respond: @escaping Pages.RespondToForm) -> Operation {
        pages.form("\(Self.path)/\(name)") { request, visitor, form in
            guard pages.confirmed(visitor) else { return pages.toConfirm(request, visitor, form, otherwise: Self.path) }
            return try await respond(request, visitor, form)
        }
    }

    /// One that commands no terminal: it is shown to others than who chose it.
    private static func name(_ form: Form) -> String? {
        let name = String((form["name"] ?? "").prefix(longestName))
        return name.contains { !$0.isWhitespace } && name == name.harmlessLine ? name : nil
    }

    private func page(_ request: Request, _ visitor: Visitor, mistake: String? = nil, status: Int = 200) async throws -> Response {
        let words = pages.words
        let passkeys = try await pages.signIns.ledger.passkeys(of: visitor.account.person)
        let rows = passkeys.map { row($0, visitor) }
        let list: HTML = rows.isEmpty ? "<p>\(words.noPasskeys)</p>" : "<ul class=\"facts\">\(rows)</ul>"
        let wrong: HTML = mistake.map { "<p class=\"mistake\" role=\"alert\">\($0)</p>" as HTML } ?? .nothing
        let content: HTML = """
            <div class="card"><h1>\(words.passkeys)</h1><p>\(words.passkeysText)</p>\(wrong)\(list)\(try await adding(request, visitor))</div>
            """
        return Layout(title: words.passkeys, visitor: visitor, further: [.passkeys], content: content).response(status: status)
    }

    private func row(_ passkey: Passkey, _ visitor: Visitor) -> HTML {
        let words = pages.words, times = pages.times(of: visitor), token = visitor.token.input
        let used = passkey.usedAt.map { words.lastUsed(times.short($0)) } ?? words.neverUsed
        let key: HTML = "\(token)<input type=\"hidden\" name=\"key\" value=\"\(Base64URL.encode(passkey.id))\">"
        return """
            <li><p><strong><bdi>\(passkey.name)</bdi></strong></p><p class="quiet">\(passkey.site) · \(words.madeOn(times.short(passkey.createdAt))) · \(used)</p>
            <form method="post" action="/you/passkeys/rename">\(key)<label>\(words.name)<input name="name" value="\(passkey.name)" maxlength="60" required></label>
            <button class="plain">\(words.rename)</button></form>
            <form method="post" action="/you/passkeys/remove">\(key)<button class="plain">\(words.remove)</button></form></li>
            """
    }

    private func adding(_ request: Request, _ visitor: Visitor) async throws -> HTML {
        let words = pages.words
        guard let party = pages.relyingParty(request) else { return "<p class=\"quiet\">\(words.noPasskeysHere)</p>" }
        let person = visitor.account.person
        let asked = try await pages.signIns.challengeForPasskey(of: person, browser: visitor.secret.lasting)
        let suggested = visitor.signIn.browser.isEmpty ? words.passkey : visitor.signIn.browser
        return PasskeyForm(
            action: "/you/passkeys/add", ceremony: .create(handle: asked.handle, person: person.name, known: asked.known), challenge: asked.challenge,
            party: party, token: visitor.token, words: words, button: words.addPasskey, fields: Field(name: "name", label: words.name, value: suggested).html
        ).html + "<noscript><p class=\"quiet\">\(words.passkeysNeedScript)</p></noscript>"
    }
}
