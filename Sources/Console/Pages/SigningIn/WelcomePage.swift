import Factors
import HTTPStack
import Telephony

/// `/welcome/{secret}`: whoever has the link chooses a password or makes a passkey, once.
struct WelcomePage {
    let pages: Pages

    private struct Draft {
        var name = ""
        var nameMistake: String?
        var passwordMistake: String?
        var againMistake: String?
        var passkeyMistake: String?

        var isRight: Bool { nameMistake == nil && passwordMistake == nil && againMistake == nil }
    }

    var operations: [Operation] {
        [
            pages.open("/welcome/{secret}") { request in
                let invitation = try await invitation(request)
                return try await page(request, invitation, Draft(name: try await proposal(for: invitation)), status: 200)
            },
            pages.openTaking("/welcome/{secret}/restore", limit: RestoreForm.fileLimit, refused: { request, refusal in
                let invitation = try await invitation(request)
                return try await page(request, invitation, Draft(name: "me"), refusal: refusal, status: 422)
            }) { request, fields in
                guard let restoration = try await restoration(for: try await invitation(request)) else { throw Problem.notFound(pages.words.notFound) }
                return RestoreTaker(restoration, passphrase: fields["passphrase"] ?? "", from: request, times: Times(zone: nil, now: pages.desk.mint.now()), words: pages.words)
            },
            pages.openForm("/welcome/{secret}") { request, form in
                let invitation = try await invitation(request)
                let draft = try await draft(form, invitation)
                guard draft.isRight else { return try await page(request, invitation, draft, status: 422) }
                let admitted = try await pages.signIns.accept(
                    invitation, as: PersonID(draft.name), password: form["password"] ?? "", timeZone: zone(form), pages.approach(request))
                guard let admitted else { throw used }
                return Pages.see("/", cookies: pages.cookies(admitted, request))
            },
            pages.openForm("/welcome/{secret}/passkey") { request, form in
                let invitation = try await invitation(request)
                var draft = Draft(name: invitation.person?.name ?? form["name"] ?? "")
                draft.nameMistake = try await mistake(in: draft.name, for: invitation)
                guard draft.nameMistake == nil else { return try await page(request, invitation, draft, status: 422) }
                do {
                    guard let party = pages.relyingParty(request), let answer = PasskeyAnswer(form) else { throw CeremonyError.malformed }
                    let admitted = try await pages.signIns.accept(
                        invitation, as: PersonID(draft.name), answer, timeZone: zone(form), at: party, browser: pages.formSecret(request).secret,
                        pages.approach(request))
                    guard let admitted else { throw used }
                    return Pages.see("/", cookies: pages.cookies(admitted, request))
                } catch is CeremonyError {
                    draft.passkeyMistake = pages.words.passkeyRefused
                    return try await page(request, invitation, draft, status: 422)
                }
            },
        ]
    }

    private var used: Problem { Problem(410, "gone", pages.words.linkIsUsed) }

    private func invitation(_ request: Request) async throws -> Invitation {
        guard let invitation = try await pages.signIns.invitation(request.parameter("secret")) else { throw used }
        return invitation
    }

    /// What takes a backup; nil where there is a house already that it would be put in the place of.
    private func restoration(for invitation: Invitation) async throws -> (any Restoration)? {
        guard let restoration = pages.desk.restoration, invitation.person == nil, invitation.role == .owner, pages.isNew else { return nil }
        let ledger = pages.desk.ledger
        let (accounts, persons) = (try await ledger.accounts(), try await ledger.persons())
        guard accounts.isEmpty, persons.isEmpty, try await ledger.lastEntry() == 0 else { return nil }
        return restoration
    }

    private func zone(_ form: Form) -> String? { form["zone"].flatMap { Times.isZone($0) ? $0 : nil } }

    /// The name that a link is for, or that its holder is likely to want.
    private func proposal(for invitation: Invitation) async throws -> String {
        if let person = invitation.person { return person.name }
        let taken = Set(try await pages.desk.ledger.accounts().map(\.person))
        // To a member the names of those who have apps are closed.
        let free = invitation.role == .owner ? try await pages.desk.ledger.persons().map(\.id).first { !taken.contains($0) } : nil
        return free?.name ?? (taken.isEmpty ? "me" : "")
    }

