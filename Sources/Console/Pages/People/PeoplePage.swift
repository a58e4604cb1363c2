import HTTPStack
import Telephony

/// `/people`: who has lines, and somebody new.
struct PeoplePage {
    let pages: Pages

    var operations: [Operation] {
        [
            pages.page("/people") { _, visitor in
                try pages.checkOwner(visitor)
                return try await page(visitor, name: "", lines: LineChoice(pages.desk.lines))
            },
            pages.form("/people") { request, visitor, form in
                try pages.checkOwner(visitor)
                guard pages.confirmed(visitor) else { return pages.toConfirm(request, visitor, form, otherwise: "/people") }
                let name = form["name"] ?? "", lines = LineChoice(form, of: pages.desk.lines, before: [])
                if let mistake = try await mistake(in: name) { return try await page(visitor, name: name, nameMistake: mistake, lines: lines, status: 422) }
                guard !lines.chosen.isEmpty else {
                    return try await page(visitor, name: name, lines: lines, linesMistake: pages.words.aboutPeople.noLines, status: 422)
                }
                guard let service = pages.desk.phones else { throw Problem.notFound(pages.words.aboutPeople.noSoftphone) }
                // Nobody ever learns this one: each app gets a password of its own.
                let person = Person(id: PersonID(name), lines: lines.chosen, credentials: service.credentials(name, SIPPassword.make()))
                try await pages.desk.ledger.save(person)
                pages.log.notice("person added", metadata: ["person": "\(name)", "by": "\(visitor.account.person)"])
                await pages.desk.audit.note(.personAdded, by: visitor, from: request, about: name)
                return Pages.see(Pages.path(of: person.id))
            },
            pages.page("/you/apps") { _, visitor in
                let me = visitor.account.person
                if try await pages.desk.ledger.persons().contains(where: { $0.id == me }) { return Pages.see(Pages.path(of: me)) }
                let words = pages.words.aboutPeople
                let next: HTML = visitor.isOwner ? "<p><a class=\"button\" href=\"/people\">\(words.addPerson)</a></p>" : .nothing
                let content: HTML = "<div class=\"card\"><h1>\(words.yourApps)</h1><p>\(words.noAccountYet)</p>\(next)</div>"
                return Layout(title: words.yourApps, visitor: visitor, content: content).response()
            },
        ]
    }

    private func mistake(in name: String) async throws -> String? {
        guard WelcomePage.isName(name) else { return pages.words.badName }
        return try await pages.desk.ledger.persons().contains { $0.id.name == name } ? pages.words.aboutPeople.nameIsTaken : nil
    }

    private func page(
        _ visitor: Visitor, name: String, nameMistake: String? = nil, lines: LineChoice, linesMistake: String? = nil, status: Int = 200
    ) async throws -> Response {
        let words = pages.words.aboutPeople
        let form: HTML =
            pages.desk.phones == nil
            ? "<p class=\"card\">\(words.noSoftphone)</p>"
            : """
            <form class="card" method="post" action="/people"><h2>\(words.addPerson)</h2>\(visitor.token.input)
            \(Field(name: "name", label: pages.words.name, value: name, mistake: nameMistake).html)<p class="note">\(words.nameNote)</p>
            \(lines.html(of: pages.desk.lines, mistake: linesMistake, words: words))
            <button>\(words.add)</button></form>
            """
        let content: HTML = "<div class=\"cards\"><h1>\(words.people)</h1>\(try await list(visitor))\(form)</div>"
        return Layout(title: words.people, visitor: visitor, content: PeopleStyle.link + content).response(status: status)
    }

    private func list(_ visitor: Visitor) async throws -> HTML {
        let words = pages.words.aboutPeople, now = pages.desk.mint.now()
        let persons = try await pages.desk.ledger.persons(), accounts = try await pages.desk.ledger.accounts()
        var rows: [HTML] = []
        for person in persons {
            let devices = try await pages.desk.ledger.deviceRecords(of: person.id)
            let here = devices.count { $0.isHere(at: now) }
            let role = accounts.first { $0.person == person.id }.map { words.role($0.role) } ?? words.noConsole
            rows.append(
                """
                <li><a href="\(Pages.path(of: person.id))"><span class="who"><bdi>\(person.id.name)</bdi></span><span class="time">\(role)</span>
                <span class="last">\(person.lines.map { "<span class=\"line\"><bdi>\($0.name)</bdi></span> " as HTML }) \(words.count(devices.count, here: here))</span></a></li>

                """)
        }
        for account in accounts where !persons.contains(where: { $0.id == account.person }) {
            rows.append(
                """
                <li><a href="\(Pages.path(of: account.person))"><span class="who"><bdi>\(account.person.name)</bdi></span><span class="time">\(words.role(account.role))</span>
                <span class="last">\(words.noSIPAccount)</span></a></li>

                """)
        }
        return rows.isEmpty ? "<p class=\"empty\">\(words.nobody)</p>" : "<ul class=\"list people\">\(rows)</ul>"
    }
}
