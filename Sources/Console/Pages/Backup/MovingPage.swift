import Exchange
import HTTPStack
import Telephony
import Transfer
import Wire

/// `/settings/moving`: messages out to other programs, and in from other phones. The owner's.
struct MovingPage {
    let pages: Pages
    let people: PeopleDesk
    let history: any HistoryLedger

    /// Octets of a file that is taken over.
    private static let fileLimit = 8 << 30

    var operations: [Operation] {
        [
            pages.ownersPage("/settings/moving") { request, visitor in
                let query = try request.queryParameters("added", "known", "rest")
                return page(visitor, note: query["added"].flatMap { Int($0) }.map { added in
                    pages.words.taken(added: added, known: Int(query["known"] ?? "") ?? 0, rest: Int(query["rest"] ?? "") ?? 0)
                })
            },
            pages.ownersPage("/settings/moving/export", export),
            pages.taking("/settings/moving/import", limit: Self.fileLimit, for: pages.checkOwner) { request, visitor, fields in
                guard let line = pages.desk.lines.first(where: { $0.name == fields["line"] }) else { throw Problem.notFound(pages.words.notFound) }
                let importing = MessageImport(to: line, ledger: history, media: pages.desk.media, mint: pages.desk.mint, random: people.random) { [submissions = pages.desk.submissions] in
                    try? submissions.address($0, line: line)
                }
                return MessageUpload(importing, words: pages.words) { await pages.desk.audit.note(.imported, by: visitor, from: request, about: line.name) }
            },
        ]
    }

    private func page(_ visitor: Visitor, note: String?) -> Response {
        let words = pages.words
        let told: HTML = note.map { "<p role=\"status\">\($0)</p>" as HTML } ?? .nothing
        let lines = pages.desk.lines.map { "<option>\($0.name)</option>" as HTML }
        let content: HTML = """
            <div class="cards"><h1>\(words.moveMessages)</h1>\(told)
            <form class="card" action="/settings/moving/export"><h2>\(words.exportMessages)</h2>
            <label>\(words.format)<select name="format"><option value="json">\(words.jsonFormat)</option><option value="android-xml">\(words.androidFormat)</option></select></label>
            <label>\(words.line)<select name="line"><option value="">\(words.allLines)</option>\(lines)</select></label><button>\(words.download)</button></form>
            <form class="card" method="post" action="/settings/moving/import" enctype="multipart/form-data">\(visitor.token.input)<h2>\(words.importMessages)</h2><p>\(words.importText)</p>
            <label>\(words.line)<select name="line">\(lines)</select></label>
            <label>\(words.androidFile)<input type="file" name="file" accept=".xml,text/xml,application/xml" required></label><button>\(words.importFile)</button></form>
            <p><a href="/settings/backup">\(words.backup)</a></p></div>
            """
        return Layout(title: words.moveMessages, visitor: visitor, content: content).response()
    }

    @Sendable private func export(_ request: Request, _ visitor: Visitor) async throws -> Response {
        guard pages.confirmed(visitor) else { return Pages.toConfirm("/settings/moving") }
        let query = try request.queryParameters("format", "line")
        guard let format = MessageExport.Format(rawValue: query["format"] ?? "json") else { throw Problem.notFound(pages.words.notFound) }
        let name = query["line"] ?? ""
        let lines = pages.desk.lines.filter { name.isEmpty || $0.name == name }
        guard !lines.isEmpty else { throw Problem.notFound(pages.words.notFound) }
        let names = try await allNames(of: visitor)
        let export = MessageExport(format, of: HistorySelection(lines: lines), ledger: history, media: pages.desk.media, now: pages.desk.mint.now()) { names[$0] }
        pages.log.notice("messages are exported", metadata: ["person": "\(visitor.account.person)"])
        await pages.desk.audit.note(.exported, by: visitor, from: request, about: name)
        var response = Response(status: 200, contentType: format.contentType, body: .stream { try await export.next() })
        response.headers = [("Content-Disposition", ContentDisposition.attachment.value(name: format.fileName))]
        return response
    }

    private func allNames(of visitor: Visitor) async throws -> [Address: String] {
        var names: [Address: String] = [:], last: Contact?
        while true {
            let some = try await people.contacts.contacts(of: visitor.account.person, matching: "", after: last, limit: 500)
            for contact in some { for address in contact.addresses where names[address] == nil { names[address] = contact.name } }
            guard some.count == 500 else { return names }
            last = some.last
        }
    }
}

/// A file of messages that is being taken over.
actor MessageUpload: FileTaker {
    private var importing: MessageImport
    private let words: Words
    private let noteTaken: @Sendable () async -> Void

    init(_ importing: MessageImport, words: Words, noteTaken: @escaping @Sendable () async -> Void) {
        self.importing = importing
        self.words = words
        self.noteTaken = noteTaken
    }

    func take(_ octets: [UInt8]) async throws {
        var importing = importing
        do { try await importing.take(octets) } catch is DecodeError { throw Problem(422, "no_backup", words.notThatFile) }
        self.importing = importing
    }

    func finish() async throws -> Response {
        var importing = importing
        do {
            let outcome = try await importing.finish()
            await noteTaken()
            return Pages.see("/settings/moving?added=\(outcome.added)&known=\(outcome.known)&rest=\(outcome.unsent + outcome.unreadable)")
        } catch is DecodeError {
            throw Problem(422, "no_backup", words.notThatFile)
        }
    }
}
