import Exchange
import HTTPStack
import Settings
import Telephony

/// `/setup/start`: the daemon begins with what was filled in, and the lines come up before one's eyes.
struct SetupStartPage {
    let pages: Pages

    private static let path = SetupStep.start.path

    var operations: [Operation] {
        [
            pages.ownersPage(Self.path) { _, visitor in try await page(visitor) },
            pages.ownersForm(Self.path) { request, visitor, _ in
                let installation = try pages.installation()
                do {
                    try installation.beginAnew()
                } catch {
                    return try await page(visitor, mistake: "\(error)")
                }
                await pages.desk.audit.note(.restarted, by: visitor, from: request)
                return try await beginning(visitor)
            },
            pages.ownersForm("\(Self.path)/pin") { request, visitor, form in try await changePIN(form, visitor, request) },
            pages.ownersForm("\(Self.path)/remove") { request, visitor, form in
                let installation = try pages.installation(), line = form["line"] ?? ""
                guard try pages.configuration(installation)["lines", line] != nil else { throw Problem.notFound(pages.words.notFound) }
                do {
                    try installation.change([.remove(["lines", line])])
                } catch {
                    return try await page(visitor, mistake: "\(error)")
                }
                await pages.desk.audit.note(.lineRemoved, by: visitor, from: request, about: line)
                return Pages.see(NewLinePage.path)
            },
        ]
    }

    /// Shown while nobody answers; the browser, or the script, looks again until somebody does.
    private func beginning(_ visitor: Visitor) async throws -> Response {
        let words = pages.words
        return try await pages.setup(
            .start, visitor, title: words.stepStart, headers: [("Refresh", "3; url=\(Self.path)")],
            "<div class=\"card\" data-returns=\"\(Self.path)\"><p role=\"status\">\(words.beginsAnew)</p><p><a href=\"\(Self.path)\">\(words.nextStep)</a></p></div>")
    }

    private func changePIN(_ form: Form, _ visitor: Visitor, _ request: Request) async throws -> Response {
        let installation = try pages.installation(), line = form["line"] ?? "", pin = form["pin"] ?? ""
        guard try pages.configuration(installation)["lines", line] != nil else { throw Problem.notFound(pages.words.notFound) }
        guard (4...8).contains(pin.utf8.count), pin.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return try await page(visitor, pinMistake: (line, pages.words.badPIN))
        }
        do {
            try installation.change([.set(["lines", line, "pin-file"], Node(try installation.keepSecret(pin, as: "\(line)-pin")))])
            try installation.beginAnew()
        } catch {
            return try await page(visitor, pinMistake: (line, "\(error)"))
        }
        await pages.desk.audit.note(.pinEntered, by: visitor, from: request, about: line)
        return try await beginning(visitor)
    }

    private func page(_ visitor: Visitor, mistake: String? = nil, pinMistake: (line: String, text: String)? = nil) async throws -> Response {
        let installation = try pages.installation(), words = pages.words
        let configuration = try pages.configuration(installation)
        let lines = configuration["lines"]?.entries ?? []
        guard !lines.isEmpty else { return Pages.see(NewLinePage.path) }
        let refusal: HTML = installation.lastRefusal.map { "<div class=\"card\" role=\"alert\"><p class=\"mistake\">\(words.takenBack)</p><p><bdi>\($0)</bdi></p></div>" as HTML } ?? .nothing
        let status = mistake == nil && pinMistake == nil ? 200 : 422
        guard !installation.isChanged else {
            let names = lines.map { "<li><bdi>\($0.name)</bdi> <span class=\"hint\">\($0.value["trunk"]?.text ?? "modem")</span></li>" as HTML }
            return try await pages.setup(
                .start, visitor, title: words.stepStart, status: status,
                """
                \(refusal)<form class="card" method="post" action="\(Self.path)">\(visitor.token.input)<p>\(words.startText)</p><ul>\(names)</ul>
                \(Field.note(mistake, of: "start"))<button>\(words.startNow)</button></form><p><a href="\(NewLinePage.path)">\(words.anotherLine)</a></p>
                """)
        }
        let parts = await pages.desk.parts().filter { $0.kind == .trunk }
        let states = parts.map { state($0, configuration, visitor, $0.name == pinMistake?.line ? pinMistake?.text : nil) }
        let isWorking = parts.contains { $0.health.state == .working }
        let next: HTML = isWorking ? "<p><a class=\"button\" href=\"\(try await pages.progress(visitor).next == nil ? "/" : SetupStep.test.path)\">\(words.nextStep)</a></p>" : "<p class=\"hint\">\(words.waitForLine)</p>"
        return try await pages.setup(
            .start, visitor, title: words.stepStart, status: status, "\(refusal)<div data-poll>\(states)\(next)</div>")
    }

    private func state(_ part: PartHealth, _ configuration: Node, _ visitor: Visitor, _ mistake: String?) -> HTML {
        let words = pages.words, isWorking = part.health.state == .working
        let kind = configuration["lines", part.name, "trunk"]?.text ?? "modem"
        let line: HTML = "\(visitor.token.input)<input type=\"hidden\" name=\"line\" value=\"\(part.name)\">"
        let pin: HTML = kind != "modem" && kind != "hilink" ? .nothing : """
            <form method="post" action="\(Self.path)/pin">\(line)\(Field(name: "pin", label: words.label(of: "pin"), kind: .password, mistake: mistake).html)
            \(HTML.hint(words.pinHint))<button class="plain">\(words.tryPIN)</button></form>
            """
        let remedies: HTML = isWorking ? .nothing : """
            <details\(" open", if: mistake != nil)><summary>\(words.somethingIsWrong)</summary>\(pin)
            <form method="post" action="\(Self.path)/remove">\(line)<button class="plain">\(words.removeLine)</button></form></details>
            """
        let facts = part.health.facts.filter { ["operator", "signal", "number"].contains($0.key) }.sorted { $0.key < $1.key }.map { "<li>\($0.value)</li>" as HTML }
        return """
            <section class="card state \(isWorking ? "good" as HTML : "waiting")"><h2><bdi>\(part.name)</bdi></h2><p role="status"><span aria-hidden="true">\(isWorking ? "✓" as HTML : "…")</span> <bdi>\(part.health.summary)</bdi></p>
            <ul class="hint">\(facts)</ul>\(remedies)</section>

            """
    }
}
