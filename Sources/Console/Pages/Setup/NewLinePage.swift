import HTTPStack
import Settings

/// `/lines/new`: what holds the SIM, found or told; and then the line's form.
struct NewLinePage {
    let pages: Pages

    static let path = "/lines/new"

    var operations: [Operation] {
        let forms = LineHolder.allCases.flatMap { holder in
            [
                pages.ownersPage("\(Self.path)/\(holder.rawValue)") { request, visitor in
                    let asked = try request.queryParameters("device", "title", "imsi", "card", "url")
                    var values = asked
                    values["name"] = NewLine.proposal(taken: try taken(visitor))
                    if holder == .hilink, values["user"] == nil { values["user"] = "admin" }
                    for question in holder.questions { if case .minted = question.kind { values[question.name] = pages.signIns.mintSecret() } }
                    return try await form(visitor, NewLine(holder, values), status: 200)
                },
                pages.ownersForm("\(Self.path)/\(holder.rawValue)") { request, visitor, form in try await add(NewLine(holder, form), visitor, request) },
            ]
        }
        return [
            pages.ownersPage(Self.path) { _, visitor in try await choice(visitor) },
            pages.ownersForm("\(Self.path)/look") { _, visitor, _ in try await found(visitor, at: nil) },
            pages.ownersForm("\(Self.path)/at") { _, visitor, form in try await found(visitor, at: form["place"] ?? "") },
        ] + forms
    }

    private func taken(_ visitor: Visitor) throws -> Set<String> {
        Set(try pages.configuration(try pages.installation())["lines"]?.entries.map(\.name) ?? [])
    }

    // MARK: - What holds the SIM

    private func choice(_ visitor: Visitor, place: String = "", mistake: String? = nil, note: HTML = .nothing, status: Int = 200) async throws -> Response {
        let words = pages.words
        _ = try pages.installation()
        return try await pages.setup(
            .line, visitor, title: words.newLine, status: status,
            """
            \(note)<form class="card" method="post" action="\(Self.path)/look">\(visitor.token.input)<h2>\(words.lookForDevices)</h2><p>\(words.lookForDevicesText)</p>
            <button data-slow="\(words.looking)">\(words.look)</button></form>
            <form class="card" method="post" action="\(Self.path)/at">\(visitor.token.input)<h2>\(words.deviceAt)</h2>
            \(Field(name: "place", label: words.place, value: place, mistake: mistake).html)\(HTML.hint(words.placeHint))
            <button class="plain">\(words.tryIt)</button></form>
            <div class="card"><h2>\(words.phoneWithSIM)</h2><p>\(words.phoneWithSIMText)</p>
            <p>\(ways(LineHolder.apps))</p></div>
            <div class="card"><h2>\(words.numberElsewhere)</h2><p>\(words.numberElsewhereText)</p><p>\(ways(LineHolder.providers))</p>
            <p>\(words.gatewaysText)</p><p>\(ways(LineHolder.gateways))</p></div>
            """)
    }

    private func ways(_ holders: [LineHolder]) -> [HTML] {
        holders.map { "<a class=\"button\" href=\"\(Self.path)/\($0.rawValue)\">\(pages.words.name(of: $0))</a> " }
    }

    private func found(_ visitor: Visitor, at place: String?) async throws -> Response {
        _ = try pages.installation()
        guard let surroundings = pages.desk.surroundings else { throw Problem.notFound(pages.words.notFound) }
        let words = pages.words
        if let place, place.isEmpty { return try await choice(visitor, mistake: words.isNeeded, status: 422) }
        let isURL = place.map { $0.hasPrefix("http://") || $0.hasPrefix("https://") } ?? false
        async let modems = isURL ? [] : surroundings.modems(at: place)
        async let routers = place == nil || isURL ? surroundings.routers(at: place) : []
        let (foundModems, foundRouters) = (await modems, await routers)
        guard !foundModems.isEmpty || !foundRouters.isEmpty else {
            if let place { return try await choice(visitor, place: place, mistake: words.nothingAnswersThere, status: 422) }
            return try await choice(visitor, note: "<div class=\"card\" role=\"status\"><p>\(words.nothingFoundHere)</p><ul><li>\(words.isItPluggedIn)</li><li>\(words.mayWeUseIt)</li><li>\(words.whoHoldsIt)</li></ul></div>")
        }
        let items = foundModems.map(item) + foundRouters.map(item)
        return try await pages.setup(.line, visitor, title: words.foundDevices, "<ul class=\"found\">\(items)</ul><p><a href=\"\(Self.path)\">\(words.another)</a></p>")
    }

