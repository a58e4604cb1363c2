import HTTPStack

/// `/you/confirm`: whoever sits there shows that they are still the person, before what cannot be taken back.
struct ConfirmPage {
    let pages: Pages

    var operations: [Operation] {
        [
            pages.page("/you/confirm") { request, visitor in
                let next = try request.queryParameters("next")["next"]
                return page(request, visitor, next: next)
            },
            pages.form("/you/confirm", limit: Self.limit) { request, visitor, form in
                let next = form["next"], kept = KeptForm(form)
                guard let secret = try await pages.signIns.confirm(visitor, password: form["password"] ?? "", pages.approach(request)) else {
                    return page(request, visitor, next: next, kept: kept, mistake: pages.words.wrongPasswordAlone, status: 401)
                }
                return goOn(kept, next, [pages.cookie(secret, request)])
            },
            pages.form("/you/confirm/passkey", limit: Self.limit) { request, visitor, form in
                let next = form["next"], kept = KeptForm(form)
                if let party = pages.relyingParty(request), let answer = PasskeyAnswer(form),
                    let secret = try await pages.signIns.confirm(visitor, answer, at: party, pages.approach(request))
                {
                    return goOn(kept, next, [pages.cookie(secret, request)])
                }
                return page(request, visitor, next: next, kept: kept, passkeyMistake: pages.words.passkeyRefused, status: 401)
            },
        ]
    }

    /// Two forms: what is asked here, and what is carried.
    private static let limit = 2 * Pages.smallForm

    private func goOn(_ kept: KeptForm?, _ next: String?, _ cookies: [String]) -> Response {
        kept?.response(cookies: cookies) ?? Pages.see(SignInPage.own(next), cookies: cookies)
    }

    func page(
        _ request: Request, _ visitor: Visitor, next: String?, kept: KeptForm? = nil, mistake: String? = nil, passkeyMistake: String? = nil, status: Int = 200
    ) -> Response {
        let words = pages.words, token = visitor.token
        let hidden: HTML = "<input type=\"hidden\" name=\"next\" value=\"\(SignInPage.own(next))\">\(kept?.inputs ?? .nothing)"
        let carried: HTML = kept == nil ? .nothing : "<p>\(words.formIsKept)</p>"
        let password: HTML =
            visitor.account.kept == nil
            ? .nothing
            : """
            <form method="post" action="/you/confirm">\(token.input)\(hidden)
            \(Field(name: "password", label: words.password, kind: .password, autocomplete: "current-password", mistake: mistake, isFirst: true).html)
            <button>\(words.goOn)</button></form>
            """
        let passkey: HTML? = pages.relyingParty(request).map { party in
            PasskeyForm(
                action: "/you/confirm/passkey", ceremony: .get, challenge: pages.signIns.challenge(.confirm, browser: visitor.secret.lasting), party: party,
                token: token, words: words, button: words.confirmWithPasskey, fields: hidden, mistake: passkeyMistake
            ).html
        }
        let content: HTML = """
            <div class="card"><h1>\(words.confirmTitle)</h1><p>\(words.confirmText)</p>\(carried)\(password)\(passkey ?? .nothing)</div>
            """
        return Layout(title: words.confirmTitle, visitor: visitor, further: [.passkeys], content: content).response(status: status)
    }
}
