import Factors
import HTTPStack

/// `/you/codes`: codes of an app, asked for after the password.
struct CodesPage {
    private static let path = "/you/codes"

    let pages: Pages

    var operations: [Operation] {
        [
            pages.page(Self.path) { request, visitor in
                guard pages.confirmed(visitor) else { return Pages.toConfirm(Self.path) }
                return try await page(visitor)
            },
            form("begin") { _, visitor, _ in
                try await pages.signIns.proposeCodes(to: visitor)
                return Pages.see(Self.path)
            },
            form("prove") { request, visitor, form in
                guard let codes = try await pages.signIns.proveCodes(form["code"] ?? "", of: visitor, pages.approach(request)) else {
                    return try await page(visitor, mistake: pages.words.wrongCode, status: 422)
                }
                let secret = try await pages.signIns.raise(visitor, source: request.source)
                return shown(codes, visitor, cookies: [pages.cookie(secret, request)])
            },
            form("recovery") { request, visitor, _ in
                guard try await isOn(visitor) else { return Pages.see(Self.path) }
                return shown(try await pages.signIns.renewRecoveryCodes(of: visitor, from: request.source), visitor)
            },
            form("off") { request, visitor, form in
                guard try await pages.signIns.turnOffCodes(form["code"] ?? "", of: visitor, pages.approach(request)) else {
                    return try await page(visitor, mistake: pages.words.wrongCode, status: 422)
                }
                let secret = try await pages.signIns.raise(visitor, source: request.source)
                return Pages.see(Self.path, cookies: [pages.cookie(secret, request)])
            },
        ]
    }

    private func form(_ name: String, _ respond: @escaping Pages.RespondToForm) -> Operation {
        pages.form("\(Self.path)/\(name)") { request, visitor, form in
            guard pages.confirmed(visitor) else { return pages.toConfirm(request, visitor, form, otherwise: Self.path) }
            return try await respond(request, visitor, form)
        }
    }

    private func isOn(_ visitor: Visitor) async throws -> Bool {
        try await pages.signIns.ledger.codeSecret(of: visitor.account.person)?.confirmedAt != nil
    }

    private func page(_ visitor: Visitor, mistake: String? = nil, status: Int = 200) async throws -> Response {
        let words = pages.words, token = visitor.token.input
        let content: HTML
        if try await isOn(visitor) {
            let left = try await pages.signIns.ledger.recoveryCodes(of: visitor.account.person)
            content = """
                <p role="status">\(words.codesAreOn)</p><p>\(words.recoveryCodesLeft(left))</p>
                <form method="post" action="/you/codes/recovery">\(token)<button class="plain">\(words.makeRecoveryCodes)</button></form>
                <form class="or" method="post" action="/you/codes/off">\(token)
                \(Field(name: "code", label: words.code, autocomplete: "one-time-code", mistake: mistake).html)<button>\(words.turnCodesOff)</button></form>
                """
        } else if let secret = try await pages.signIns.proposedSecret(of: visitor) {
            let link = TimedCode.link(secret, issuer: "Homeline", account: visitor.account.person.name)
            content = """
                <p>\(words.codesText)</p>\(LinkCard.code(of: link, words.codeForApp))<p class="secret">\(Base32.encode(secret))</p><p><a href="\(link)">\(words.openApp)</a></p>
                <form method="post" action="/you/codes/prove">\(token)
                \(Field(name: "code", label: words.codeOfApp, autocomplete: "one-time-code", mistake: mistake, isFirst: true).html)
                <button>\(words.turnCodesOn)</button></form>
                """
        } else {
            content = """
                <p>\(words.codesExplained)</p><form method="post" action="/you/codes/begin">\(token)<button>\(words.goOn)</button></form>
                """
        }
        return layout(content, visitor).response(status: status)
    }

    private func shown(_ codes: [String], _ visitor: Visitor, cookies: [String] = []) -> Response {
        let words = pages.words
        let list = codes.map { "<li class=\"secret\">\($0)</li>" as HTML }
        return layout(
            """
            <p role="status">\(words.codesAreOn)</p><p>\(words.recoveryCodesText)</p><ol class="secrets">\(list)</ol>
            <p><a class="button" href="/you">\(words.goOn)</a></p>
            """, visitor
        ).response(cookies: cookies)
    }

    private func layout(_ content: HTML, _ visitor: Visitor) -> Layout {
        Layout(title: pages.words.codes, visitor: visitor, content: PeopleStyle.link + "<div class=\"card\"><h1>\(pages.words.codes)</h1>\(content)</div>")
    }
}
