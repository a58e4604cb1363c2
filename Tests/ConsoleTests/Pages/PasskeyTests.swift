import Exchange
import Factors
import HTTPStack
import HomelineTesting
import Telephony
import Testing
import Wire

@testable import Console

@Suite struct PasskeyTests {
    private func browser(host: String? = "localhost:8080") async throws -> Browser { try Browser(try await Bench(publicURL: nil), host: host) }

    /// The answer to a form of a page.
    private func send(_ browser: Browser, page: String, form: String, _ answer: (SoftAuthenticator.Form) throws -> [String: String]) async throws -> Response {
        let text = await browser.get(page).text
        let fields = try answer(try SoftAuthenticator.Form(text, action: form))
        let token = ["token": Browser.hidden(in: text)["token"] ?? ""]
        return await browser.post(form, token.merging(fields) { $1 })
    }

    private func add(_ key: inout SoftAuthenticator, to browser: Browser, name: String = "phone") async throws -> Response {
        var made = key
        let response = try await send(browser, page: "/you/passkeys", form: "/you/passkeys/add") { made.create($0).merging(["name": name]) { $1 } }
        key = made
        return response
    }

    private func signIn(_ key: inout SoftAuthenticator, _ browser: Browser) async throws -> Response {
        var used = key
        let response = try await send(browser, page: "/sign-in", form: "/sign-in/passkey") { try used.get($0) }
        key = used
        return response
    }

    @Test func `a passkey signs in without a name, and asks for no code`() async throws {
        let browser = try await browser().settle()
        var key = SoftAuthenticator()
        #expect(try await add(&key, to: browser).status == 303)
        let page = await browser.get("/you/passkeys").text
        #expect(page.contains("value=\"phone\"") && page.contains("never used"))
        let other = try browser.another()
        #expect(try await signIn(&key, other).location == "/")
        #expect(await other.get("/you").text.contains("alice"))
        #expect(await other.get("/you/passkeys").text.contains("last used"))
    }

    @Test func `the first visit can choose a passkey and no password`() async throws {
        let browser = try await browser()
        let link = try await Invitations.make(for: nil, role: .owner, now: browser.bench.clock.now(), ledger: browser.bench.ledger)
        var key = SoftAuthenticator()
        let bad = try await send(browser, page: link, form: "\(link)/passkey") { key.create($0).merging(["name": "Not A Name"]) { $1 } }
        #expect(bad.status == 422)
        let made = try await send(browser, page: link, form: "\(link)/passkey") { key.create($0).merging(["name": "alice", "zone": "Europe/Zurich"]) { $1 } }
        #expect(made.location == "/")
        let open = try await Invitations.make(for: nil, role: .member, now: browser.bench.clock.now(), ledger: browser.bench.ledger)
        let guest = try browser.another()
        var theirs = SoftAuthenticator()
        #expect(try await send(guest, page: open, form: "\(open)/passkey") { theirs.create($0).merging(["name": "alice"]) { $1 } }.status == 422)
        #expect(try await browser.bench.ledger.accounts().map(\.role) == [.owner])
        let account = try #require(try await browser.bench.ledger.accounts().first)
        #expect(account.person == "alice" && account.password.isEmpty && account.timeZone == "Europe/Zurich")
        #expect(await browser.get(link).status == 410)
        let other = try browser.another()
        #expect(await other.submit("/sign-in", ["name": "alice", "password": ""]).status == 401)
        #expect(try await signIn(&key, other).location == "/")
        // The only way in is not removed, until there is a password.
        let removal = ["key": Base64URL.encode(key.id)]
        #expect(await browser.submit("/you/passkeys", to: "/you/passkeys/remove", removal).text.contains("Set a password first"))
        #expect(await browser.submit("/you", to: "/you/password", ["new": Browser.password, "again": Browser.password]).status == 303)
        #expect(await browser.submit("/you/passkeys", to: "/you/passkeys/remove", removal).status == 303)
        #expect(try await browser.bench.ledger.passkeys(of: "alice").isEmpty)
    }

