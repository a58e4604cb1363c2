import Exchange
import HTTPStack
import Telephony
import Transfer
import Wire

/// `/contacts`: whom the visitor knows. Each person has contacts of their own.
struct ContactsPage {
    let pages: Pages
    let people: PeopleDesk

    private static let limit = 100

    var operations: [Operation] {
        [
            pages.page("/contacts", list),
            pages.page("/contacts/edit") { request, visitor in
                let query = try request.queryParameters("uid", "number")
                guard let uid = query["uid"] else { return edit(visitor, ContactDraft(numbers: query["number"] ?? "")) }
                return edit(visitor, ContactDraft(try await contact(uid, visitor)))
            },
            pages.form("/contacts/edit") { _, visitor, form in try await save(ContactDraft(form), visitor) },
            pages.form("/contacts/remove") { _, visitor, form in
                guard try await people.contacts.removeContact(form["uid"] ?? "", of: visitor.account.person) else { throw Problem.notFound(pages.words.notFound) }
                return Pages.see("/contacts")
            },
            pages.taking("/contacts/import", limit: ContactCards.fileLimit) { request, visitor, _ in
                ContactUpload(cards: pages.cards(of: visitor), people: people, pages: pages) { await pages.desk.audit.note(.contactsImported, by: visitor, from: request) }
            },
            pages.page("/contacts/export", export),
        ]
    }

    private func contact(_ uid: String, _ visitor: Visitor) async throws -> Contact {
        guard let contact = try await people.contacts.contact(uid, of: visitor.account.person) else { throw Problem.notFound(pages.words.notFound) }
        return contact
    }

    @Sendable private func list(_ request: Request, _ visitor: Visitor) async throws -> Response {
        let words = pages.words, query = try request.queryParameters("q", "after", "added", "omitted")
        let text = String((query["q"] ?? "").prefix(100))
        var after: Contact?
        if let uid = query["after"] { after = try await contact(uid, visitor) }
        let found = try await people.contacts.contacts(of: visitor.account.person, matching: text, after: after, limit: Self.limit + 1)
        let rows = found.prefix(Self.limit).map { contact -> HTML in
            """
            <li><a href="/contacts/edit?uid=\(PercentEncoding.encode(contact.uid))"><span class="who"><bdi>\(contact.name)</bdi></span>
            <span class="last"><bdi>\(contact.addresses.prefix(3).map(\.text).joined(separator: ", "))</bdi></span></a></li>

            """
        }
        let more: HTML = found.count > Self.limit ? "<p class=\"more\"><a href=\"/contacts?q=\(PercentEncoding.encode(text))&amp;after=\(PercentEncoding.encode(found[Self.limit - 1].uid))\">\(words.moreContacts)</a></p>" : .nothing
        let told: HTML = query["added"].flatMap { Int($0) }.map { "<p role=\"status\">\(words.imported($0, omitted: Int(query["omitted"] ?? "") ?? 0))</p>" as HTML } ?? .nothing
        let content: HTML = """
            <div class="inbox"><div class="cards"><h1>\(words.contacts)</h1>\(told)
            <form role="search" action="/contacts"><label>\(words.findContacts)<input type="search" name="q" value="\(text)" maxlength="100"></label></form>
            <p><a class="button" href="/contacts/edit">\(words.newContact)</a> <a href="/blocked">\(words.blocked)</a></p></div>
            \(rows.isEmpty ? "<p class=\"empty\">\(words.noContacts)</p>" as HTML : "<ul class=\"list\">\(rows)</ul>\(more)" as HTML)
            <div class="cards">\(moving(visitor))</div></div>
            """
        return Layout(title: words.contacts, visitor: visitor, content: content).response()
    }

    private func moving(_ visitor: Visitor) -> HTML {
        let words = pages.words
        return """
            <form class="card" method="post" action="/contacts/import" enctype="multipart/form-data">\(visitor.token.input)
            <label>\(words.cardFile)<input type="file" name="file" accept=".vcf,text/vcard,text/x-vcard" required></label><button>\(words.importFile)</button>
            <p><a href="/contacts/export" download>\(words.exportContacts)</a></p></form>
            """
    }

