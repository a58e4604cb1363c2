import Foundation
import HTTPStack
import Settings
import Telephony

/// `/setup/place`: the country whose numbers are dialled as at home, and the address that apps find this machine at.
struct SetupPlacePage {
    let pages: Pages

    private struct Answers {
        var country = ""
        var domain = ""
        /// Whether browsers and apps of the network around may open the pages.
        var isOpen = false
        var countryMistake: String?
        var domainMistake: String?
        var mistake: String?
    }

    private static let path = SetupStep.place.path

    var operations: [HTTPStack.Operation] {
        [
            pages.ownersPage(Self.path) { request, visitor in try await page(visitor, try known(request, visitor), status: 200) },
            pages.ownersForm(Self.path) { request, visitor, form in
                var answers = answers(form)
                guard answers.countryMistake == nil, answers.domainMistake == nil else { return try await page(visitor, answers, status: 422) }
                let installation = try pages.installation()
                do {
                    try installation.change(await changes(answers, in: try pages.configuration(installation)))
                    await pages.desk.audit.note(answers.isOpen ? .exposureChanged : .configurationChanged, by: visitor, from: request)
                    return Pages.see(SetupStep.line.path)
                } catch let error as SettingsError {
                    answers.mistake = "\(error)"
                    return try await page(visitor, answers, status: 422)
                }
            },
        ]
    }

    /// What the file says; where it says nothing, what this browser and this machine suggest.
    private func known(_ request: Request, _ visitor: Visitor) throws -> Answers {
        let configuration = try pages.configuration(try pages.installation())
        let domain = configuration["endpoints", "softphone", "domain"]?.text
        return Answers(
            country: configuration["country"]?.text ?? Self.country(accepting: request.header("Accept-Language")) ?? "",
            domain: domain ?? pages.desk.surroundings?.addresses().first ?? "", isOpen: configuration["http", "console"]?.text == "open" || domain == nil)
    }

    private func answers(_ form: Form) -> Answers {
        var answers = Answers(country: form["country"] ?? "", domain: (form["domain"] ?? "").filter { $0 != " " }, isOpen: form["open"] != nil)
        if NumberPlan(country: answers.country) == nil { answers.countryMistake = pages.words.chooseCountry }
        let isName = !answers.domain.isEmpty && answers.domain.utf8.count <= 253 && answers.domain.utf8.allSatisfy(Self.isOfHost)
        if !isName { answers.domainMistake = pages.words.badDomain }
        return answers
    }

    private func changes(_ answers: Answers, in configuration: Node) async -> [ConfigurationChange] {
        var changes: [ConfigurationChange] = [.set(["country"], Node(answers.country)), .set(["endpoints", "softphone", "domain"], Node(answers.domain))]
        if configuration["endpoints", "softphone", "listen"] == nil {
            let port = await pages.desk.surroundings?.freePort(5060) ?? 5060
            changes.append(.set(["endpoints", "softphone", "listen"], [Node("udp:0.0.0.0:\(port)"), Node("tcp:0.0.0.0:\(port)")]))
        }
        let listen = configuration["http", "listen"]?.text ?? "127.0.0.1:8080"
        guard let colon = listen.lastIndex(of: ":"), configuration["http", "certificate"] == nil else { return changes }
        let port = listen[listen.index(after: colon)...]
        if answers.isOpen {
            changes += [
                .set(["http", "listen"], Node("0.0.0.0:\(port)")), .set(["http", "console"], "open"),
                .set(["http", "public-url"], Node("http://\(answers.domain):\(port)")),
            ]
        } else if configuration["http", "console"]?.text == "open" {
            changes += [.set(["http", "listen"], Node("127.0.0.1:\(port)")), .remove(["http", "console"]), .remove(["http", "public-url"])]
        }
        return changes
    }

    private func page(_ visitor: Visitor, _ answers: Answers, status: Int) async throws -> Response {
        let words = pages.words
        let locale = Locale(identifier: words.language.rawValue)
        let countries = NumberPlan.countries.map { (value: $0, text: locale.localizedString(forRegionCode: $0) ?? $0) }.sorted { $0.text < $1.text }
        let proposals = (pages.desk.surroundings?.addresses() ?? []).map { "<option value=\"\($0)\">" as HTML }
        let isLocked = try pages.configuration(try pages.installation())["http", "certificate"] != nil
        let open: HTML = isLocked ? .nothing : """
            <label class="check"><input type="checkbox" name="open" value="1"\(" checked", if: answers.isOpen)> \(words.openPages)</label>\(HTML.hint(words.openPagesHint))
            """
        return try await pages.setup(
            .place, visitor, title: words.stepPlace, status: status,
            """
            <form class="card" method="post" action="\(Self.path)">\(visitor.token.input)\(Field.note(answers.mistake, of: "place"))
            \(Choice(name: "country", label: words.homeCountry, options: countries, chosen: answers.country, prompt: words.chooseOne, mistake: answers.countryMistake).html)
            \(HTML.hint(words.homeCountryHint))
            \(Field(name: "domain", label: words.sipAddress, value: answers.domain, list: "addresses", mistake: answers.domainMistake).html)
            <datalist id="addresses">\(proposals)</datalist>\(HTML.hint(words.sipAddressHint))\(open)
            <button>\(words.nextStep)</button></form>
            """)
    }

    /// `de-CH, de;q=0.9`: the region of the first that has one.
    static func country(accepting field: String?) -> String? {
        for range in (field ?? "").prefix(500).split(separator: ",") {
            let tags = range.prefix { $0 != ";" }.split(separator: "-")
            if tags.count > 1, let region = tags.last, region.utf8.count == 2, let plan = NumberPlan(country: String(region)) { return plan.country }
        }
        return nil
    }

    private static func isOfHost(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}