    private func item(_ modem: FoundModem) -> HTML {
        let words = pages.words
        let query = [("device", modem.device), ("title", modem.name), ("card", modem.card.rawValue), ("imsi", modem.imsi ?? "")]
            .map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        return """
            <li class="card"><h2><bdi>\(modem.name)</bdi></h2><p><bdi>\(modem.place)</bdi> · IMEI <bdi>\(modem.imei)</bdi></p><p>\(words.card(modem.card))</p>
            <p><a class="button" href="\(Self.path)/modem?\(query)">\(words.useIt)</a></p></li>

            """
    }

    private func item(_ router: FoundRouter) -> HTML {
        let query = "url=\(PercentEncoding.encode(router.url))&title=\(PercentEncoding.encode(router.name))"
        return """
            <li class="card"><h2><bdi>\(router.name)</bdi></h2><p><bdi>\(router.url)</bdi></p>
            <p><a class="button" href="\(Self.path)/hilink?\(query)">\(pages.words.useIt)</a></p></li>

            """
    }

    // MARK: - The line's form

    private func add(_ line: NewLine, _ visitor: Visitor, _ request: Request) async throws -> Response {
        let installation = try pages.installation()
        var line = line.checked(taken: try taken(visitor), pages.words)
        guard line.mistakes.isEmpty else { return try await form(visitor, line, status: 422) }
        do {
            let section = try line.section { secret, name throws(SettingsError) in try installation.keepSecret(secret, as: name) }
            try installation.change([.set(["lines", line["name"]], section)])
        } catch {
            line.note(error)
            return try await form(visitor, line, status: 422)
        }
        await pages.desk.audit.note(.lineAdded, by: visitor, from: request, about: line["name"])
        return Pages.see(SetupStep.start.path)
    }

    private func form(_ visitor: Visitor, _ line: NewLine, status: Int) async throws -> Response {
        let words = pages.words, path = "\(Self.path)/\(line.holder.rawValue)"
        let title = line["title"].isEmpty ? words.name(of: line.holder) : line["title"]
        let fields = line.holder.questions.map { field($0, of: line) }
        let hidden = ["title", "imsi", "card"].filter { !line[$0].isEmpty }.map { "<input type=\"hidden\" name=\"\($0)\" value=\"\(line[$0])\">" as HTML }
        return try await pages.setup(
            .line, visitor, title: title, status: status,
            """
            <form class="card" method="post" action="\(path)">\(visitor.token.input)\(hidden)<p>\(words.text(of: line.holder))</p>\(fields)\(callback(of: line.holder))
            <button>\(words.addLine)</button></form><p><a href="\(Self.path)">\(words.another)</a></p>
            """)
    }

    /// What is to be typed in at the other side, so that it calls us.
    private func callback(of holder: LineHolder) -> HTML {
        guard let path = holder.callback else { return .nothing }
        let base = pages.desk.publicURL.map { $0.description.hasSuffix("/") ? String($0.description.dropLast()) : $0.description } ?? "https://ADDRESS"
        return "<p class=\"hint\">\(pages.words.callbackText)</p><p><code class=\"copy\">\(base)\(path)</code></p>"
    }

    private func field(_ question: LineQuestion, of line: NewLine) -> HTML {
        let words = pages.words, name = question.name
        let mistake = line.mistakes[name]
        let label = words.label(of: name, for: line.holder)
        switch (question.kind, name) {
        case (_, "pin") where line.holder == .modem && line["card"] == FoundModem.Card.ready.rawValue: return .nothing
        case (.part, "apn"): return accessPoint(of: line, mistake)
        case (.part, "pictures"): return box(name, words.wantsPictures, of: line, mistake)
        case (.toggle, _): return box(name, label, of: line, mistake)
        case (.secret, _): return Field(name: name, label: label, kind: .password, mistake: mistake).html + (name == "pin" ? HTML.hint(words.pinHint) : .nothing)
        default:
            let hint: HTML = words.hint(of: name, for: line.holder).map { HTML.hint($0) } ?? .nothing
            return Field(name: name, label: label, value: line[name], mistake: mistake).html + hint
        }
    }

    private func box(_ name: String, _ label: String, of line: NewLine, _ mistake: String?) -> HTML {
        "<label class=\"check\"><input type=\"checkbox\" name=\"\(name)\" value=\"1\"\(" checked", if: !line[name].isEmpty)> \(label)</label>\(Field.note(mistake, of: name))"
    }

    private func accessPoint(of line: NewLine, _ mistake: String?) -> HTML {
        let words = pages.words
        let known = line["imsi"].isEmpty ? [] : pages.desk.surroundings?.accessPoints(imsi: line["imsi"]) ?? []
        let proposals = known.map { "<option value=\"\($0)\">" as HTML }
        let value = line["apn"].isEmpty && line["pictures"].isEmpty ? known.first ?? "" : line["apn"]
        return Field(name: "apn", label: words.accessPoint, value: value, list: "apns", mistake: mistake).html + "<datalist id=\"apns\">\(proposals)</datalist>" + HTML.hint(words.accessPointHint)
    }
}
