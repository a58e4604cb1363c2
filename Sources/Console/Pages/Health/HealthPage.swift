import Exchange
import HTTPStack
import Telephony

/// `/health/parts`: every part of the house, how it is and since when, and what to do about it.
struct HealthPage {
    let pages: Pages

    private var care: Care { pages.desk.care }
    private var words: Words { pages.words }

    var operations: [Operation] {
        [
            pages.ownersPage("/health/parts") { request, visitor in
                _ = try request.queryParameters()
                return try await page(visitor)
            },
            pages.ownersForm("/health/parts") { _, visitor, form in
                guard let place = form["place"].flatMap({ Vital.Place($0) }), let probe = care.probe(place) else {
                    throw Problem.notFound(words.notFound)
                }
                return try await page(visitor, note: await tried(place, probe))
            },
            pages.ownersForm("/health/alerts") { _, visitor, _ in
                try await page(visitor, note: told(await care.alerts.test()))
            },
            pages.ownersPage("/health/support") { request, visitor in
                _ = try request.queryParameters()
                await pages.desk.audit.note(.supportBundleTaken, by: visitor, from: request)
                var response = Response.text(await care.support())
                response.headers = [("Content-Disposition", ContentDisposition.attachment.value(name: "homeline-support.txt"))]
                return response
            },
        ]
    }

    private func tried(_ place: Vital.Place, _ probe: Care.Probe) async -> HTML {
        do {
            return "<p role=\"status\">\(words.place(place)). \(words.testWorked) \(try await probe())</p>"
        } catch let failure as Failure {
            return "<p class=\"mistake\" role=\"alert\">\(words.place(place)). \(words.testFailed) \(failure.sentence)</p>"
        } catch {
            return "<p class=\"mistake\" role=\"alert\">\(words.place(place)). \(words.testFailed) \("\(error)")</p>"
        }
    }

    private func told(_ trials: [AlertTrial]) -> HTML {
        guard !trials.isEmpty else { return "<p class=\"mistake\" role=\"alert\">\(words.alertsOff)</p>" }
        let rows = trials.map { "<li>\($0.channel): \($0.failure?.sentence ?? words.takenOver)</li>" as HTML }
        return "<div role=\"status\"><ul>\(rows)</ul></div>"
    }

    private func page(_ visitor: Visitor, note: HTML = .nothing) async throws -> Response {
        let standings = await care.signs.now(), times = pages.times(of: visitor), now = pages.desk.mint.now()
        var rows: [HTML] = []
        for standing in standings { rows.append(try await row(standing, visitor, times, now)) }
        let verdict = standings.allSatisfy(\.isWell) ? words.allWell : words.notAllWell
        let content: HTML = """
            <div class="care">\(HealthTabs(open: .parts, words: words).html)<h1>\(verdict)</h1>\(note)
            <ul class="vitals">\(rows)</ul>
            <section class="card"><h2>\(words.alerts)</h2>\(try await alerts(times))
            <form method="post" action="/health/alerts">\(visitor.token.input)<button class="plain">\(words.tellMe)</button></form></section>
            <section class="card"><h2>\(words.support)</h2><p>\(words.supportText)</p><p><a class="button" href="/health/support" download>\(words.download)</a></p></section>\(pages.programNote)</div>
            """
        return pages.carePage(words.health, visitor, content)
    }

    private func row(_ standing: Standing, _ visitor: Visitor, _ times: Times, _ now: Instant) async throws -> HTML {
        let vital = standing.vital
        let advice: HTML = vital.advice.map { "<p class=\"advice\"><b>\(words.advice):</b> \($0)</p>" as HTML } ?? .nothing
        let test: HTML =
            care.probe(vital.place) == nil
            ? .nothing
            : "<form method=\"post\" action=\"/health/parts\">\(visitor.token.input)<input type=\"hidden\" name=\"place\" value=\"\(vital.place.description)\"><button class=\"plain\" aria-label=\"\(words.test): \(words.place(vital.place))\">\(words.test)</button></form>"
        let facts = vital.health.facts.sorted { $0.key < $1.key }.map { "<dt>\($0.key)</dt><dd><bdi>\($0.value)</bdi></dd>" as HTML }
        let details: HTML = facts.isEmpty ? .nothing : "<details><summary>\(words.details)</summary><dl>\(facts)</dl></details>"
        return """
            <li class="vital \(vital.health.state.rawValue)"><h2>\(name(of: vital.place))</h2><span class="state">\(words.state(vital.health.state))</span>
            <p>\(vital.health.summary) <span class="soft">\(words.since) \(pages.moment(standing.since, times)), \(words.duration(now - standing.since))</span></p>
            \(try await flow(vital.place, times))\(advice)\(details)\(test)</li>

            """
    }

    private func name(of place: Vital.Place) -> HTML {
        guard place.kind == .line else { return "\(words.place(place))" }
        return "<a href=\"/lines/\(PercentEncoding.encode(place.name))\">\(words.place(place))</a>"
    }

    /// What waits for a part, and what went through it last.
    private func flow(_ place: Vital.Place, _ times: Times) async throws -> HTML {
        switch place.kind {
        case .line:
            let line = LineID(place.name)
            let waiting = try await pages.desk.ledger.openDeliveries(.trunk(line))
            let traffic = try await care.ledger.traffic(of: line, since: pages.desk.mint.now())
            let last = [(words.lastIn, traffic.lastIn), (words.lastOut, traffic.lastOut)].map { word, at -> HTML in
                " · \(word): \(at.map { pages.moment($0, times) } ?? "\(words.never)")"
            }
            return "<p class=\"soft\">\(waiting) \(words.waiting)\(last)</p>"
        case .endpoint:
            return "<p class=\"soft\">\(try await pages.desk.ledger.openDeliveries(.endpoint(EndpointID(place.name)))) \(words.waiting)</p>"
        case .ledger, .disk, .media, .clock, .certificate, .backup: return .nothing
        }
    }

    private func alerts(_ times: Times) async throws -> HTML {
        let alerts = try await care.ledger.alerts().sorted { $0.toldAt > $1.toldAt }
        guard !alerts.isEmpty else { return "<p class=\"soft\">\(words.noAlerts)</p>" }
        let rows = alerts.map { alert -> HTML in
            let over: HTML = alert.clearedAt.map { " · \(words.over) \(pages.moment($0, times))" as HTML } ?? .nothing
            return "<li>\(alert.sentence) <span class=\"soft\">\(words.told) \(pages.moment(alert.toldAt, times))\(over)</span></li>"
        }
        return "<ul class=\"plain\">\(rows)</ul>"
    }
}

/// The pages that belong together under Health.
struct HealthTabs {
    enum Tab: String, CaseIterable { case parts, queues, log }

    let open: Tab
    let words: Words

    var html: HTML {
        let links = Tab.allCases.map { tab -> HTML in
            let name =
                switch tab {
                case .parts: words.parts
                case .queues: words.queues
                case .log: words.log
                }
            return "<a href=\"/health/\(tab.rawValue)\"\(" aria-current=\"page\"" as HTML, if: tab == open)>\(name)</a> "
        }
        return "<nav class=\"tabs\" aria-label=\"\(words.health)\">\(links)</nav>"
    }
}
