import HTTPStack
import Telephony

/// `/people/{name}` of somebody who signs in here and has no SIP account: their way in, and a SIP account for them.
struct AccountPage {
    let pages: Pages

    func response(_ visitor: Visitor, _ person: PersonID) async throws -> Response {
        let words = pages.words.aboutPeople
        let up: HTML = visitor.isOwner ? "<p><a href=\"/people\">\(words.people)</a></p>" : .nothing
        let rest = visitor.isOwner ? try await ownersPart(visitor, person) : .nothing
        let content: HTML = "<div class=\"cards\">\(up)<h1><bdi>\(person.name)</bdi></h1><p class=\"card\">\(words.noSIPAccount)</p>\(rest)</div>"
        return Layout(title: person.name, visitor: visitor, content: PeopleStyle.link + content).response()
    }

    private func ownersPart(_ visitor: Visitor, _ person: PersonID) async throws -> HTML {
        let words = pages.words.aboutPeople
        let account = try await pages.desk.ledger.accounts().first { $0.person == person }
        let add: HTML = pages.desk.phones == nil ? .nothing : """
            <form class="card" method="post" action="/people"><h2>\(words.makeSIPAccount)</h2>\(visitor.token.input)<input type="hidden" name="name" value="\(person.name)">
            \(LineChoice(pages.desk.lines).html(of: pages.desk.lines, mistake: nil, words: words))<button>\(words.add)</button></form>
            """
        return add + ConsoleCard(person: person, account: account, isSelf: person == visitor.account.person, token: visitor.token, words: words).html
    }
}