    @Test func `what was signed once lets nobody in again`() async throws {
        let browser = try await browser().settle()
        var key = SoftAuthenticator()
        _ = try await add(&key, to: browser)
        let other = try browser.another()
        let text = await other.get("/sign-in").text
        var fields = try key.get(try SoftAuthenticator.Form(text, action: "/sign-in/passkey"))
        fields["token"] = Browser.hidden(in: text)["token"]
        #expect(await other.post("/sign-in/passkey", fields).status == 303)
        other.cookies["homeline"] = nil
        #expect(await other.post("/sign-in/passkey", fields).status == 401)
    }

    @Test func `a challenge is for one browser, one purpose and ten minutes`() async throws {
        let browser = try await browser().settle()
        var key = SoftAuthenticator()
        _ = try await add(&key, to: browser)
        let one = try browser.another(), other = try browser.another()
        let asked = try SoftAuthenticator.Form(await one.get("/sign-in").text, action: "/sign-in/passkey")
        #expect(try await send(other, page: "/sign-in", form: "/sign-in/passkey") { _ in try key.get(asked) }.status == 401)
        let confirming = try SoftAuthenticator.Form(await browser.get("/you/confirm").text, action: "/you/confirm/passkey")
        #expect(try await send(other, page: "/sign-in", form: "/sign-in/passkey") { _ in try key.get(confirming) }.status == 401)
        browser.bench.clock.advance(by: .seconds(601))
        #expect(try await send(one, page: "/sign-in", form: "/sign-in/passkey") { _ in try key.get(asked) }.status == 401)
        #expect(try await signIn(&key, one).status == 303)
    }

    @Test func `neither another site's nor an unverified nor a copied key is believed`() async throws {
        let browser = try await browser().settle()
        var key = SoftAuthenticator()
        key.count = 5
        _ = try await add(&key, to: browser)
        let other = try browser.another()
        func isRefused(_ change: (inout SoftAuthenticator) -> Void) async throws -> Bool {
            var changed = key
            change(&changed)
            return try await signIn(&changed, other).status == 401
        }
        #expect(try await isRefused { $0.origin = "https://evil.example" })
        #expect(try await isRefused { $0.flags = 0x01 })
        #expect(try await isRefused { $0.flags = 0x04 })
        #expect(try await isRefused { $0.handle = [1] })
        #expect(try await isRefused { $0 = SoftAuthenticator(1) })
        #expect(try await isRefused { $0 = SoftAuthenticator(2) })
        #expect(try await signIn(&key, try browser.another()).status == 303)
        #expect(try await isRefused { $0.count = 2 })
        let acts = try await browser.bench.ledger.auditEntries(before: nil, limit: 99).map(\.act)
        #expect(acts.count { $0 == .passkeyRefused } == 7)
    }

    @Test func `another's passkey confirms nothing`() async throws {
        let browser = try await browser().settle(), other = try browser.another()
        try await other.settle(as: "bob")
        var alices = SoftAuthenticator(1), bobs = SoftAuthenticator(2)
        _ = try await add(&alices, to: browser)
        _ = try await add(&bobs, to: other)
        let page = "/you/confirm?next=%2Fyou%2Fcodes", form = "/you/confirm/passkey"
        #expect(try await send(browser, page: page, form: form) { try bobs.get($0) }.status == 401)
        browser.bench.clock.advance(by: .seconds(601))
        #expect(await browser.get("/you/codes").location == "/you/confirm?next=%2Fyou%2Fcodes")
        let confirmed = try await send(browser, page: page, form: form) { try alices.get($0).merging(["next": "/you/codes"]) { $1 } }
        #expect(confirmed.location == "/you/codes")
        #expect(await browser.get("/you/codes").status == 200)
    }

