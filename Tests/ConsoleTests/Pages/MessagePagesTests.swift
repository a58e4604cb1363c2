import Exchange
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import Console

@Suite struct MessagePagesTests {
    private func signedIn() async throws -> Browser { try await Browser(try await Bench()).settle() }

    private func number(of message: MessageID, _ browser: Browser) async throws -> Int64 {
        try #require(try await browser.bench.ledger.conversationNumber(of: message))
    }

    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "\"\u{301} onfocus=alert(1) autofocus x=\"", "'\u{302}><b>", "</textarea><script>",
        "&lt;&#0;\u{0}", "\u{202E}gnp.exe\u{2066}", "{{{text}}}",
    ]

    @Test(arguments: [
        (Address.alphanumeric("Homeline"), "“Homeline”"), (.alphanumeric("HOMELINE!"), "“HOMELINE!”"), (.alphanumeric("alice"), "“alice”"),
        (.alphanumeric("+15550199"), "“+15550199”"), (.alphanumeric("MyBank"), "MyBank"), (.person("Homeline"), "Homeline"), (.person("alice"), "alice"),
        (.alphanumeric("al\u{200B}ice"), "“al\u{200B}ice”"), (.alphanumeric("\u{202A}alice"), "“\u{202A}alice”"),
        (.alphanumeric("Home\u{2060}line"), "“Home\u{2060}line”"), (.number("abba"), "“abba”"), (.shortCode("bab"), "“bab”"),
        (.number("+15550199"), "+15550199"), (.shortCode("4711"), "4711"), (.email("bob@example.org"), "bob@example.org"),
    ])
    func `a name that anybody may send under is not taken for somebody else's`(party: Address, shown: String) {
        #expect(ConversationList.name([party]) == shown)
        #expect(ConversationList.name([party], [party: "Carol"]) == "Carol")
    }

    @Test(arguments: hostile)
    func `a hostile text is a text on every page`(text: String) async throws {
        let browser = try await signedIn()
        let message = try await browser.bench.receive(text, from: "+15550199")
        let open = "/conversations/\(try await number(of: message.id, browser))"
        for page in ["/", open, "/messages/\(message.id)"] {
            let answer = await browser.get(page)
            #expect(answer.status == 200)
            try expectHarmless(answer.text)
            #expect(answer.text.contains("<bdi>"))
        }
        let key = Browser.hidden(in: await browser.get(open).text)["key"] ?? ""
        for (form, fields) in [("/new", ["to": text, "text": text, "line": "home", "key": key]), ("/sign-in", ["name": text, "next": text])] {
            try expectHarmless(await browser.submit(form == "/new" ? form : "/you", to: form, fields).text)
        }
        for target in ["/search?q=\(PercentEncoding.encode(text))", "/search?q=alert", "/search?q=text"] {
            let found = await browser.get(target)
            #expect(found.status == 200)
            try expectHarmless(found.text)
        }
        try expectHarmless(await browser.get("/new?to=\(PercentEncoding.encode(text))").text)
    }

    /// The markup is that of the pages: no tag, attribute or entity that a text brought along.
    private func expectHarmless(_ page: String) throws {
        let known: Set<Substring> = [
            "html", "head", "meta", "title", "link", "script", "body", "a", "header", "form", "input", "nav", "bdi", "main", "div", "h1", "h2", "h3", "ul", "li", "span",
            "time", "p", "aside", "section", "ol", "label", "textarea", "button", "details", "summary", "dialog", "dl", "dt", "dd", "kbd", "em", "strong", "svg", "path",
        ]
        for tag in page.matches(of: /<\/?([a-zA-Z0-9]+)/) { #expect(known.contains(tag.1), "<\(tag.1)>") }
        let scripts = page.matches(of: /<script/).count
        #expect((1...4).contains(scripts) && page.matches(of: /<script src="\/assets\//).count == scripts)
        for tag in page.matches(of: /<[a-z][^>]*>/) {
            #expect(tag.output.count { $0.unicodeScalars.first == "\"" }.isMultiple(of: 2), "\(tag.output)")
        }
        #expect(!page.contains("\u{0}") && !page.contains("style="))
    }

    @Test func `a text of ten thousand combining characters neither breaks nor swells the list`() async throws {
        let browser = try await signedIn()
        let message = try await browser.bench.receive("e" + String(repeating: "\u{301}", count: 10_000))
        let list = await browser.get("/")
        #expect(list.status == 200 && list.text.utf8.count < 6_000)
        let page = await browser.get("/conversations/\(try await number(of: message.id, browser))").text
        #expect(page.contains("/messages/\(message.id)\">Show all of it"))
        #expect(page.utf8.count < 16_000)
    }

    @Test func `a sender's name turns nothing around it`() async throws {
        let browser = try await signedIn()
        let name = "\u{202E}knaB\u{2066}"
        let message = Message(
            id: browser.bench.mint.identifier(), line: "home", direction: .within, sender: .alphanumeric(name), participants: [.alphanumeric(name)],
            parts: [.text("hello")], recordedAt: browser.bench.clock.now())
        _ = try await browser.bench.ledger.submit(message, key: "1", deliveries: [])
        let page = await browser.get("/conversations/\(try await number(of: message.id, browser))").text
        #expect(page.contains("<title>knaB · Homeline</title>") && page.contains("<bdi>\(name)</bdi>"))
        for piece in page.components(separatedBy: name).dropLast() { #expect(piece.hasSuffix("<bdi>") || piece.hasSuffix("value=\"")) }
    }

    @Test func `among the members of a group, too, a name that anybody may send under is not taken for a person's`() async throws {
        let browser = try await signedIn(), party = Address.alphanumeric("bob")
        let message = Message(
            id: browser.bench.mint.identifier(), line: "home", direction: .within, sender: party, participants: [party, .number("+15550199")],
            parts: [.text("hello")], recordedAt: browser.bench.clock.now())
        _ = try await browser.bench.ledger.submit(message, key: "1", deliveries: [])
        let page = await browser.get("/conversations/\(try await number(of: message.id, browser))").text
        #expect(page.contains("<li><bdi>“bob”</bdi></li>"))
    }

    @Test func `every page forbids what it does not need`() async throws {
        let browser = try await signedIn()
        for path in ["/", "/new", "/you", "/sign-in", "/conversations/4711"] {
            let answer = await browser.get(path)
            guard answer.status != 303 else { continue }
            let policy = try #require(answer.header("Content-Security-Policy"))
            #expect(policy.hasPrefix("default-src 'none'; script-src 'self'") && !policy.contains("unsafe"))
            #expect(answer.header("X-Frame-Options") == "DENY" && answer.header("Referrer-Policy") == "same-origin")
            #expect(!answer.text.contains("http://") && !answer.text.contains("https://"))
        }
    }

    @Test func `a text is written, sent once however often the form is, and shown with its state`() async throws {
        let browser = try await signedIn()
        let message = try await browser.bench.receive("hello?")
        let path = "/conversations/\(try await number(of: message.id, browser))"
        var fields = Browser.hidden(in: await browser.get(path).text)
        fields["text"] = "yes\r\nit is"
        for _ in 0..<2 { #expect(await browser.post(path, fields).location == path) }
        let page = await browser.get(path).text
        #expect(page.matches(of: /yes\nit is/).count >= 1)
        #expect(page.matches(of: /class="bubble ours"/).count == 1)
        #expect(page.contains("Waiting to leave"))
        let all = try await browser.bench.ledger.messages(after: nil, limit: 10, lines: nil)
        #expect(all.map(\.message.text) == ["hello?", "yes\nit is"])
        #expect(all[1].message.sender == .person("alice") && all[1].message.origin?.endpoint == .console)
    }

    @Test func `what cannot be sent is said beside the text, which is kept`() async throws {
        let browser = try await signedIn()
        let answer = await browser.submit("/new", ["to": "112", "text": "help & <me>", "line": "home"])
        #expect(answer.status == 422 && answer.text.contains("emergency") && answer.text.contains("help &amp; &lt;me&gt;"))
        #expect(await browser.submit("/new", ["to": "x", "text": "a", "line": "home"]).text.contains("not a telephone number"))
        #expect(await browser.submit("/new", ["to": "", "text": "a", "line": "home"]).status == 422)
        #expect(await browser.submit("/new", ["to": "+15550100", "text": "", "line": "home"]).status == 422)
        let sent = await browser.submit("/new", ["to": "+1 555 0100, +15550101", "text": "to both", "line": "home"])
        #expect(sent.status == 303 && sent.location?.hasPrefix("/conversations/") == true)
    }

    @Test func `what is unread is counted until it is looked at`() async throws {
        let browser = try await signedIn()
        let first = try await browser.bench.receive("one")
        _ = try await browser.bench.receive("two")
        #expect(await browser.get("/").text.contains("class=\"badge\">2<"))
        _ = await browser.get("/conversations/\(try await number(of: first.id, browser))")
        #expect(!(await browser.get("/").text.contains("class=\"badge\"")))
    }

    @Test func `a long thread is paged back to its beginning, each message once`() async throws {
        let browser = try await signedIn()
        var last: Message?
        for count in 0..<120 { last = try await browser.bench.receive("text number \(count).") }
        let path = "/conversations/\(try await number(of: try #require(last).id, browser))"
        var seen: [Int] = []
        var next: String? = path
        var pages = 0
        while let target = next, pages < 10 {
            let text = await browser.get(target).text
            let thread = text.components(separatedBy: "<section")[1]
            seen = thread.matches(of: /text number (\d+)\./).compactMap { Int($0.1) } + seen
            next = thread.firstMatch(of: /\?before=([0-9A-Z]+)/).map { "\(path)?before=\($0.1)" }
            pages += 1
        }
        #expect(seen == Array(0..<120) && pages == 3)
    }

    @Test func `a page of long texts stays small`() async throws {
        let browser = try await signedIn()
        var last: Message?
        for count in 0..<60 { last = try await browser.bench.receive("\(count)" + String(repeating: "\"", count: 9_000)) }
        let page = await browser.get("/conversations/\(try await number(of: try #require(last).id, browser))").text
        #expect(page.utf8.count < 60_000)
        #expect(page.contains("?before="))
    }

    @Test func `days have headings in the person's time zone`() async throws {
        let browser = try await signedIn()
        // 23:30 and 00:30 in Zurich are one day in UTC.
        browser.bench.clock.set(Instant(seconds: 1_800_052_200))
        _ = try await browser.bench.receive("late")
        browser.bench.clock.advance(by: .seconds(3600))
        let message = try await browser.bench.receive("early")
        let page = await browser.get("/conversations/\(try await number(of: message.id, browser))").text
        #expect(page.matches(of: /class="day"/).count == 2)
        #expect(page.contains(">Yesterday<") && page.contains(">Today<") && page.contains(">23:30<") && page.contains(">00:30<"))
    }

    @Test func `a member sees the lines that are theirs and no others`() async throws {
        let bench = try await Bench()
        let credentials = SIPCredentials(realm: "x", ha1MD5: "", ha1SHA256: "")
        try await bench.ledger.save(Person(id: "bob", lines: ["office"], credentials: credentials))
        let browser = try await Browser(bench).settle(as: "bob", role: .member)
        let message = try await bench.receive("for home only")
        #expect(!(await browser.get("/").text.contains("for home only")))
        let conversation = try #require(try await bench.ledger.conversationNumber(of: message.id))
        #expect(await browser.get("/conversations/\(conversation)").status == 404)
        #expect(await browser.get("/messages/\(message.id)").status == 404)
        #expect(await browser.get("/messages/\(message.id)/files/0").status == 404)
        #expect(await browser.submit("/you", to: "/new", ["to": "+15550100", "text": "x", "line": "home", "key": "\(message.id)"]).status == 404)
    }

    @Test(arguments: [
        ("image/png", "image/png", "inline"), ("image/svg+xml", "application/octet-stream", "attachment"), ("text/html", "application/octet-stream", "attachment"),
        ("audio/mp4", "audio/mp4", "inline"), ("application/pdf", "application/octet-stream", "attachment"),
    ])
    func `a file is shown only where a browser cannot run it`(type: String, served: String, way: String) async throws {
        let browser = try await signedIn()
        let message = Message(
            id: browser.bench.mint.identifier(), line: "home", direction: .within, sender: .number("+15550199"), participants: [.number("+15550199")],
            parts: [Part(contentType: type, octets: Array("<script>".utf8), name: "a\".svg")], recordedAt: browser.bench.clock.now())
        _ = try await browser.bench.ledger.submit(message, key: "1", deliveries: [])
        let answer = await browser.get("/messages/\(message.id)/files/0")
        #expect(answer.status == 200 && answer.contentType == served)
        #expect(answer.header("Content-Disposition")?.hasPrefix(way) == true)
        #expect(answer.header("Content-Security-Policy") == "sandbox; default-src 'none'" && answer.header("Vary") == "Cookie")
        #expect(await (try browser.another()).get("/messages/\(message.id)/files/0").status == 303)
    }

    @Test func `what failed can be sent again, once a page`() async throws {
        let browser = try await signedIn()
        let id = try #require(MessageID(try await browser.bench.submit("again please")))
        let ledger = browser.bench.ledger, now = browser.bench.clock.now()
        let claim = try #require(try await ledger.claim(.trunk("home"), limit: 1, now: now, lease: now + .seconds(60), mint: browser.bench.mint).claims.first)
        try await ledger.settle([Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: .failed(Failure(.cms(38))), at: now, following: [])])
        let path = "/conversations/\(try await number(of: id, browser))"
        let page = await browser.get(path).text
        #expect(page.contains("Not sent") && page.contains("class=\"reason\""))
        let fields = Browser.hidden(in: page)
        for _ in 0..<2 { #expect(await browser.post("/messages/\(id)/again", fields).location == path) }
        #expect(try await ledger.messages(after: nil, limit: 9, lines: nil).map(\.message.text) == ["again please", "again please"])
    }

    @Test func `what is sent again keeps its subject, and who settles a doubt is written down`() async throws {
        let browser = try await signedIn(), bench = browser.bench, ledger = bench.ledger, now = bench.clock.now()
        let answer = await bench.ask(.post, "/api/v1/messages", token: Bench.sender, #"{"line":"home","to":["+15550100"],"text":"see","subject":"Holidays"}"#)
        let id = try #require(MessageID(try answer.json["id"]?.text ?? ""))
        let claim = try #require(try await ledger.claim(.trunk("home"), limit: 1, now: now, lease: now + .seconds(60), mint: bench.mint).claims.first)
        try await ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: now)
        try await ledger.settle([
            Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: .inDoubt(Failure(.lostAnswer)), at: now, following: [])
        ])
        let token = Browser.hidden(in: await browser.get("/you").text)["token"] ?? ""
        let doubt = ["token": token, "delivery": "\(claim.delivery.id)", "decision": "takeAsFailed"]
        #expect(await browser.post("/messages/\(id)/doubt", doubt).status == 303)
        let noted = try #require(try await ledger.auditEntries(before: nil, limit: 1).first)
        #expect(noted.act == .troubleSettled && noted.about == "takeAsFailed" && noted.person == "alice")
        let again = ["token": token, "key": "\(bench.mint.identifier() as MessageID)"]
        #expect(await browser.post("/messages/\(id)/again", again).status == 303)
        let sent = try #require(try await ledger.messages(after: id, limit: 9, lines: nil).last?.message)
        #expect(sent.id != id && sent.subject == "Holidays")
    }

    @Test func `what failed for some is sent again to them alone`() async throws {
        let browser = try await signedIn(), bench = browser.bench, ledger = bench.ledger, now = bench.clock.now()
        let answer = await bench.ask(.post, "/api/v1/messages", token: Bench.sender, #"{"line":"home","to":["+15550100","+15550101"],"text":"both"}"#)
        let id = try #require(MessageID(try answer.json["id"]?.text ?? ""))
        for claim in try await ledger.claim(.trunk("home"), limit: 2, now: now, lease: now + .seconds(60), mint: bench.mint).claims {
            let isFirst = claim.delivery.destination == .trunk("home", recipients: [.number("+15550100")])
            let result: Settlement.Result = isFirst ? .accepted(reference: nil) : .failed(Failure(.cms(38)))
            try await ledger.settle([Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: result, at: now, following: [])])
        }
        let fields = ["token": Browser.hidden(in: await browser.get("/you").text)["token"] ?? "", "key": "\(bench.mint.identifier() as MessageID)"]
        let again = await browser.post("/messages/\(id)/again", fields)
        #expect(again.status == 303)
        let sent = try #require(try await ledger.messages(after: id, limit: 9, lines: nil).last?.message)
        #expect(sent.text == "both" && sent.participants == [.number("+15550101")])
        // Of that one nothing has failed.
        #expect(await browser.post("/messages/\(sent.id)/again", fields).status == 409)
    }

    @Test func `messages are found by their words, with what stands around them`() async throws {
        let browser = try await signedIn()
        let message = try await browser.bench.receive(String(repeating: "long ago ", count: 30) + "there was a Späti, & it closed")
        _ = try await browser.bench.receive("nothing of the kind")
        let page = await browser.get("/search?q=spat").text
        #expect(page.contains("there was a Späti, &amp; it closed") && page.contains("/messages/\(message.id)") && !page.contains("of the kind"))
        #expect(await browser.get("/search?q=absent").text.contains("Nothing found"))
        #expect(await browser.get("/search").text.contains("Type words of a message"))
    }

    @Test func `the count is told in words, with what made it Unicode`() {
        func told(_ count: SegmentCount) -> String { CountText.sentence(count, .english) }
        #expect(told(SegmentCount(encoding: "gsm7", segments: 1, unitsLeft: 100)) == "")
        #expect(told(SegmentCount(encoding: "gsm7", segments: 2, unitsLeft: 100)) == "2 SMS, 100 characters left")
        #expect(told(SegmentCount(encoding: "ucs2", segments: 3, unitsLeft: 7, because: "’")) == "3 SMS, Unicode because of \u{2068}’\u{2069}, 7 characters left")
    }
}
