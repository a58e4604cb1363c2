import Exchange
import HTTPStack
import Settings
import Telephony
import Testing

@testable import Console

@Suite struct SetupPagesTests {
    private func browser(lines: [LineID] = []) async throws -> Browser { try await Browser(try await Bench(lines: lines)).settle() }

    private func configuration(_ browser: Browser) throws -> Node { try browser.bench.installation.configuration() }

    @Test func `the first visit leads to the first step that is not done`() async throws {
        let browser = try await browser()
        #expect(await browser.get("/").location == "/setup")
        // The browser told the time zone when the account was made; the country is known, and no address.
        #expect(await browser.get("/setup").location == "/setup/place")
        try browser.bench.installation.change([.set(["endpoints", "softphone", "domain"], "10.0.0.5")])
        #expect(await browser.get("/setup").location == "/lines/new")
        try browser.bench.installation.change([.set(["lines", "home", "trunk"], "loopback")])
        #expect(await browser.get("/setup").location == "/setup/start")
    }

    @Test func `with lines the inbox is the first page, and nothing is left to be done when there is a person`() async throws {
        let browser = try await browser(lines: ["home"])
        #expect(await browser.get("/").status == 200)
    }

    @Test(arguments: ["/setup", "/setup/you", "/setup/place", "/lines/new", "/lines/new/modem", "/setup/start", "/setup/test", "/setup/app"])
    func `members come nowhere near`(path: String) async throws {
        let bench = try await Bench(lines: [])
        let member = try await Browser(bench).settle(as: "bob", role: .member)
        #expect(await member.get(path).status == 403)
        let owner = try await Browser(bench).settle()
        let form = Browser.hidden(in: await owner.get("/setup/place").text)
        #expect(await member.post(path, form).status != 200)
        #expect(try bench.installation.configuration() == ["country": "CH"])
    }

    @Test func `country and address are written, with ways in for apps`() async throws {
        let browser = try await browser()
        let page = await browser.get("/setup/place").text
        #expect(page.contains("192.168.1.5") && page.contains("<option value=\"CH\" selected>Switzerland</option>"))
        let response = await browser.submit("/setup/place", ["country": "DE", "domain": "192.168.1.5", "open": "1"])
        #expect(response.location == "/lines/new")
        let configuration = try configuration(browser)
        #expect(configuration["country"]?.text == "DE")
        #expect(configuration["endpoints", "softphone"]?.meaning == ["domain": "192.168.1.5", "listen": ["udp:0.0.0.0:5060", "tcp:0.0.0.0:5060"]] as Node)
        #expect(configuration["http"]?.meaning == ["console": "open", "listen": "0.0.0.0:8080", "public-url": "http://192.168.1.5:8080"] as Node)
        // And back again.
        _ = await browser.submit("/setup/place", ["country": "DE", "domain": "sms.example.org"])
        #expect(try self.configuration(browser)["http"]?.meaning == ["listen": "127.0.0.1:8080"] as Node)
    }

    @Test(arguments: [(["country": "", "domain": "x"], "country-mistake"), (["country": "XX", "domain": "x"], "country-mistake"), (["country": "CH", "domain": "a b/c"], "domain-mistake"), (["country": "CH", "domain": ""], "domain-mistake")])
    func `what is wrong is said beside the field, and the rest stays`(fields: [String: String], mistake: String) async throws {
        let browser = try await browser()
        let response = await browser.submit("/setup/place", fields)
        #expect(response.status == 422 && response.text.contains("id=\"\(mistake)\""))
        #expect(try configuration(browser) == ["country": "CH"])
    }

    @Test func `the country is guessed from the browser's language`() {
        #expect(SetupPlacePage.country(accepting: "de-CH,de;q=0.9") == "CH")
        #expect(SetupPlacePage.country(accepting: "de,en-gb;q=0.8") == "GB")
        #expect(SetupPlacePage.country(accepting: "zh-Hant-TW") == "TW")
        #expect(SetupPlacePage.country(accepting: "de-QQ, x") == nil)
        #expect(SetupPlacePage.country(accepting: nil) == nil)
    }

