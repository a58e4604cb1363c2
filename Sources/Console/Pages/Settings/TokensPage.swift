import HTTPStack
import Telephony

/// `/settings/tokens`: keys for the HTTP API, as `homeline token` makes them.
struct TokensPage {
    private static let path = "/settings/tokens"
    private static let longestName = 40
    private static let longestLife = 36_500

    let pages: Pages

    private struct Draft {
        var name = ""
        var scopes: Set<Token.Scope> = [.read, .send]
        var days = ""
        var nameMistake: String?
        var scopeMistake: String?
        var daysMistake: String?

        var isRight: Bool { nameMistake == nil && scopeMistake == nil && daysMistake == nil }
    }

    var operations: [Operation] {
        [
            pages.ownersPage(Self.path) { _, visitor in
                guard pages.confirmed(visitor) else { return Pages.toConfirm(Self.path) }
                return try await page(visitor, Draft())
            },
            pages.ownersForm(Self.path) { request, visitor, form in
                guard pages.confirmed(visitor) else { return pages.toConfirm(request, visitor, form, otherwise: Self.path) }
                let draft = try await draft(form)
                guard draft.isRight else { return try await page(visitor, draft, status: 422) }
                let secret = pages.signIns.mintSecret(), now = pages.desk.mint.now()
                let end = Int64(draft.days).map { now + .seconds($0 * 86400) }
                try await pages.desk.ledger.save(
                    Token(name: draft.name, hash: TokenSecret.hash(secret), scopes: draft.scopes, createdAt: now, expiresAt: end))
                await pages.desk.audit.note(.tokenMade, by: visitor, from: request, about: draft.name)
                return try await page(visitor, Draft(), made: secret)
            },
            pages.ownersForm("\(Self.path)/revoke") { request, visitor, form in
                guard pages.confirmed(visitor) else { return pages.toConfirm(request, visitor, form, otherwise: Self.path) }
                let name = form["name"] ?? ""
                guard try await pages.desk.ledger.removeToken(named: name) else { throw Problem.notFound("") }
                await pages.desk.audit.note(.tokenRevoked, by: visitor, from: request, about: name)
                return Pages.see(Self.path)
            },
        ]
    }

    private func draft(_ form: Form) async throws -> Draft {
        let words = pages.words
        var draft = Draft(name: form["name"] ?? "", scopes: Set(Token.Scope.allCases.filter { form[$0.rawValue] != nil }), days: form["days"] ?? "")
        let isName = !draft.name.isEmpty && draft.name.count <= Self.longestName && draft.name.allSatisfy { $0.isLetter || $0.isNumber || "-_. ".contains($0) }
        if !isName {
            draft.nameMistake = words.badTokenName
        } else if try await pages.desk.ledger.tokens().contains(where: { $0.name == draft.name }) {
            draft.nameMistake = words.tokenNameIsTaken
        }
        if draft.scopes.isEmpty { draft.scopeMistake = words.scopeWanted }
        if !draft.days.isEmpty, !(Int(draft.days).map { (1...Self.longestLife).contains($0) } ?? false) { draft.daysMistake = words.badDays }
        return draft
    }

    private func page(_ visitor: Visitor, _ draft: Draft, made: String? = nil, status: Int = 200) async throws -> Response {
        let words = pages.words
        let uses = try await pages.signIns.ledger.tokenUses()
        let rows = try await pages.desk.ledger.tokens().map { row($0, uses[$0.name], visitor) }
        let told: HTML = made.map { "<p role=\"status\">\(words.tokenShownOnce)</p><p class=\"secret\">\($0)</p>" as HTML } ?? .nothing
        let list: HTML = rows.isEmpty ? "<p>\(words.noTokens)</p>" : "<ul class=\"facts\">\(rows)</ul>"
        let scopes = Token.Scope.allCases.map { scope in
            """
            <label class="tick"><input type="checkbox" name="\(scope.rawValue)"\(" checked", if: draft.scopes.contains(scope))> \(words.scope(scope))</label>
            """ as HTML
        }
        let content: HTML = """
            <div class="cards"><h1>\(words.tokens)</h1><div class="card">\(told)\(list)</div>
            <form class="card" method="post" action="/settings/tokens">\(visitor.token.input)<h2>\(words.newToken)</h2>
            \(Field(name: "name", label: words.name, value: draft.name, mistake: draft.nameMistake).html)
            <fieldset><legend>\(words.scopes)</legend>\(scopes)\(Field.note(draft.scopeMistake, of: "scopes"))</fieldset>
            \(Field(name: "days", label: words.tokenDays, value: draft.days, mistake: draft.daysMistake).html)
            <button>\(words.makeToken)</button></form></div>
            """
        return Layout(title: words.tokens, visitor: visitor, content: content).response(status: status)
    }

    private func row(_ token: Token, _ usedAt: Instant?, _ visitor: Visitor) -> HTML {
        let words = pages.words, times = pages.times(of: visitor)
        let scopes = Token.Scope.allCases.filter(token.scopes.contains).map(\.rawValue).joined(separator: ", ")
        // A token of the same name that was there before may have been used.
        let used = usedAt.flatMap { $0 >= token.createdAt ? words.lastUsed(times.short($0)) : nil } ?? words.neverUsed
        let end = token.expiresAt.map { $0 > pages.desk.mint.now() ? words.endsOn(times.short($0)) : words.hasEnded } ?? words.neverEnds
        return """
            <li><p><strong><bdi>\(token.name)</bdi></strong></p><p class="quiet">\(scopes) · \(words.madeOn(times.short(token.createdAt))) · \(end) · \(used)</p>
            <form method="post" action="/settings/tokens/revoke">\(visitor.token.input)<input type="hidden" name="name" value="\(token.name)">
            <button class="plain">\(words.revoke)</button></form></li>
            """
    }
}
