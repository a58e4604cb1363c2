import Telephony

/// Whether a person may sign in to the pages, and how an owner changes that.
struct ConsoleCard {
    let person: PersonID
    let account: Account?
    /// Nobody shuts themselves out by a slip.
    let isSelf: Bool
    let token: FormToken
    let words: PeopleWords

    var html: HTML {
        let path = Pages.path(of: person)
        let state = account.map { words.role($0.role) } ?? words.noConsole
        let roles = Account.Role.allCases.map { role -> HTML in
            "<option value=\"\(role.rawValue)\"\(" selected", if: role == (account?.role ?? .member))>\(words.role(role))</option>"
        }
        let out: HTML =
            account == nil || isSelf
            ? .nothing
            : """
            <form method="post" action="\(path)/console/remove">\(token.input)<p class="note">\(words.shutOutNote)</p>\
            <button class="plain">\(words.shutOut)</button></form>
            """
        return """
            <section class="card"><h2>\(words.console)</h2><p>\(state)</p>
            <form method="post" action="\(path)/console">\(token.input)<label>\(words.inviteAs)<select name="role">\(roles)</select></label>
            <p class="note">\(words.inviteNote)</p><button>\(words.makeInvitation)</button></form>\(out)</section>
            """
    }
}
