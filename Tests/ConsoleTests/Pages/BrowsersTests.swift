import Exchange
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import Console

@Suite struct BrowsersTests {
    private func signedIn(host: String? = nil) async throws -> Browser { try await Browser(try await Bench(), host: host).settle() }

    private func another(_ browser: Browser, from source: Source = .network("127.0.0.1")) async throws -> Browser {
        let other = try browser.another(source: source)
        #expect(await other.submit("/sign-in", ["name": "alice", "password": Browser.password]).status == 303)
        return other
    }

    private func series(_ page: String) -> [String] { page.matches(of: /name="series" value="([0-9a-f]{64})"/).map { String($0.1) } }

    @Test func `each browser is shown with what it is and where it was seen`() async throws {
        let browser = try await signedIn()
        browser.bench.clock.advance(by: .seconds(60))
        _ = try await another(browser, from: .network("127.0.0.9"))
        let page = await browser.get("/you/browsers").text
        #expect(page.matches(of: /Firefox on Linux/).count == 2 && page.contains("this machine") && page.contains("this one"))
        #expect(series(page).count == 2)
    }

    @Test func `one browser is ended, or all others`() async throws {
        let browser = try await signedIn()
        browser.bench.clock.advance(by: .seconds(1))
        let second = try await another(browser)
        browser.bench.clock.advance(by: .seconds(1))
        let third = try await another(browser)
        let page = await browser.get("/you/browsers").text
        #expect(await browser.submit("/you/browsers", to: "/you/browsers/end", ["series": series(page)[1]]).status == 303)
        #expect(await second.get("/").status == 303)
        #expect(await third.get("/").status == 200)
        #expect(await browser.submit("/you/browsers", to: "/you/browsers/end-others", [:]).status == 303)
        #expect(await third.get("/").status == 303)
        #expect(await browser.get("/").status == 200)
    }

    @Test func `nobody ends another's browser`() async throws {
        let browser = try await signedIn(), other = try browser.another()
        try await other.settle(as: "bob")
        let foreign = series(await other.get("/you/browsers").text)[0]
        #expect(await browser.submit("/you/browsers", to: "/you/browsers/end", ["series": foreign]).status == 404)
        #expect(await other.get("/").status == 200)
    }

    @Test func `a secret is a day old at most, and what was being written is not lost for it`() async throws {
        let browser = try await signedIn()
        let first = browser.cookies, token = Browser.hidden(in: await browser.get("/you").text)["token"] ?? ""
        browser.bench.clock.advance(by: .seconds(86400))
        #expect(await browser.get("/", headers: ["Sec-Fetch-Dest": "image"]).header("Set-Cookie") == nil)
        #expect(await browser.get("/").status == 200)
        #expect(browser.cookies["homeline"] != first["homeline"])
        // The form of yesterday still works, and so does for a minute what the browser asked for with the old secret.
        #expect(await browser.post("/you/time-zone", ["token": token, "zone": "Europe/Paris"]).status == 303)
        let slow = try browser.another()
        slow.cookies = first
        #expect(await slow.get("/").status == 200)
        #expect(slow.cookies == first)
        browser.bench.clock.advance(by: .seconds(61))
        #expect(await slow.get("/").status == 303)
        #expect(await browser.get("/").status == 200)
        #expect(series(await browser.get("/you/browsers").text).count == 1)
    }

