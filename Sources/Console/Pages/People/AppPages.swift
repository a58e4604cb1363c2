import Exchange
import HTTPStack
import Telephony

/// `/people/{name}/apps`: sets up an app, and shows when it has come.
struct AppPages {
    let pages: Pages

    var operations: [Operation] {
        [
            pages.form("/people/{name}/apps") { request, visitor, form in
                let person = try await pages.person(request, visitor), words = pages.words.aboutPeople
                guard pages.confirmed(visitor) else { return pages.toConfirm(request, visitor, form, otherwise: Pages.path(of: person.id)) }
                guard let service = pages.desk.phones else { throw Problem.notFound(words.noSoftphone) }
                let label = String((form["label"] ?? "").drop { $0 == " " })
                guard !label.isEmpty, label.unicodeScalars.count <= AppPassword.labelLimit else {
                    let mistakes = PersonPage.Mistakes(label: label, labelMistake: words.badLabel)
                    return try await PersonPage(pages: pages).page(visitor, person, mistakes)
                }
                guard person.apps.count < Provisioning.appLimit else {
                    return try await PersonPage(pages: pages).page(visitor, person, PersonPage.Mistakes(label: label, labelMistake: words.tooManyApps))
                }
                let provisioning = Provisioning(service: service, book: pages.desk.devices, mint: pages.desk.mint)
                pages.log.notice("app set up", metadata: ["person": "\(person.id)", "by": "\(visitor.account.person)"])
                await pages.desk.audit.note(.provisioningLinkMade, by: visitor, from: request, about: "\(person.id)")
                guard form["kind"] == "linphone" else {
                    let (settings, password) = try await provisioning.settings(for: person.id, label: label)
                    return SettingsPage(pages: pages, visitor: visitor, person: person.id, settings: settings, password: password).response
                }
                let made = try await provisioning.link(for: person.id, label: label)
                let link = try pages.origin(request) + made.path
                let card = LinkCard(link: link, reach: pages.reach(of: link), words: words)
                let arrival = ArrivalCard(person: person.id, app: made.password, device: nil, words: words)
                return page(visitor, words.setUpAnApp, arrival.html + card.html)
            },
            pages.page("/people/{name}/apps/{id}") { request, visitor in
                let (person, app) = try await app(request, visitor)
                let device = try await pages.desk.ledger.deviceRecords(of: person.id).last { $0.password == app.id }
                let heading: HTML = "<h1><bdi>\(app.label)</bdi></h1>"
                return page(visitor, app.label, heading + ArrivalCard(person: person.id, app: app, device: device, words: pages.words.aboutPeople).html)
            },
            pages.form("/people/{name}/apps/{id}/remove") { request, visitor, _ in
                let (person, app) = try await app(request, visitor)
                _ = try await pages.desk.devices.remove(app.id, now: pages.desk.mint.now())
                pages.log.notice("app removed", metadata: ["person": "\(person.id)", "by": "\(visitor.account.person)"])
                await pages.desk.audit.note(.deviceRemoved, by: visitor, from: request, about: "\(person.id)")
                return Pages.see(Pages.path(of: person.id))
            },
        ]
    }

    private func app(_ request: Request, _ visitor: Visitor) async throws -> (Person, AppPassword) {
        let person = try await pages.person(request, visitor)
        guard let app = person.apps.first(where: { $0.id.description == request.parameter("id") }) else { throw Problem.notFound(pages.words.notFound) }
        return (person, app)
    }

    private func page(_ visitor: Visitor, _ title: String, _ cards: HTML) -> Response {
        let content: HTML = "<div class=\"cards\">\(cards)</div>"
        return Layout(title: title, visitor: visitor, content: PeopleStyle.link + PeopleStyle.arrival + content).response()
    }
}
