import HTTPStack
import Telephony

/// `/people/{name}/console`: a way into the pages for a person, and the end of it.
struct InvitationPage {
    let pages: Pages

    var operations: [Operation] {
        [
            pages.form("/people/{name}/console") { request, visitor, form in
                try pages.checkOwner(visitor)
                let person = try await pages.personID(request, visitor), words = pages.words.aboutPeople
                guard pages.confirmed(visitor) else { return pages.toConfirm(request, visitor, form, otherwise: Pages.path(of: person)) }
                guard let role = form["role"].flatMap(Account.Role.init(rawValue:)) else { throw Problem.badRequest(pages.words.notFound) }
                let path = try await Invitations.make(for: person, role: role, now: pages.desk.mint.now(), ledger: pages.desk.ledger)
                pages.log.notice("invitation made", metadata: ["person": "\(person)", "role": "\(role)", "by": "\(visitor.account.person)"])
                await pages.desk.audit.note(.invitationMade, by: visitor, from: request, about: "\(person)")
                let link = try pages.origin(request) + path
                let content: HTML = """
                    <div class="cards"><section class="card"><h1>\(words.invitation)</h1><p>\(words.invitationText)</p>
                    \(LinkCard.code(of: link, words.codeOfLink))<p><code class="copy">\(link)</code></p>
                    <p><a href="\(Pages.path(of: person))">\(words.backTo(person))</a></p></section></div>
                    """
                return Layout(title: words.invitation, visitor: visitor, content: PeopleStyle.link + content).response()
            },
            pages.form("/people/{name}/console/remove") { request, visitor, form in
                try pages.checkOwner(visitor)
                let person = try await pages.personID(request, visitor)
                guard pages.confirmed(visitor) else { return pages.toConfirm(request, visitor, form, otherwise: Pages.path(of: person)) }
                guard person != visitor.account.person else { throw Problem.conflict(pages.words.aboutPeople.notYourself) }
                _ = try await pages.desk.ledger.removeAccount(of: person)
                pages.log.notice("account removed", metadata: ["person": "\(person)", "by": "\(visitor.account.person)"])
                await pages.desk.audit.note(.accountRemoved, by: visitor, from: request, about: "\(person)")
                return Pages.see(Pages.path(of: person))
            },
        ]
    }
}
