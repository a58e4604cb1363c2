import Exchange
import HTTPStack
import Telephony

/// `/health/log`: the latest lines of the log, and each new one as it is written.
struct LogPage {
    let pages: Pages

    static let shown = 300

    private var ring: LogRing { pages.desk.care.log }
    private var words: Words { pages.words }

    var operations: [Operation] {
        [
            pages.ownersPage("/health/log") { request, visitor in
                let level = try level(request)
                let lines = ring.lines(from: level, limit: Self.shown)
                let last = ring.last
                let options = LogLine.Level.allCases.map { one -> HTML in
                    "<option value=\"\(one.rawValue)\"\(" selected", if: one == level)>\(words.level(one))</option>"
                }
                let empty: HTML = lines.isEmpty ? "<p class=\"empty\" data-empty>\(words.noLog)</p>" : .nothing
                let content: HTML = """
                    <div class="care wide">\(HealthTabs(open: .log, words: words).html)<h1>\(words.log)</h1><p class="soft">\(words.logText)</p>
                    <form class="choose" action="/health/log"><label>\(words.level)<select name="level">\(options)</select></label><button class="plain">\(words.show)</button></form>
                    \(empty)<ol class="log" data-log="\(last)" data-level="\(level.rawValue)" tabindex="0" aria-label="\(words.log)">\(lines.map(row))</ol></div>
                    """
                return pages.carePage(words.log, visitor, content)
            },
            Operation(.get, "/health/log/events", access: .own) { request in
                let transport = pages.transport(of: request)
                guard pages.exposure.admits(request.source, over: transport), let visitor = try await pages.signIns.visitor(request, over: transport),
                    visitor.account.role == .owner
                else { return .empty(204) }
                return try follow(request, visitor)
            },
        ]
    }

    private func level(_ request: Request) throws(Problem) -> LogLine.Level {
        guard let text = try request.queryParameters("level", "after")["level"] else { return .info }
        guard let level = LogLine.Level(rawValue: text) else { throw .notFound(words.notFound) }
        return level
    }

    /// Ends for who has signed out, or is no owner any more.
    private func follow(_ request: Request, _ visitor: Visitor) throws -> Response {
        let after = try request.header("Last-Event-ID") ?? request.queryParameters("level", "after")["after"]
        let reader = try ring.follow(after: after.flatMap { Int64($0) } ?? ring.last, from: try level(request), pause: pages.desk.care.pause) { line in
            let document: JSON = [
                "at": .string(CivilDate(line.at).rfc3339), "level": .string(line.level.rawValue), "part": .string(line.label), "text": .string(line.text),
                "details": .string(line.details),
            ]
            return Array("id: \(line.sequence)\ndata: ".utf8) + document.encoded + Array("\n\n".utf8)
        }
        let signIns = pages.signIns
        return Response(
            status: 200, contentType: "text/event-stream",
            body: .stream {
                let piece = await reader.next()
                guard let visitor = try await signIns.again(visitor), visitor.account.role == .owner else { return nil }
                return piece
            })
    }

    private func row(_ line: LogLine) -> HTML {
        let details: HTML = line.details.isEmpty ? .nothing : " <span class=\"soft\">\(line.details)</span>"
        return """
            <li class="\(line.level.rawValue)"><time>\(CivilDate(line.at).rfc3339)</time> <b>\(line.level.rawValue)</b> <span class="part">\(line.label)</span> \(line.text)\(details)</li>

            """
    }
}