    /// What is wrong with a name. A link that leaves the name open makes somebody new, and gives nobody another's messages: neither an account nor,
    /// to a member, the lines of who has apps alone. An owner sees every line anyway.
    private func mistake(in name: String, for invitation: Invitation) async throws -> String? {
        guard Self.isName(name) else { return pages.words.badName }
        guard invitation.person == nil else { return nil }
        if try await pages.desk.ledger.accounts().contains(where: { $0.person.name == name }) { return pages.words.accountIsThere }
        guard invitation.role == .member else { return nil }
        return try await pages.desk.ledger.persons().contains { $0.id.name == name } ? pages.words.personIsThere : nil
    }

    private func draft(_ form: Form, _ invitation: Invitation) async throws -> Draft {
        let password = form["password"] ?? ""
        var draft = Draft(name: invitation.person?.name ?? form["name"] ?? "")
        draft.nameMistake = try await mistake(in: draft.name, for: invitation)
        draft.passwordMistake = pages.mistake(in: password)
        if password != form["again"] { draft.againMistake = pages.words.differentPasswords }
        return draft
    }

    /// As SIP accounts are named.
    static func isName(_ name: String) -> Bool {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z"), digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard name.utf8.count <= 40, let first = name.utf8.first, letters.contains(first) else { return false }
        return name.utf8.allSatisfy { letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }

    private func page(_ request: Request, _ invitation: Invitation, _ draft: Draft, refusal: RestoreRefusal? = nil, status: Int) async throws -> Response {
        let (secret, cookies) = pages.formSecret(request)
        let words = pages.words, path = "/welcome/\(PercentEncoding.encode(request.parameter("secret")))"
        let name: HTML =
            invitation.person == nil
            ? Field(name: "name", label: words.name, value: draft.name, autocomplete: "username", mistake: draft.nameMistake, isFirst: refusal == nil).html
            : "<p><bdi>\(draft.name)</bdi></p>"
        let content: HTML = """
            <div class="card"><form method="post" action="\(path)"><h1>\(words.welcome)</h1>
            <p>\(words.welcomeText)</p>\(FormToken(of: secret).input)<input type="hidden" name="zone" value="" data-zone>
            \(name)
            \(Field(name: "password", label: words.password, kind: .password, autocomplete: "new-password", mistake: draft.passwordMistake).html)
            \(Field(name: "again", label: words.passwordAgain, kind: .password, autocomplete: "new-password", mistake: draft.againMistake).html)
            <button>\(words.choosePassword)</button></form>\(try await passkey(request, invitation, draft, secret, path))</div>
            """
        let restore = try await restoration(for: invitation).map { restoration in
            RestoreForm(action: "\(path)/restore", token: FormToken(of: secret), waiting: restoration.waiting, refusal: refusal, words: words).html
        }
        let whole: HTML = restore.map { "<div class=\"cards\">\(content)\($0)</div>" } ?? content
        return Layout(title: words.welcome, visitor: nil, further: [.passkeys, .setupScript], content: whole).response(status: status, cookies: cookies)
    }

    /// The name is taken from the field above where the link leaves it open.
    private func passkey(_ request: Request, _ invitation: Invitation, _ draft: Draft, _ secret: String, _ path: String) async throws -> HTML {
        guard let party = pages.relyingParty(request) else { return .nothing }
        let asked = try await pages.signIns.challengeForPasskey(of: invitation.person, browser: secret)
        return PasskeyForm(
            action: "\(path)/passkey", ceremony: .create(handle: asked.handle, person: invitation.person?.name, known: asked.known),
            challenge: asked.challenge, party: party, token: FormToken(of: secret), words: pages.words, button: pages.words.passkeyInstead,
            fields: "<input type=\"hidden\" name=\"name\" value=\"\(draft.name)\"><input type=\"hidden\" name=\"zone\" value=\"\" data-zone>",
            mistake: draft.passkeyMistake
        ).html
    }
}

extension Pages {
    /// What is wrong with a password that somebody chose; nil where nothing is.
    func mistake(in password: String) -> String? {
        let isGood = password.count >= SignIns.shortestPassword && password.utf8.count <= SignIns.longestPassword
        return isGood ? nil : words.shortPassword
    }
}
