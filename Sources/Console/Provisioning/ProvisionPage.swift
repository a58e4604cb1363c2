import Exchange
import HTTPStack
import Telephony

/// `/provision/{secret}`: gives an app its settings, once, and tells a person who looks what the link is.
///
/// Whatever is in doubt is answered by another status than 200: on that Linphone throws away the accounts it has before it reads on.
struct ProvisionPage {
    let pages: Pages
    private let strangers: SecretGuard

    init(pages: Pages) {
        self.pages = pages
        strangers = SecretGuard(mint: pages.desk.mint)
    }

    var operation: Operation {
        pages.open("/provision/{secret}") { request in
            guard let service = pages.desk.phones else { throw Problem.notFound(pages.words.notFound) }
            let hash = TokenSecret.hash(request.parameter("secret")), source = Self.place(request.source), now = pages.desk.mint.now()
            let words = pages.words.aboutPeople
            switch Asker(header: request.header) {
            case .app:
                let password = try self.password(await pages.desk.devices.take(hash, from: source, now: now), for: request)
                guard let person = try await pages.desk.ledger.persons().first(where: { $0.id == password.person }) else { throw Problem(410, "gone", words.linkIsSpent) }
                pages.log.notice("an app was given its settings", metadata: ["person": "\(person.id)", "from": "\(source)"])
                let document = LinphoneDocument(service: service, password: password, line: person.lines.first)
                return Response(status: 200, contentType: "application/xml", body: .octets(Array(document.text.utf8)))
            case .browser:
                _ = try password(await pages.desk.devices.provisioningLink(hash, from: source, now: now), for: request)
                let link = try pages.origin(request) + "/provision/\(PercentEncoding.encode(request.parameter("secret")))"
                let content: HTML = "<div class=\"cards\">\(LinkCard(link: link, reach: pages.reach(of: link), words: words).html)</div>"
                return Layout(title: words.setUpAnApp, visitor: nil, content: PeopleStyle.link + content).response()
            case .other: throw Problem.badRequest(words.notForPrograms)
            }
        }
    }

    private func password(_ ruled: RuledLink?, for request: Request) throws(Problem) -> AppPassword {
        let words = pages.words.aboutPeople
        guard let ruled else {
            if case .wrong(let wait?) = strangers.judge(false, from: request.source) {
                throw Problem(429, "too_many", words.tooManyLinks, retryAfter: wait)
            }
            throw .notFound(words.noSuchLink)
        }
        switch ruled.ruling {
        case .given: return ruled.password
        case .spent: throw Problem(410, "gone", words.linkIsSpent)
        case .expired: throw Problem(410, "gone", words.linkHasExpired)
        }
    }

    private static func place(_ source: Source) -> String {
        switch source {
        case .local: "local"
        case .network(let address): IPAddress.countingKey(address)
        }
    }
}