    @Test func `a passkey is known once, renamed, and bound to whom it was made for`() async throws {
        let browser = try await browser().settle(), other = try browser.another()
        try await other.settle(as: "bob")
        var key = SoftAuthenticator()
        _ = try await add(&key, to: browser)
        var again = key
        #expect(try await add(&again, to: other).text.contains("here already"))
        let id = Base64URL.encode(key.id)
        #expect(await other.submit("/you/passkeys", to: "/you/passkeys/rename", ["key": id, "name": "mine"]).status == 404)
        #expect(await other.submit("/you/passkeys", to: "/you/passkeys/remove", ["key": id]).status == 404)
        #expect(await browser.submit("/you/passkeys", to: "/you/passkeys/rename", ["key": id, "name": "<b>my key</b>"]).status == 303)
        #expect(await browser.get("/you/passkeys").text.contains("&lt;b&gt;my key"))
        for name in ["my\u{1B}]0;key\u{7}", "my\nkey", "my\u{9B}2Jkey", "my\u{202E}key", " "] {
            #expect(await browser.submit("/you/passkeys", to: "/you/passkeys/rename", ["key": id, "name": name]).status == 404)
        }
        #expect(await browser.get("/you/passkeys").text.contains("&lt;b&gt;my key"))
    }

    @Test func `whoever guesses passwords keeps no passkey waiting`() async throws {
        let browser = try await browser().settle()
        var key = SoftAuthenticator()
        _ = try await add(&key, to: browser)
        let other = try browser.another()
        for _ in 0..<10 { _ = await other.submit("/sign-in", ["name": "alice", "password": "wrong"]) }
        #expect(await other.submit("/sign-in", ["name": "alice", "password": Browser.password]).status == 429)
        #expect(try await signIn(&key, other).status == 303)
    }

    @Test(arguments: [
        ("localhost:8080", nil, "localhost", "http://localhost:8080"), ("localhost", nil, "localhost", "http://localhost"),
        ("127.0.0.1:8080", nil, nil, nil), ("sms.example.org", nil, nil, nil), (nil, nil, nil, nil), ("localhost.evil.example", nil, nil, nil),
        ("whatever", "https://sms.example.org:8443/x", "sms.example.org", "https://sms.example.org:8443"),
        ("whatever", "https://sms.example.org", "sms.example.org", "https://sms.example.org"), ("whatever", "http://sms.example.org", nil, nil),
        ("whatever", "https://192.0.2.1", nil, nil), ("localhost:8080", "https://sms.example.org", "localhost", "http://localhost:8080"),
    ] as [(String?, String?, String?, String?)])
    func `passkeys are for a name, which the owner or this very machine says`(host: String?, url: String?, id: String?, origin: String?) {
        let request = Request(.get, "/", headers: host.map { ["Host": $0] } ?? [:])
        let party = RelyingParty(request, url: url.flatMap { WebURL($0) }, over: .plain)
        #expect(party?.id == id && party?.origin == origin)
    }

    @Test func `who came by an address is told kindly what to do`() async throws {
        let browser = try await browser(host: "127.0.0.1:8080").settle()
        let page = await browser.get("/you/passkeys").text
        #expect(page.contains("http://localhost instead of 127.0.0.1") && !page.contains("data-passkey"))
        #expect(!(await (try browser.another()).get("/sign-in").text.contains("data-passkey")))
    }

    @Test(arguments: ["", "{}", "[]", #"{"type":"webauthn.get"}"#, #"{"type":"webauthn.get","challenge":"=","origin":"x"}"#, #"{"type":1,"challenge":"AA","origin":"x"}"#])
    func `what a browser says of the moment is read with care`(text: String) {
        #expect(throws: CeremonyError.malformed) { try ClientData(decoding: Array(text.utf8)) }
    }

    @Test func `a page of another site in which it happened is told`() throws {
        let start = #"{"type":"webauthn.get","challenge":"AA","origin":"x""#
        #expect(try ClientData(decoding: Array((start + "}").utf8)).isCrossOrigin == false)
        #expect(try ClientData(decoding: Array((start + #","crossOrigin":false}"#).utf8)).isCrossOrigin == false)
        for other in ["true", "1", "\"false\"", "null"] {
            #expect(try ClientData(decoding: Array((start + #","crossOrigin":\#(other)}"#).utf8)).isCrossOrigin)
        }
    }
}