    @Test func `what gives power wants it shown again, for ten minutes`() async throws {
        let browser = try await signedIn()
        for page in ["/you/codes", "/you/passkeys", "/settings/tokens"] { #expect(await browser.get(page).status == 200) }
        browser.bench.clock.advance(by: .seconds(600))
        for page in ["/you/codes", "/you/passkeys", "/settings/tokens"] {
            #expect(await browser.get(page).location == "/you/confirm?next=\(PercentEncoding.encode(page))")
        }
        let token = Browser.hidden(in: await browser.get("/you").text)["token"] ?? ""
        #expect(await browser.post("/settings/tokens", ["token": token, "name": "x", "read": "on"]).text.contains("action=\"/you/confirm\""))
        #expect(try await browser.bench.ledger.tokens().contains { $0.name == "x" } == false)
        let before = browser.cookies
        let wrong = await browser.submit("/you/confirm?next=%2Fyou%2Fcodes", to: "/you/confirm", ["password": "wrong"])
        #expect(wrong.status == 401 && wrong.text.contains("value=\"/you/codes\""))
        let right = await browser.submit("/you/confirm?next=%2Fyou%2Fcodes", to: "/you/confirm", ["password": Browser.password])
        #expect(right.location == "/you/codes")
        #expect(await browser.get("/you/codes").status == 200)
        // The browser may do more now, so its secret is another and the old one is dead.
        let thief = try browser.another()
        thief.cookies = before
        #expect(await thief.get("/").status == 303)
    }

    @Test func `a form that is interrupted by the question is carried through it`() async throws {
        let browser = try await signedIn()
        browser.bench.clock.advance(by: .seconds(600))
        let token = Browser.hidden(in: await browser.get("/you").text)["token"] ?? ""
        let asked = await browser.post("/people", ["token": token, "name": "bob", "line-home": "1", "first": "home"])
        let kept = Browser.hidden(in: asked.text)
        #expect(asked.text.contains("is kept") && kept["repeat"] == "/people" && kept["name"] == "bob")
        let wrong = await browser.post("/you/confirm", kept.merging(["password": "wrong"]) { $1 })
        #expect(wrong.status == 401 && Browser.hidden(in: wrong.text)["line-home"] == "1")
        let answer = Browser.hidden(in: wrong.text).merging(["password": Browser.password]) { $1 }
        let right = await browser.post("/you/confirm", answer)
        // 307 has the browser send the same once more, to the form that it was for.
        #expect(right.status == 307 && right.location == "/people")
        #expect(await browser.post("/people", answer).location == "/people/bob")
        #expect(try await browser.bench.ledger.persons().map(\.lines) == [["home"]])
    }

    @Test func `what is carried goes to a path of ours, and never stands for the question's own fields`() async throws {
        let browser = try await signedIn()
        let page = Browser.hidden(in: await browser.get("/you/confirm").text)
        let elsewhere = await browser.post("/you/confirm", page.merging(["password": Browser.password, "repeat": "//evil.example/people"]) { $1 })
        #expect(elsewhere.location == "/")
        #expect(KeptForm(try Form(Array("password=x&name=bob".utf8)), to: "/people") == nil)
        #expect(KeptForm(try Form(Array("id=x".utf8)), to: "/you/passkeys/add") == nil)
    }

    @Test func `nobody is sent to another site from there`() async throws {
        let browser = try await signedIn()
        let sent = await browser.submit("/you/confirm?next=%2F%2Fevil.example", to: "/you/confirm", ["password": Browser.password, "next": "//evil.example"])
        #expect(sent.location == "/")
    }

    @Test func `a stranger's guesses from everywhere keep strangers out, and no browser that was there before`() async throws {
        let browser = try await signedIn()
        let known = try browser.another(source: .network("127.0.1.1"))
        #expect(await known.submit("/sign-in", ["name": "alice", "password": Browser.password]).status == 303)
        known.cookies["homeline"] = nil
        for guess in 0..<100 {
            let stranger = try browser.another(source: .network("127.0.2.\(guess)"))
            #expect(await stranger.submit("/sign-in", ["name": "alice", "password": "wrong"]).status == 401)
        }
        let stranger = try browser.another(source: .network("127.0.3.1"))
        #expect(await stranger.submit("/sign-in", ["name": "alice", "password": Browser.password]).status == 429)
        // Another's account is as open as it was.
        #expect(await stranger.submit("/sign-in", ["name": "bob", "password": "wrong"]).status == 401)
        #expect(await known.submit("/sign-in", ["name": "alice", "password": Browser.password]).status == 303)
        browser.bench.clock.advance(by: .seconds(3601))
        #expect(await stranger.submit("/sign-in", ["name": "alice", "password": Browser.password]).status == 303)
    }

    @Test func `what a browser shows of having been there is made by nobody else, and for one person`() throws {
        let key = FactorKey()
        let mark = try key.mark("alice", name: "abc")
        #expect(key.name(marked: mark, of: "alice") == "abc")
        #expect(key.name(marked: mark, of: "bob") == nil && FactorKey().name(marked: mark, of: "alice") == nil)
        for wrong in ["", "abc", "abc.", "abd" + mark.dropFirst(3), mark + "0", nil] { #expect(key.name(marked: wrong, of: "alice") == nil) }
    }

    @Test(arguments: [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.5.0", "curl"), ("<script>", ""), ("", ""),
    ])
    func `browsers are known by what they say`(agent: String, name: String) { #expect(BrowserName.of(agent) == name) }

    @Test func `behind a proxy that speaks TLS cookies are its own, and the pages stay encrypted`() async throws {
        let proxies = Proxies(["127.0.0.1"].compactMap { NetworkRange($0) })
        let browser = try Browser(try await Bench(), proxies: proxies)
        let far = ["X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"]
        let page = await browser.get("/sign-in", headers: far)
        #expect(page.status == 200 && page.header("Strict-Transport-Security") == "max-age=15552000")
        #expect(page.header("Set-Cookie")?.hasPrefix("__Host-homeline-form=") == true && page.header("Set-Cookie")?.hasSuffix("; Secure") == true)
        #expect(await browser.get("/sign-in", headers: ["X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "http"]).status == 403)
        #expect(await browser.get("/sign-in").header("Strict-Transport-Security") == nil)
        let direct = try Browser(try await Bench(), source: .network("192.0.2.7"), proxies: proxies)
        #expect(await direct.get("/sign-in", headers: far).status == 403)
    }

    @Test func `over TLS the whole way in works with the cookies of TLS`() async throws {
        let browser = try await Browser(try await Bench(), transport: .encrypted, source: .network("192.0.2.7")).settle()
        #expect(browser.cookies["__Host-homeline"] != nil && browser.cookies["homeline"] == nil)
        #expect(await browser.get("/").status == 200)
        #expect(await browser.submit("/you", to: "/sign-out", [:]).location == "/sign-in?out=1")
        #expect(browser.cookies["__Host-homeline"] == nil)
        #expect(await browser.submit("/sign-in", ["name": "alice", "password": Browser.password]).status == 303)
    }
}