    @Test func `a modem that is found becomes a line, its PIN in a file of its own`() async throws {
        let browser = try await browser()
        let found = await browser.submit("/lines/new", to: "/lines/new/look", [:]).text
        #expect(found.contains("Huawei E3372") && found.contains("Huawei B525") && found.contains("asks for its PIN"))
        let link = try #require(found.firstMatch(of: /href="(\/lines\/new\/modem[^"]*)"/)).1
        let target = String(link).replacing("&amp;", with: "&")
        let form = await browser.get(target).text
        #expect(form.contains("value=\"imei:490154203237518\"") && form.contains("name=\"pin\""))
        let hidden = Browser.hidden(in: form)
        let missing = await browser.post("/lines/new/modem", hidden.merging(["name": "home", "device": "imei:490154203237518"]) { $1 })
        #expect(missing.status == 422 && missing.text.contains("id=\"pin-mistake\""))
        let added = await browser.post("/lines/new/modem", hidden.merging(["name": "home", "device": "imei:490154203237518", "pin": "1234", "pictures": "1", "apn": "internet"]) { $1 })
        #expect(added.location == "/setup/start")
        #expect(
            try configuration(browser)["lines", "home"]?.meaning
                == ["device": "imei:490154203237518", "mms": ["apn": "internet"], "pin-file": "/secrets/home-pin", "trunk": "modem"] as Node)
        #expect(browser.bench.installation.secrets == ["home-pin": "1234"])
        let start = await browser.get("/setup/start").text
        #expect(!start.contains("1234") && start.contains("home"))
    }

    @Test func `a phone's secrets go into files, and never come back`() async throws {
        let browser = try await browser()
        let page = await browser.get("/lines/new/fossify").text
        let token = try #require(page.firstMatch(of: /name="webhook-token" value="([^"]+)"/)).1
        let fields = ["name": "phone", "url": "http://192.168.1.20:8080", "api-token": "short", "webhook-token": String(token)]
        let refused = await browser.post("/lines/new/fossify", Browser.hidden(in: page).merging(fields) { $1 })
        #expect(refused.status == 422 && refused.text.contains("id=\"api-token-mistake\"") && !refused.text.contains("value=\"short\""))
        #expect(refused.text.contains("http://192.168.1.20:8080"))
        let added = await browser.post("/lines/new/fossify", Browser.hidden(in: page).merging(fields.merging(["api-token": "long-enough"]) { $1 }) { $1 })
        #expect(added.location == "/setup/start")
        #expect(browser.bench.installation.secrets == ["phone-token": "long-enough", "phone-webhook-token": String(token)])
    }

    @Test(arguments: LineHolder.allCases)
    func `every field of a line's form has its own words, and what is needed is said beside it`(holder: LineHolder) async throws {
        let browser = try await browser()
        let choice = await browser.get("/lines/new").text
        if ![.modem, .hilink].contains(holder) { #expect(choice.contains("href=\"/lines/new/\(holder.rawValue)\"")) }
        let page = await browser.get("/lines/new/\(holder.rawValue)").text
        for question in holder.questions {
            #expect(page.contains("name=\"\(question.name)\""))
            #expect(Words.english.label(of: question.name, for: holder) != question.name || ["apn", "pictures"].contains(question.name), "\(question.name)")
        }
        let empty = Browser.hidden(in: page).merging(["name": ""]) { $1 }
        let refused = await browser.post("/lines/new/\(holder.rawValue)", empty)
        #expect(refused.status == 422)
        for question in holder.questions where question.isNeeded { #expect(refused.text.contains("id=\"\(question.name)-mistake\""), "\(question.name)") }
        #expect(browser.bench.installation.secrets.isEmpty)
    }

    @Test func `a number at a provider becomes a line by its template, its secrets in files`() async throws {
        let browser = try await browser()
        let page = await browser.get("/lines/new/twilio").text
        #expect(page.contains("Account SID") && page.contains("https://sms.example.org/gateway/NAME"))
        let fields = ["name": "virtual", "user": "AC1", "secret": "the auth token", "from": "+12025550100", "pictures": "1"]
        let added = await browser.post("/lines/new/twilio", Browser.hidden(in: page).merging(fields) { $1 })
        #expect(added.location == "/setup/start")
        #expect(
            try configuration(browser)["lines", "virtual"]?.meaning
                == ["from": "+12025550100", "pictures": "yes", "secret-file": "/secrets/virtual-secret", "template": "twilio", "trunk": "gateway", "user": "AC1"] as Node)
        #expect(browser.bench.installation.secrets == ["virtual-secret": "the auth token"])
    }

    @Test func `a gateway's callback secret is of our making, and shown to be typed in there`() async throws {
        let browser = try await browser()
        let page = await browser.get("/lines/new/kannel").text
        let secret = String(try #require(page.firstMatch(of: /name="callback-secret" value="([^"]{16,})"/)).1)
        let fields = ["name": "kannel", "url": "http://10.0.0.7:13013", "user": "u", "secret": "p", "from": "+15550177", "callback-secret": secret]
        #expect(await browser.post("/lines/new/kannel", Browser.hidden(in: page).merging(fields) { $1 }).location == "/setup/start")
        #expect(browser.bench.installation.secrets == ["kannel-secret": "p", "kannel-callback-secret": secret])
        #expect(try configuration(browser)["lines", "kannel", "callback-secret-file"]?.text == "/secrets/kannel-callback-secret")
    }

    @Test(arguments: [("lines.x.template", "callback-url"), ("lines.x.secret-file", "secret"), ("lines.x.from", "from"), ("lines.x", "name")])
    func `what the proof refuses of a provider's line is said beside what it is about`(path: String, field: String) async throws {
        let browser = try await browser()
        browser.bench.installation.refuse(SettingsError(line: 9, path: path, reason: "not so"))
        let fields = ["name": "x", "user": "AC1", "secret": "s", "from": "+12025550100"]
        let refused = await browser.submit("/lines/new/twilio", fields)
        #expect(refused.status == 422 && refused.text.contains("id=\"\(field)-mistake\" role=\"alert\">not so"))
        #expect(!refused.text.contains("value=\"s\"") && refused.text.contains("value=\"AC1\""))
    }

    @Test(arguments: ["home page", "", "house", "new", "<b>"])
    func `a line's name is one`(name: String) async throws {
        let browser = try await browser()
        let response = await browser.submit("/lines/new/hilink", ["name": name, "url": "http://192.168.8.1"])
        #expect(response.status == 422 && response.text.contains("id=\"name-mistake\"") && !response.text.contains("<b>"))
    }

    @Test func `what the proof refuses is said beside its field`() async throws {
        let browser = try await browser()
        browser.bench.installation.refuse(SettingsError(line: 9, path: "lines.home.url", reason: "only the host expected"))
        let response = await browser.submit("/lines/new/hilink", ["name": "home", "url": "http://192.168.8.1/html"])
        #expect(response.status == 422)
        #expect(response.text.contains("id=\"url-mistake\" role=\"alert\">only the host expected"))
    }

    @Test func `the daemon begins with it when it is told to, and a refusal is shown`() async throws {
        let browser = try await browser()
        try browser.bench.installation.change([.set(["lines", "home", "trunk"], "loopback")])
        let begun = await browser.submit("/setup/start", [:])
        #expect(begun.status == 200 && begun.header("Refresh") == "3; url=/setup/start")
        #expect(browser.bench.installation.beginnings == 1)
        try browser.bench.installation.change([.set(["lines", "work", "trunk"], "loopback")])
        let form = Browser.hidden(in: await browser.get("/setup/start").text)
        browser.bench.installation.refuse(SettingsError(line: 3, path: "lines.work", reason: "does not hold"))
        #expect(await browser.post("/setup/start", form).text.contains("does not hold"))
        #expect(browser.bench.installation.beginnings == 1)
    }

    @Test func `a line's state is shown until it works, and a wrong PIN is tried again`() async throws {
        let bench = try await Bench(parts: [PartHealth(.trunk, name: "home", health: Health(.down, "The SIM refused the PIN."))])
        let browser = try await Browser(bench).settle()
        try bench.installation.change([.set(["lines", "home", "device"], "/dev/x")])
        try bench.installation.beginAnew()
        let page = await browser.get("/setup/start").text
        #expect(page.contains("The SIM refused the PIN.") && page.contains("data-poll") && !page.contains("class=\"button\" href=\"/setup/test\""))
        #expect(await browser.submit("/setup/start", to: "/setup/start/pin", ["line": "home", "pin": "12"]).text.contains("4 to 8 digits"))
        #expect(await browser.submit("/setup/start", to: "/setup/start/pin", ["line": "home", "pin": "4711"]).status == 200)
        #expect(bench.installation.secrets == ["home-pin": "4711"] && bench.installation.beginnings == 2)
        #expect(await browser.submit("/setup/start", to: "/setup/start/remove", ["line": "home"]).location == "/lines/new")
        #expect(try configuration(browser)["lines", "home"] == nil)
    }

    @Test func `a test text leaves, and what comes back is shown`() async throws {
        let browser = try await browser(lines: ["home"])
        let refused = await browser.submit("/setup/test", ["to": "hello"])
        #expect(refused.status == 422 && refused.text.contains("value=\"hello\""))
        let sent = await browser.submit("/setup/test", ["to": "+15550100"])
        let place = try #require(sent.location)
        #expect(place.hasPrefix("/setup/test?message="))
        #expect(await browser.get(place).text.contains("It has not come back yet."))
        browser.bench.clock.advance(by: .seconds(2))
        // What others write proves nothing.
        _ = try await browser.bench.receive("<hello> back")
        #expect(await browser.get(place).text.contains("It has not come back yet."))
        let text = try #require(try await browser.bench.ledger.messages(after: nil, limit: 1, lines: nil).first?.message.text)
        _ = try await browser.bench.receive("\(text) <ad>")
        let arrived = await browser.get(place).text
        #expect(arrived.contains("Arrived here") && arrived.contains("&lt;ad&gt;"))
        #expect(await browser.get("/setup/test?message=x").status == 404)
    }

    @Test func `an answer of the other phone is a way back, and a text of one's own is none`() throws {
        func message(_ direction: Direction, _ text: String, _ party: String) -> Message {
            Message(
                id: MessageID(high: 0, low: 0), line: "home", direction: direction, sender: .number(party), participants: [.number(party)], parts: [.text(text)], recordedAt: Instant(seconds: 0))
        }
        let sent = message(.outgoing, "Homeline says hello. 12:00 (7K4Q)", "+15550100")
        #expect(Return(of: sent, own: "+15550177").isMade(by: message(.incoming, "got it", "+15550100")))
        #expect(!Return(of: sent, own: "+15550177").isMade(by: message(.incoming, "got it", "+15550199")))
        #expect(!Return(of: sent, own: "+15550100").isMade(by: message(.incoming, "got it", "+15550100")))
        #expect(Return(of: sent, own: "+15550100").isMade(by: message(.incoming, sent.text, "+15550100")))
        #expect(!Return(of: sent, own: nil).isMade(by: message(.outgoing, sent.text, "+15550100")))
    }

    @Test func `that nothing comes back is said plainly`() async throws {
        let browser = try await browser(lines: ["home"]), bench = browser.bench
        let place = try #require(await browser.submit("/setup/test", ["to": "+15550100"]).location)
        bench.clock.advance(by: .seconds(120))
        #expect(await browser.get(place).text.contains("it has not left"))
        let now = bench.clock.now()
        let claim = try #require(try await bench.ledger.claim(.trunk("home"), limit: 1, now: now, lease: now + .seconds(60), mint: bench.mint).claims.first)
        try await bench.ledger.settle([Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: .accepted(reference: nil), at: now, following: [])])
        let page = await browser.get(place).text
        #expect(page.contains("it has not come back: receiving is not shown to work") && page.contains("href=\"/lines/home\""))
    }

    @Test func `the first person is made, with all lines, and their account leads into an app`() async throws {
        let browser = try await browser(lines: ["home"])
        #expect(await browser.submit("/setup/app", ["name": "Alice B"]).status == 422)
        let made = await browser.submit("/setup/app", ["name": "alice"])
        #expect(made.location == "/setup/app?person=alice")
        #expect(try await browser.bench.ledger.persons().map(\.lines) == [["home"]])
        let page = await browser.get("/setup/app?person=alice").text
        #expect(page.contains("action=\"/people/alice/apps\"") && page.contains("value=\"linphone\""))
        // Made once: who comes back keeps the account.
        let before = try await browser.bench.ledger.persons()
        #expect(await browser.submit("/setup/app", ["name": "alice"]).location == "/setup/app?person=alice")
        #expect(try await browser.bench.ledger.persons() == before)
        #expect(await browser.get("/setup/app?person=bob").status == 404)
    }

    @Test func `a form that is not of this page is refused`() async throws {
        let browser = try await browser()
        for path in ["/setup/place", "/setup/start", "/lines/new/modem", "/setup/app"] {
            #expect(await browser.post(path, ["name": "x", "country": "DE", "domain": "x", "device": "x"]).status == 403)
        }
        #expect(browser.bench.installation.beginnings == 0)
    }
}
