import Exchange
import HTTPStack
import Telephony

/// `/lines`: the lines that the visitor sees, how each is and what went over it today.
struct LinesPage {
    let pages: Pages

    private var words: Words { pages.words }

    var operation: HTTPStack.Operation {
        pages.page("/lines") { request, visitor in
            _ = try request.queryParameters()
            let lines = pages.desk.lines.filter(visitor.sees)
            let standings = await pages.desk.care.signs.now(), times = pages.times(of: visitor)
            let known = try await pages.desk.ledger.lines()
            var rows: [HTML] = []
            for line in lines {
                let traffic = try await pages.desk.care.ledger.traffic(of: line, since: times.midnight)
                rows.append(row(line, LineFigures(line, standings, known), traffic))
            }
            let list: HTML = rows.isEmpty ? "<p class=\"empty\">\(words.noLinesOfYours)</p>" : "<ul class=\"vitals\">\(rows)</ul>"
            let isOwner = visitor.account.role == .owner && pages.desk.installation != nil
            let another: HTML = isOwner ? "<p><a class=\"button\" href=\"\(NewLinePage.path)\">\(words.newLine)</a></p>" : .nothing
            return pages.carePage(words.lines, visitor, "<div class=\"care\"><h1>\(words.lines)</h1>\(list)\(another)</div>")
        }
    }

    private func row(_ line: LineID, _ figures: LineFigures, _ traffic: LineTraffic) -> HTML {
        let state = figures.health?.state ?? .starting
        let facts = [figures.number, figures.carrier, figures.signal].compactMap(\.self).map { "<bdi>\($0)</bdi> " as HTML }
        return """
            <li class="vital \(state.rawValue)"><h2><a href="/lines/\(PercentEncoding.encode(line.name))"><bdi>\(line.name)</bdi></a></h2><span class="state">\(words.state(state))</span>
            <p>\(figures.health?.summary ?? "")</p><p class="soft">\(facts)</p><p class="soft">\(traffic.incoming) \(words.todayIn) · \(traffic.outgoing) \(words.todayOut)</p></li>

            """
    }
}

/// What is known of a line.
struct LineFigures {
    let health: Health?
    let number: String?
    let carrier: String?
    /// `-71 dBm`
    let signal: String?

    init(_ line: LineID, _ standings: [Standing], _ known: [Line]) {
        let facts = known.first { $0.id == line }?.facts ?? LineFacts()
        health = standings.first { $0.vital.place == Vital.Place(.line, line.name) }?.vital.health
        number = facts.number ?? health?.facts["number"]
        carrier = facts.carrier ?? health?.facts["operator"]
        signal = health.flatMap { SignalSample.strength(in: $0) }.map { "\($0) dBm" }
    }
}
