import Exchange
import HTTPStack
import Telephony

/// `/people/{name}`: one person's lines, apps and ways in. Their own for a member, anybody's for an owner.
struct PersonPage {
    let pages: Pages

    /// What was wrong with a form of the page, and what had been filled in.
    struct Mistakes {
        var label = ""
        var labelMistake: String?
        var lines: LineChoice?
        var linesMistake: String?
        var removalMistake: String?

        var status: Int { labelMistake ?? linesMistake ?? removalMistake == nil ? 200 : 422 }
    }

    var operations: [Operation] {
        [
            pages.page("/people/{name}") { request, visitor in
                let name = try await pages.personID(request, visitor)
                guard let person = try await pages.desk.ledger.persons().first(where: { $0.id == name }) else { return try await AccountPage(pages: pages).response(visitor, name) }
                return try await page(visitor, person)
            },
            pages.form("/people/{name}/lines") { request, visitor, form in
                try pages.checkOwner(visitor)
                let person = try await pages.person(request, visitor)
                guard pages.confirmed(visitor) else { return pages.toConfirm(request, visitor, form, otherwise: Pages.path(of: person.id)) }
                let lines = LineChoice(form, of: pages.desk.lines, before: person.lines)
                guard !lines.chosen.isEmpty else {
                    return try await page(visitor, person, Mistakes(lines: lines, linesMistake: pages.words.aboutPeople.noLines))
                }
                try await pages.desk.ledger.change(linesOf: person.id, to: lines.chosen)
                await pages.desk.audit.note(.personChanged, by: visitor, from: request, about: "\(person.id)")
                return Pages.see(Pages.path(of: person.id))
            },
            pages.form("/people/{name}/devices/forget") { request, visitor, form in
                let person = try await pages.person(request, visitor), device = DeviceID(form["device"] ?? "")
                guard try await pages.desk.ledger.devices(of: person.id).contains(device) else { throw Problem.notFound(pages.words.notFound) }
                try await pages.desk.ledger.forget(person.id, device, now: pages.desk.mint.now())
                pages.log.notice("device forgotten", metadata: ["person": "\(person.id)", "by": "\(visitor.account.person)"])
                await pages.desk.audit.note(.deviceRemoved, by: visitor, from: request, about: "\(person.id)")
                return Pages.see(Pages.path(of: person.id))
            },
            pages.form("/people/{name}/password") { request, visitor, form in
                let person = try await pages.person(request, visitor)
                guard let service = pages.desk.phones else { throw Problem.notFound(pages.words.aboutPeople.noSoftphone) }
                guard pages.confirmed(visitor) else { return pages.toConfirm(request, visitor, form, otherwise: Pages.path(of: person.id)) }
                let secret = SIPPassword.make()
                // Of who is removed, or given other lines, meanwhile nothing comes back.
                try await pages.desk.ledger.change(credentialsOf: person.id, to: service.credentials(person.id.name, secret))
                pages.log.notice("SIP password changed", metadata: ["person": "\(person.id)", "by": "\(visitor.account.person)"])
                await pages.desk.audit.note(.personChanged, by: visitor, from: request, about: "\(person.id)")
                let settings = PlainSettings(user: person.id.name, password: secret, service: service)
                return SettingsPage(pages: pages, visitor: visitor, person: person.id, settings: settings, password: nil).response
            },
            pages.form("/people/{name}/remove") { request, visitor, form in
                try pages.checkOwner(visitor)
                let person = try await pages.person(request, visitor)
                guard pages.confirmed(visitor) else { return pages.toConfirm(request, visitor, form, otherwise: Pages.path(of: person.id)) }
                guard form["sure"] != nil else {
                    return try await page(visitor, person, Mistakes(removalMistake: pages.words.aboutPeople.notSure))
                }
                try await pages.desk.ledger.remove(person.id, now: pages.desk.mint.now())
                pages.log.notice("person removed", metadata: ["person": "\(person.id)", "by": "\(visitor.account.person)"])
                await pages.desk.audit.note(.personRemoved, by: visitor, from: request, about: "\(person.id)")
                // Who may sign in still does: their page has the way to end that, too.
                let signsIn = try await pages.desk.ledger.accounts().contains { $0.person == person.id }
                return Pages.see(signsIn ? Pages.path(of: person.id) : "/people")
            },
        ]
    }

    func page(_ visitor: Visitor, _ person: Person, _ mistakes: Mistakes = Mistakes()) async throws -> Response {
        let words = pages.words.aboutPeople, token = visitor.token.input, path = Pages.path(of: person.id)
        let up: HTML = visitor.isOwner ? "<p><a href=\"/people\">\(words.people)</a></p>" : .nothing
        let apps = AppList(
            person: person, devices: try await pages.desk.ledger.deviceRecords(of: person.id), now: pages.desk.mint.now(), times: pages.times(of: visitor),
            token: visitor.token, words: words)
        let add: HTML =
            pages.desk.phones == nil
            ? "<p class=\"card\">\(words.noSoftphone)</p>"
            : """
            <form class="card" method="post" action="\(path)/apps"><h2>\(words.addApp)</h2>\(token)
            \(Field(name: "label", label: words.label, value: mistakes.label, mistake: mistakes.labelMistake).html)
            <div class="row"><button name="kind" value="linphone">\(words.linphone)</button><button class="plain" name="kind" value="other">\(words.anotherApp)</button></div></form>
            <form class="card" method="post" action="\(path)/password"><h2>\(words.onePassword)</h2><p class="note">\(words.onePasswordNote)</p>\(token)
            <button class="plain">\(words.makePassword)</button></form>
            """
        let rest = visitor.isOwner ? try await ownersPart(visitor, person, mistakes) : lines(of: person)
        let content: HTML = "<div class=\"cards\">\(up)<h1><bdi>\(person.id.name)</bdi></h1>\(apps.html)\(add)\(rest)</div>"
        return Layout(title: person.id.name, visitor: visitor, content: PeopleStyle.link + content).response(status: mistakes.status)
    }

    private func lines(of person: Person) -> HTML {
        let names = person.lines.map { "<li><bdi>\($0.name)</bdi></li>" as HTML }
        return "<section class=\"card\"><h2>\(pages.words.aboutPeople.lines)</h2><ol>\(names)</ol></section>"
    }

    private func ownersPart(_ visitor: Visitor, _ person: Person, _ mistakes: Mistakes) async throws -> HTML {
        let words = pages.words.aboutPeople, token = visitor.token.input, path = Pages.path(of: person.id)
        let lines = mistakes.lines ?? LineChoice(person.lines)
        let account = try await pages.desk.ledger.accounts().first { $0.person == person.id }
        return """
            <form class="card" method="post" action="\(path)/lines"><h2>\(words.lines)</h2>\(token)
            \(lines.html(of: pages.desk.lines, mistake: mistakes.linesMistake, words: words))<button>\(pages.words.save)</button></form>
            \(ConsoleCard(person: person.id, account: account, isSelf: person.id == visitor.account.person, token: visitor.token, words: words).html)
            <form class="card" method="post" action="\(path)/remove"><h2>\(words.removePerson)</h2><p class="note">\(words.removeNote)</p>\(token)
            <label class="check"><input type="checkbox" name="sure" value="1"> \(words.sure)</label>\(Field.note(mistakes.removalMistake, of: "sure"))
            <button class="danger">\(words.remove)</button></form>
            """
    }
}
