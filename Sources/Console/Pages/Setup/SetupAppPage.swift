import HTTPStack
import Telephony

/// `/setup/app`: the first person, and the way of their account into an app.
struct SetupAppPage {
    let pages: Pages

    private static let path = SetupStep.app.path

    var operations: [Operation] {
        [
            pages.ownersPage(Self.path) { request, visitor in
                _ = try pages.installation()
                guard let name = try request.queryParameters("person")["person"] else { return try await form(visitor, name: visitor.account.person.name) }
                guard let person = try await pages.desk.ledger.persons().first(where: { $0.id.name == name }) else { throw Problem.notFound(pages.words.notFound) }
                return try await made(person, visitor)
            },
            pages.ownersForm(Self.path) { request, visitor, form in
                _ = try pages.installation()
                let name = form["name"] ?? "", words = pages.words
                guard WelcomePage.isName(name) else { return try await self.form(visitor, name: name, mistake: words.badName, status: 422) }
                guard let service = pages.desk.phones else { return try await self.form(visitor, name: name, mistake: words.aboutPeople.noSoftphone, status: 422) }
                if try await !pages.desk.ledger.persons().contains(where: { $0.id.name == name }) {
                    // Nobody ever learns this one: each app gets a password of its own.
                    let person = Person(id: PersonID(name), lines: pages.desk.lines, credentials: service.credentials(name, SIPPassword.make()))
                    try await pages.desk.ledger.save(person)
                    await pages.desk.audit.note(.personAdded, by: visitor, from: request, about: name)
                }
                return Pages.see("\(Self.path)?person=\(PercentEncoding.encode(name))")
            },
        ]
    }

    private func form(_ visitor: Visitor, name: String, mistake: String? = nil, status: Int = 200) async throws -> Response {
        let words = pages.words
        return try await pages.setup(
            .app, visitor, title: words.stepApp, status: status,
            """
            <form class="card" method="post" action="\(Self.path)">\(visitor.token.input)<p>\(words.appText)</p>
            \(Field(name: "name", label: words.name, value: name, mistake: mistake).html)\(HTML.hint(words.appNameHint))
            <button>\(words.makeAccount)</button></form><p><a href="/">\(words.skipIt)</a></p>
            """)
    }

    /// The account is there; the pages of people give it to an app.
    private func made(_ person: Person, _ visitor: Visitor) async throws -> Response {
        let words = pages.words, path = Pages.path(of: person.id)
        return try await pages.setup(
            .app, visitor, title: words.stepApp,
            """
            <form class="card" method="post" action="\(path)/apps">\(visitor.token.input)<p role="status">\(words.accountIsMade)</p>
            <p><bdi>sip:\(person.id.name)@\(person.credentials.realm)</bdi></p>
            \(Field(name: "label", label: words.aboutPeople.label, value: words.myPhone).html)
            <p><button name="kind" value="linphone">\(words.aboutPeople.linphone)</button></p><p><button class="plain" name="kind" value="other">\(words.aboutPeople.anotherApp)</button></p></form>
            <p><a href="/">\(words.finished)</a></p>
            """)
    }
}
