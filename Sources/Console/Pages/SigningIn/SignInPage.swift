import HTTPStack
import Wire

/// `/sign-in`: name and password, then a code where the person wants to be asked for one; or a passkey alone.
struct SignInPage {
    let pages: Pages

    private struct Draft {
        var name = ""
        var next: String?
        var mistake: String?
        var passkeyMistake: String?
        var note: String?
    }

    var operations: [Operation] {
        [
            pages.open("/sign-in") { request in
                if try await pages.signIns.visitor(request, over: pages.transport(of: request)) != nil { return Pages.see("/") }
                let query = try request.queryParameters("next", "out")
                return page(request, Draft(next: query["next"], note: query["out"] == nil ? nil : pages.words.signedOut))
            },
            pages.openForm("/sign-in") { request, form in
                let name = form["name"] ?? "", next = form["next"], approach = pages.approach(request)
                let step = try await pages.signIns.signIn(name, form["password"] ?? "", approach, browser: pages.formSecret(request).secret)
                switch step {
                case .admitted(let admitted): return Pages.see(Self.own(next), cookies: pages.cookies(admitted, request))
                case .wantsCode(let ticket): return codePage(request, ticket, next: next)
                case .refused: return page(request, Draft(name: name, next: next, mistake: pages.words.wrongPassword), status: 401)
                }
            },
            pages.openForm("/sign-in/code") { request, form in
                guard let ticket = form["ticket"].flatMap(Base64URL.decode) else { throw Pages.stale }
                let step = try await pages.signIns.signIn(
                    ticket: ticket, code: form["code"] ?? "", pages.approach(request), browser: pages.formSecret(request).secret)
                switch step {
                case .admitted(let admitted): return Pages.see(Self.own(form["next"]), cookies: pages.cookies(admitted, request))
                case .wantsCode(let ticket): return codePage(request, ticket, next: form["next"], mistake: pages.words.wrongCode, status: 401)
                case .refused: return Pages.see("/sign-in")
                }
            },
            pages.openForm("/sign-in/passkey") { request, form in
                let next = form["next"]
                if let party = pages.relyingParty(request), let answer = PasskeyAnswer(form),
                    let admitted = try await pages.signIns.signIn(answer, at: party, browser: pages.formSecret(request).secret, pages.approach(request))
                {
                    return Pages.see(Self.own(next), cookies: pages.cookies(admitted, request))
                }
                return page(request, Draft(next: next, passkeyMistake: pages.words.passkeyRefused), status: 401)
            },
            pages.form("/sign-out") { request, visitor, _ in
                try await pages.signIns.signOut(visitor, from: request.source)
                return Pages.signedOut(cookies: [Cookie.signIn.field("", seconds: 0, over: pages.transport(of: request))])
            },
        ]
    }

    /// A path of ours, and nothing that a browser could take for another site's.
    static func own(_ next: String?) -> String {
        guard let next, next.hasPrefix("/"), !next.hasPrefix("//"), next.utf8.count <= 500,
            next.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return "/" }
        return next
    }

    private func page(_ request: Request, _ draft: Draft, status: Int = 200) -> Response {
        let (secret, cookies) = pages.formSecret(request)
        let words = pages.words, next: HTML = "<input type=\"hidden\" name=\"next\" value=\"\(Self.own(draft.next))\">"
        let told: HTML = draft.note.map { "<p role=\"status\">\($0)</p>" as HTML } ?? .nothing
        let passkey: HTML? = pages.relyingParty(request).map { party in
            PasskeyForm(
                action: "/sign-in/passkey", ceremony: .get, challenge: pages.signIns.challenge(.signIn, browser: secret), party: party,
                token: FormToken(of: secret), words: words, button: words.signInWithPasskey, fields: next, mistake: draft.passkeyMistake
            ).html
        }
        let content: HTML = """
            <div class="card"><form method="post" action="/sign-in"><h1>\(words.signIn)</h1>\(told)
            \(FormToken(of: secret).input)\(next)
            \(Field(name: "name", label: words.name, value: draft.name, autocomplete: "username", isFirst: draft.name.isEmpty).html)
            \(Field(name: "password", label: words.password, kind: .password, autocomplete: "current-password", mistake: draft.mistake, isFirst: !draft.name.isEmpty).html)
            <button>\(words.signIn)</button></form>\(passkey ?? .nothing)</div>
            """
        return Layout(title: words.signIn, visitor: nil, further: [.passkeys], content: content).response(status: status, cookies: cookies)
    }

    private func codePage(_ request: Request, _ ticket: [UInt8], next: String?, mistake: String? = nil, status: Int = 200) -> Response {
        let (secret, cookies) = pages.formSecret(request)
        let words = pages.words
        let content: HTML = """
            <form class="card" method="post" action="/sign-in/code"><h1>\(words.signIn)</h1><p>\(words.codeWanted)</p>
            \(FormToken(of: secret).input)<input type="hidden" name="next" value="\(Self.own(next))"><input type="hidden" name="ticket" value="\(Base64URL.encode(ticket))">
            \(Field(name: "code", label: words.code, autocomplete: "one-time-code", mistake: mistake, isFirst: true).html)
            <button>\(words.signIn)</button></form>
            """
        return Layout(title: words.signIn, visitor: nil, content: content).response(status: status, cookies: cookies)
    }
}
