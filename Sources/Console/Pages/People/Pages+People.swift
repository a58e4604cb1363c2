import HTTPStack
import Telephony

extension Visitor {
    var isOwner: Bool { account.role == .owner }
}

extension Pages {
    /// The person that a page is about: anybody for an owner, themselves for a member.
    func person(_ request: Request, _ visitor: Visitor) async throws -> Person {
        let name = request.parameter("name")
        guard visitor.isOwner || visitor.account.person.name == name else { throw Problem(403, "forbidden", words.aboutPeople.ownersOnly) }
        guard let person = try await desk.ledger.persons().first(where: { $0.id.name == name }) else { throw Problem.notFound(words.notFound) }
        return person
    }

    /// The same for who may only sign in, and has no SIP account.
    func personID(_ request: Request, _ visitor: Visitor) async throws -> PersonID {
        let person = PersonID(request.parameter("name"))
        guard visitor.isOwner || visitor.account.person == person else { throw Problem(403, "forbidden", words.aboutPeople.ownersOnly) }
        if try await desk.ledger.persons().contains(where: { $0.id == person }) { return person }
        guard try await desk.ledger.accounts().contains(where: { $0.person == person }) else { throw Problem.notFound(words.notFound) }
        return person
    }

    func checkOwner(_ visitor: Visitor) throws(Problem) {
        guard visitor.isOwner else { throw Problem(403, "forbidden", words.aboutPeople.ownersOnly) }
    }

    /// What stands before the path of a link that is opened elsewhere: as the settings have it, or as this browser reached us.
    func origin(_ request: Request) throws(Problem) -> String {
        let asked = request.header("Host").flatMap { WebURL("\(transport(of: request) == .encrypted ? "https" : "http")://\($0)/") }
        guard let url = desk.publicURL ?? asked else { throw .badRequest(words.notFound) }
        let text = url.description
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    func reach(of link: String) -> LinkReach { LinkReach(of: link, over: transport, exposure: exposure, certificate: desk.phones?.certificate ?? .vouched) }

    /// Where a person's page is.
    static func path(of person: PersonID) -> String { "/people/\(PercentEncoding.encode(person.name))" }
}

/// The style sheet and script of the pages about people.
enum PeopleStyle {
    static var link: HTML { "<link rel=\"stylesheet\" href=\"\(Asset.peopleStyle.path)\">" }
    static var arrival: HTML { "<script src=\"\(Asset.arrivalScript.path)\" defer></script>" }
}
