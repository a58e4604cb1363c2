import HTTPStack
import Telephony

/// `/settings/audit`: who did what, the latest first.
struct AuditPage {
    private static let rows = 50

    let pages: Pages

    var operation: Operation {
        pages.ownersPage("/settings/audit") { request, visitor in
            let before = try request.queryParameters("before")["before"]
            guard before == nil || before.flatMap(Int64.init) != nil else { throw Problem.notFound("") }
            let entries = try await pages.desk.audit.book.auditEntries(before: before.flatMap(Int64.init), limit: Self.rows + 1)
            return page(visitor, entries)
        }
    }

    private func page(_ visitor: Visitor, _ entries: [AuditEntry]) -> Response {
        let words = pages.words, shown = entries.prefix(Self.rows)
        let more: HTML =
            entries.count > Self.rows ? "<p class=\"more\"><a href=\"/settings/audit?before=\(shown.last?.sequence ?? 0)\">\(words.olderEntries)</a></p>" : .nothing
        let list: HTML = shown.isEmpty ? "<p>\(words.noEntries)</p>" : "<ol class=\"card facts\">\(shown.map { row($0, visitor) })</ol>"
        let content: HTML = "<div class=\"cards wide\"><h1>\(words.auditLog)</h1>\(list)\(more)</div>"
        return Layout(title: words.auditLog, visitor: visitor, content: content).response()
    }

    private func row(_ entry: AuditEntry, _ visitor: Visitor) -> HTML {
        let words = pages.words, times = pages.times(of: visitor)
        let about: HTML = entry.about.isEmpty ? .nothing : ": <bdi>\(entry.about)</bdi>"
        let person = entry.person?.name ?? (entry.place == AuditEntry.commandLine ? words.atCommandLine : words.nobodyKnown)
        let place = entry.place == AuditEntry.commandLine ? "" : " · " + BrowsersPage.place(entry.place, words)
        return """
            <li><p><strong>\(words.sentence(entry.act))</strong>\(about)</p>
            <p class="quiet"><time datetime="\(CivilDate(entry.at).rfc3339)">\(times.heading(entry.at)), \(times.time(entry.at))</time> · <bdi>\(person)</bdi>\(place)</p></li>
            """
    }
}

extension AuditEntry {
    /// The place of what was done by a command on the machine itself.
    public static let commandLine = "command line"
}
