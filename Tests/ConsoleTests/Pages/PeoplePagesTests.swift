import Exchange
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import Console

@Suite struct PeoplePagesTests {
    private func owner() async throws -> Browser { try await Browser(try await Bench()).settle() }

    private func add(_ name: String, _ browser: Browser) async throws {
        #expect(await browser.submit("/people", ["name": name, "line-home": "1", "first": "home"]).location == "/people/\(name)")
    }

    private func binding(_ person: PersonID, password: AppPassword.ID? = nil, _ browser: Browser) -> Binding {
        let now = browser.bench.clock.now()
        return Binding(
            person: person, device: "urn:uuid:1", contact: "sip:x@192.0.2.9", path: [], flow: "tls/192.0.2.1:5061/192.0.2.9:40000/1f", callID: "c", cseq: 1,
            userAgent: "LinphoneAndroid/5.2.1 (<b>Pixel</b>)", registeredAt: now, expiresAt: now + .seconds(3600), password: password)
    }

    private func apps(of person: String, _ browser: Browser) async throws -> [AppPassword] {
        try await browser.bench.ledger.appPasswords(of: PersonID(person))
    }

    @Test func `a person is added with lines, changed and removed`() async throws {
        let browser = try await owner()
        try await add("bob", browser)
        #expect(try await browser.bench.ledger.persons().map(\.id) == ["bob"])
        #expect(await browser.get("/people").text.contains("<bdi>bob</bdi>"))
        for (name, mistake) in [("bob", "of this name"), ("Bob <b>", "Small letters"), ("", "Small letters")] {
            let answer = await browser.submit("/people", ["name": name, "line-home": "1"])
            #expect(answer.status == 422 && answer.text.contains(mistake) && !answer.text.contains("<b>"))
        }
        #expect(await browser.submit("/people", ["name": "carol"]).status == 422)
        #expect(await browser.submit("/people/bob", to: "/people/bob/lines", [:]).status == 422)
        #expect(await browser.submit("/people/bob", to: "/people/bob/lines", ["line-home": "1"]).status == 303)
        #expect(await browser.submit("/people/bob", to: "/people/bob/remove", [:]).status == 422)
        #expect(await browser.submit("/people/bob", to: "/people/bob/remove", ["sure": "1"]).location == "/people")
        #expect(try await browser.bench.ledger.persons().isEmpty)
        #expect(await browser.get("/people/bob").status == 404)
    }

    @Test func `who only signs in is listed too, can be shut out, and can be given an account for apps`() async throws {
        let browser = try await owner()
        try await browser.another().settle(as: "carol", role: .member)
        #expect(await browser.get("/people").text.contains("<a href=\"/people/carol\"><span class=\"who\"><bdi>carol</bdi></span>"))
        let page = await browser.get("/people/carol").text
        #expect(page.contains("no account for apps") && page.contains("action=\"/people/carol/console/remove\""))
        #expect(page.contains("their contacts, drafts and blocks go, too"))
        #expect(await browser.submit("/people/carol", to: "/people", ["line-home": "1"]).location == "/people/carol")
        #expect(try await browser.bench.ledger.persons().map(\.id) == ["carol"])
        try await browser.another().settle(as: "dora", role: .member)
        #expect(await browser.submit("/people/dora", to: "/people/dora/console/remove", [:]).status == 303)
        #expect(await browser.get("/people/dora").status == 404)
        #expect(try await browser.bench.ledger.accounts().map(\.person.name).sorted() == ["alice", "carol"])
    }

    @Test func `whoever removes a person who signs in here is shown that they still do, and how to end it`() async throws {
        let browser = try await owner()
        try await add("bob", browser)
        try await browser.another().settle(as: "bob")
        #expect(await browser.submit("/people/bob", to: "/people/bob/remove", ["sure": "1"]).location == "/people/bob")
        let page = await browser.get("/people/bob").text
        #expect(page.contains("no account for apps") && page.contains("action=\"/people/bob/console/remove\""))
    }

    @Test func `a member sees no other's page`() async throws {
        let browser = try await owner(), member = try browser.another()
        try await member.settle(as: "bob", role: .member)
        #expect(await member.get("/people/alice").status == 403)
        #expect(await member.get("/people/bob").status == 200)
    }

    @Test func `lines keep their order behind the preferred one`() throws {
        let lines: [LineID] = ["a", "b", "c", "d"]
        let form = try Form(Array("line-a=1&line-c=1&line-d=1&line-x=1&first=c".utf8))
        #expect(LineChoice(form, of: lines, before: ["d", "a"]).chosen == ["c", "d", "a"])
        let none = try Form(Array("first=b&line-d=1".utf8))
        #expect(LineChoice(none, of: lines, before: []).chosen == ["d"])
    }