    private func edit(_ visitor: Visitor, _ draft: ContactDraft, mistake: String? = nil) -> Response {
        let words = pages.words, title = draft.uid.isEmpty ? words.newContact : draft.name
        let remove: HTML = draft.uid.isEmpty ? .nothing : """
            <form class="card" method="post" action="/contacts/remove">\(visitor.token.input)<input type="hidden" name="uid" value="\(draft.uid)"><button class="plain">\(words.removeContact)</button></form>
            """
        let content: HTML = """
            <div class="cards"><p><a href="/contacts">\(words.contacts)</a></p><h1><bdi>\(title)</bdi></h1>
            <form class="card" method="post" action="/contacts/edit">\(visitor.token.input)<input type="hidden" name="uid" value="\(draft.uid)">
            \(Field(name: "name", label: words.name, value: draft.name, mistake: mistake, isFirst: draft.uid.isEmpty).html)
            <label>\(words.numbersOneALine)<textarea name="numbers" rows="4" maxlength="4000">\n\(draft.numbers)</textarea></label>
            <button>\(words.save)</button></form>\(remove)</div>
            """
        return Layout(title: title, visitor: visitor, content: content).response(status: mistake == nil ? 200 : 422)
    }

    private func save(_ draft: ContactDraft, _ visitor: Visitor) async throws -> Response {
        let before = draft.uid.isEmpty ? nil : try await contact(draft.uid, visitor)
        guard !draft.name.isEmpty, let contact = pages.cards(of: visitor).changed(before, name: draft.name, numbers: draft.numberList) else {
            return edit(visitor, draft, mistake: pages.words.contactNeedsName)
        }
        try await people.contacts.save([contact])
        return Pages.see("/contacts")
    }

    /// All, as they came, a page of them at a time.
    @Sendable private func export(_ request: Request, _ visitor: Visitor) async throws -> Response {
        await pages.desk.audit.note(.contactsExported, by: visitor, from: request)
        let walk = ContactWalk(owner: visitor.account.person, contacts: people.contacts)
        var response = Response(status: 200, contentType: "text/vcard; charset=utf-8", body: .stream { try await walk.next() })
        response.headers = [("Content-Disposition", ContentDisposition.attachment.value(name: "contacts.vcf"))]
        return response
    }
}

extension Pages {
    /// Numbers are read by the country of the visitor's first line.
    func cards(of visitor: Visitor) -> ContactCards {
        let line = visitor.lines?.first ?? desk.lines.first ?? .house
        return ContactCards(owner: visitor.account.person, now: desk.mint.now()) { [submissions = desk.submissions] in try? submissions.address($0, line: line) }
    }

    /// What the visitor calls those of the addresses that they know.
    func names(of addresses: [Address], for visitor: Visitor) async throws -> [Address: String] {
        guard let people = desk.people else { return [:] }
        return try await people.contacts.names(of: addresses, for: visitor.account.person)
    }
}

/// What somebody writes of a contact.
struct ContactDraft {
    var uid = ""
    var name = ""
    /// One a line.
    var numbers = ""

    init(numbers: String) { self.numbers = String(numbers.prefix(60)) }

    init(_ contact: Contact) {
        uid = contact.uid
        name = contact.name
        numbers = ContactCards.numbers(of: contact).joined(separator: "\n")
    }

    init(_ form: Form) {
        uid = form["uid"] ?? ""
        name = (form["name"] ?? "").trimmingPrefix(while: \.isWhitespace).description
        numbers = form.lines("numbers")
    }

    var numberList: [String] { numbers.split(separator: "\n").map { $0.trimmingPrefix(while: \.isWhitespace) }.map(String.init).filter { !$0.isEmpty } }
}

/// A file of cards that is being taken over.
actor ContactUpload: FileTaker {
    private let cards: ContactCards
    private let people: PeopleDesk
    private let pages: Pages
    private let noteTaken: @Sendable () async -> Void
    private var octets: [UInt8] = []

    init(cards: ContactCards, people: PeopleDesk, pages: Pages, noteTaken: @escaping @Sendable () async -> Void) {
        self.cards = cards
        self.people = people
        self.pages = pages
        self.noteTaken = noteTaken
    }

    func take(_ octets: [UInt8]) { self.octets += octets }

    func finish() async throws -> Response {
        do {
            let (contacts, omitted) = try cards.contacts(from: octets)
            try await people.contacts.save(contacts)
            await noteTaken()
            return Pages.see("/contacts?added=\(contacts.count)&omitted=\(omitted)")
        } catch is DecodeError {
            throw Problem(422, "no_cards", pages.words.noCards)
        }
    }
}

/// All contacts of a person, a page at a time.
private actor ContactWalk {
    private let owner: PersonID
    private let contacts: any ContactBook
    private var last: Contact?
    private var isOver = false

    init(owner: PersonID, contacts: any ContactBook) {
        self.owner = owner
        self.contacts = contacts
    }

    func next() async throws -> [UInt8]? {
        guard !isOver else { return nil }
        let found = try await contacts.contacts(of: owner, matching: "", after: last, limit: 100)
        last = found.last
        isOver = found.isEmpty
        return isOver ? nil : found.flatMap { Array($0.card.utf8) }
    }
}
