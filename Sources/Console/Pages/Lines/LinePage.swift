import Exchange
import HTTPStack
import Telephony

/// `/lines/{line}`: one line with its signal over a week, and for owners what can be done to it.
struct LinePage {
    let pages: Pages

    private var care: Care { pages.desk.care }
    private var words: Words { pages.words }

    /// What came of what somebody did, and what the network said.
    private struct News {
        var note: String?
        var mistake: String?
        var ussd: USSDForm.State = .closed
        var pinMistake: String?
    }

    var operations: [HTTPStack.Operation] {
        [
            pages.page("/lines/{line}") { request, visitor in
                _ = try request.queryParameters()
                return try await page(try line(request, visitor), visitor)
            },
            pages.ownersForm("/lines/{line}/ussd") { request, visitor, form in
                let line = try line(request, visitor)
                let state = await USSDForm.answer(to: form, trunk: try trunk(line), words: words)
                await pages.desk.audit.note(.ussdSent, by: visitor, from: request, about: line.name)
                return try await page(line, visitor, News(ussd: state), status: state.isMistake ? 422 : 200)
            },
            pages.ownersForm("/lines/{line}/pin") { request, visitor, form in
                let line = try line(request, visitor)
                guard let trunk = care.trunk(line) else { throw Problem.notFound(words.notFound) }
                await pages.desk.audit.note(.pinEntered, by: visitor, from: request, about: line.name)
                do throws(Failure) {
                    try await trunk.enter(pin: form["pin"] ?? "")
                } catch {
                    return try await page(line, visitor, News(pinMistake: error.sentenceOfFetching), status: 422)
                }
                return try await page(line, visitor, News(note: words.pinTaken))
            },
            pages.ownersForm("/lines/{line}/restart") { request, visitor, _ in
                let line = try line(request, visitor)
                guard let trunk = care.trunk(line) else { throw Problem.notFound(words.notFound) }
                await pages.desk.audit.note(.lineRestarted, by: visitor, from: request, about: line.name)
                return try await page(line, visitor, try await news(words.restarting) { () throws(Failure) in try await trunk.restart() })
            },
        ]
    }

    private func news(_ note: String, _ act: () async throws(Failure) -> Void) async throws -> News {
        do throws(Failure) {
            try await act()
            return News(note: note)
        } catch {
            return News(mistake: error.sentence)
        }
    }

    private func line(_ request: Request, _ visitor: Visitor) throws(Problem) -> LineID {
        guard let name = PercentEncoding.decode(request.parameter("line"), plus: .literal) else { throw .notFound(words.notFound) }
        let line = LineID(name)
        guard pages.desk.lines.contains(line), visitor.sees(line) else { throw .notFound(words.notFound) }
        return line
    }

    private func trunk(_ line: LineID) throws(Problem) -> any USSDTrunk {
        guard let trunk = pages.desk.ussd(line) else { throw .notFound(words.notFound) }
        return trunk
    }

    private func page(_ line: LineID, _ visitor: Visitor, _ news: News = News(), status: Int = 200) async throws -> Response {
        let standings = await care.signs.now(), times = pages.times(of: visitor), now = pages.desk.mint.now()
        let figures = LineFigures(line, standings, try await pages.desk.ledger.lines())
        let since = now - VitalSigns.samplesKept
        let chart = SignalChart(try await care.ledger.signal(of: line, since: since), from: since, through: now, words: words)
        let state = figures.health?.state ?? .starting
        let isOwner = visitor.account.role == .owner
        let told: HTML = news.note.map { "<p role=\"status\">\($0)</p>" as HTML } ?? Field.note(news.mistake, of: "line")
        let content: HTML = """
            <div class="care"><p><a href="/lines">\(words.allLines)</a></p><h1><bdi>\(line.name)</bdi></h1>\(told)
            <div class="vital \(state.rawValue)"><span class="state">\(words.state(state))</span><p>\(figures.health?.summary ?? "")</p>
            <dl>\(try await facts(line, figures, isOwner, times))</dl></div>
            <section class="card"><h2>\(words.signal)</h2>\(chart.html)</section>
            \(isOwner ? try await acts(line, visitor, news) : .nothing)</div>
            """
        return pages.carePage(line.name, visitor, content, status: status)
    }

    private func facts(_ line: LineID, _ figures: LineFigures, _ isOwner: Bool, _ times: Times) async throws -> [HTML] {
        let traffic = try await care.ledger.traffic(of: line, since: times.midnight)
        var facts: [(String, HTML)] = [(words.number, figures.number), (words.network, figures.carrier), (words.signal, figures.signal)].compactMap { name, value in
            value.map { (name, "<bdi>\($0)</bdi>") }
        }
        facts += [(words.lastIn, traffic.lastIn), (words.lastOut, traffic.lastOut)].map { name, at in
            (name, at.map { pages.moment($0, times) } ?? "\(words.never)")
        }
        facts.append((words.today, "\(traffic.incoming) \(words.todayIn), \(traffic.outgoing) \(words.todayOut)"))
        if isOwner {
            let known = [(words.storage, "storage"), (words.serviceCentre, "serviceCentre"), (words.sendLimit, "sendLimit"), (words.restarts, "restarts")]
            facts += known.compactMap { name, key in figures.health?.facts[key].map { (name, "<bdi>\($0)</bdi>") } }
            let waiting = try await pages.desk.ledger.openDeliveries(.trunk(line))
            facts.append((words.queued, "\(waiting)"))
        }
        return facts.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" }
    }

    private func acts(_ line: LineID, _ visitor: Visitor, _ news: News) async throws -> HTML {
        let path = "/lines/\(PercentEncoding.encode(line.name))"
        var acts: HTML = .nothing
        if let wanted = await care.trunk(line)?.wantedPIN() { acts = acts + pin(path, wanted, visitor, news.pinMistake) }
        if pages.desk.ussd(line) != nil { acts = acts + USSDForm(path: "\(path)/ussd", token: visitor.token, state: news.ussd, words: words).html }
        if care.trunk(line) != nil {
            acts = acts + """
                <section class="card"><h2>\(words.care)</h2><p class="soft">\(words.restartText)</p>
                <form method="post" action="\(path)/restart">\(visitor.token.input)<button class="plain">\(words.restartLine)</button></form></section>
                """
        }
        return acts
    }

    private func pin(_ path: String, _ wanted: PINRequest, _ visitor: Visitor, _ mistake: String?) -> HTML {
        """
        <section class="card"><h2>\(words.pin)</h2><p>\(words.pinText)</p><p>\(words.triesLeft(wanted.triesLeft))</p>
        <form method="post" action="\(path)/pin">\(visitor.token.input)
        \(Field(name: "pin", label: words.pin, kind: .password, mistake: mistake).html)<button>\(words.enterPIN)</button></form></section>
        """
    }
}