    @Test func `an app is set up by a link, is seen when it comes, and is forgotten with its password`() async throws {
        let browser = try await owner()
        try await add("bob", browser)
        let page = await browser.submit("/people/bob", to: "/people/bob/apps", ["label": "Bob's <phone>", "kind": "linphone"])
        #expect(page.status == 200 && page.text.contains("https://sms.example.org/provision/hl_") && page.text.contains("<svg class=\"qr\""))
        let app = try #require(try await apps(of: "bob", browser).first)
        let arrival = "/people/bob/apps/\(app.id)"
        #expect(page.text.contains("data-arrival=\"\(arrival)\""))
        #expect(await !browser.get(arrival).text.contains("data-arrived"))
        #expect(await browser.get("/people/bob").text.contains("not here yet"))
        try await browser.bench.ledger.save(binding("bob", password: app.id, browser))
        #expect(await browser.get(arrival).text.contains("data-arrived"))
        let shown = await browser.get("/people/bob").text
        for piece in ["Bob&#39;s &lt;phone&gt;", "192.0.2.9:40000, TLS", "LinphoneAndroid/5.2.1 (&lt;b&gt;Pixel", "● here"] { #expect(shown.contains(piece)) }
        #expect(await browser.post("/people/bob/devices/forget", ["token": token(shown), "device": "urn:uuid:2"]).status == 404)
        #expect(await browser.post("/people/bob/devices/forget", ["token": token(shown), "device": "urn:uuid:1"]).status == 303)
        #expect(try await apps(of: "bob", browser).isEmpty)
    }

    @Test func `settings are shown once with a password whose digest is kept`() async throws {
        let browser = try await owner()
        try await add("bob", browser)
        let page = await browser.submit("/people/bob", to: "/people/bob/apps", ["label": "desk", "kind": "other"]).text
        let app = try #require(try await apps(of: "bob", browser).first)
        let secret = try #require(app.credentials.ha1SHA256.split(separator: " ").last)
        for piece in ["sip:bob@home.test", String(secret), "sms.example.org:5061 (TLS)", "sms.example.org:5060 (UDP)"] { #expect(page.contains(piece)) }
        #expect(await !browser.get("/people/bob").text.contains(String(secret)))
        #expect(await browser.submit("/people/bob", to: "/people/bob/apps/\(app.id)/remove", [:]).status == 303)
        #expect(try await apps(of: "bob", browser).isEmpty)
        for label in ["", "   ", String(repeating: "x", count: 61)] {
            #expect(await browser.submit("/people/bob", to: "/people/bob/apps", ["label": label, "kind": "other"]).status == 422)
        }
    }

    @Test func `nobody has more apps than a login can try`() async throws {
        let browser = try await owner()
        try await add("bob", browser)
        for number in 1...Provisioning.appLimit {
            #expect(await browser.submit("/people/bob", to: "/people/bob/apps", ["label": "app \(number)", "kind": "other"]).status == 200)
        }
        #expect(await browser.submit("/people/bob", to: "/people/bob/apps", ["label": "one more", "kind": "other"]).status == 422)
    }

    @Test func `one password for all apps replaces the one so far and keeps the lines`() async throws {
        let browser = try await owner()
        try await add("bob", browser)
        let before = try await browser.bench.ledger.persons()[0]
        let page = await browser.submit("/people/bob", to: "/people/bob/password", [:]).text
        let after = try await browser.bench.ledger.persons()[0]
        #expect(after.lines == before.lines && after.credentials != before.credentials)
        #expect(page.contains(String(try #require(after.credentials.ha1MD5.split(separator: " ").last))))
    }

    @Test func `an owner gives and takes the way into the Console, but not their own`() async throws {
        let browser = try await owner()
        for name in ["alice", "bob"] { try await add(name, browser) }
        let page = await browser.submit("/people/bob", to: "/people/bob/console", ["role": "member"]).text
        let link = try #require(page.firstMatch(of: /https:\/\/sms\.example\.org(\/welcome\/hl_[A-Za-z0-9_-]+)/))
        let bob = try browser.another()
        #expect(await bob.submit(String(link.1), ["password": Browser.password, "again": Browser.password]).status == 303)
        #expect(try await browser.bench.ledger.accounts().map(\.role) == [.owner, .member])
        #expect(await browser.submit("/people/bob", to: "/people/bob/console", ["role": "king"]).status == 400)
        #expect(await browser.submit("/people/alice", to: "/people/alice/console/remove", [:]).status == 409)
        #expect(await browser.submit("/people/bob", to: "/people/bob/console/remove", [:]).status == 303)
        #expect(await bob.get("/").status == 303)
    }

    @Test func `a member sees and changes their own apps, and nobody else`() async throws {
        let browser = try await owner()
        for name in ["alice", "bob"] { try await add(name, browser) }
        let bob = try browser.another()
        try await bob.settle(as: "bob", role: .member)
        #expect(await bob.get("/you/apps").location == "/people/bob")
        #expect(await bob.get("/people/bob").status == 200)
        for page in ["/people", "/people/alice"] { #expect(await bob.get(page).status == 403) }
        let form = ["label": "x", "kind": "other", "name": "eve", "line-home": "1", "sure": "1", "role": "owner"]
        for path in ["/people", "/people/alice/apps", "/people/alice/password", "/people/bob/lines", "/people/bob/remove", "/people/bob/console", "/people/bob/console/remove"] {
            #expect(await bob.submit("/people/bob", to: path, form).status == 403, "\(path)")
        }
        #expect(await bob.submit("/people/bob", to: "/people/bob/apps", form).status == 200)
        #expect(try await apps(of: "alice", browser).isEmpty)
        try await browser.bench.ledger.remove("bob", now: browser.bench.clock.now())
        #expect(await bob.get("/you/apps").text.contains("no SIP account yet"))
    }

    private func token(_ page: String) -> String { Browser.hidden(in: page)["token"] ?? "" }

    @Test func `what an app calls itself is cut to what a person reads`() {
        #expect(AppName(userAgent: "LinphoneiOS/5.0.2 (iPhone) LinphoneSDK/5.1").short == "LinphoneiOS 5.0.2")
        #expect(AppName(userAgent: "").short == nil && AppName(userAgent: "(x)").short == nil)
        #expect((AppName(userAgent: String(repeating: "x", count: 9000)).full?.utf8.count ?? 0) < 200)
        #expect(FlowName("udp/[::1]:5060/[2001:db8::1]:5060/0")?.address == "[2001:db8::1]:5060")
        #expect(FlowName("nonsense") == nil && FlowName("") == nil)
    }
}
