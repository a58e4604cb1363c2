import Exchange
import HTTPStack
import HomelineTesting
import Logging
import Telephony
import Testing

@testable import Console

@Suite struct SigningInTests {
    private func browser(exposure: Exposure = .guarded, source: Source = .network("127.0.0.1"), transport: Transport = .plain) async throws -> Browser {
        try Browser(try await Bench(), transport: transport, exposure: exposure, source: source)
    }

    @Test func `who is not signed in is asked to, and comes back to where they wanted`() async throws {
        let browser = try await browser().settle()
        let stranger = try browser.another()
        let sent = await stranger.get("/search?q=a%20b")
        #expect(sent.status == 303 && sent.location == "/sign-in?next=%2Fsearch%3Fq%3Da%2520b")
        let back = await stranger.submit(try #require(sent.location), to: "/sign-in", ["name": "alice", "password": Browser.password])
        #expect(back.status == 303 && back.location == "/search?q=a%20b")
        #expect(await stranger.get("/").status == 200)
    }

    @Test func `after signing in nobody is sent to another site`() {
        for next in ["//evil.example/", "https://evil.example/", #"/\evil.example"#, "evil", "", "/a b", "/\u{202E}x", "/a\r\nb"] {
            #expect(SignInPage.own(next) == "/")
        }
        #expect(SignInPage.own("/conversations/7?before=1") == "/conversations/7?before=1")
    }

    @Test func `an invitation is good once`() async throws {
        let browser = try await browser()
        let link = try await Invitations.make(for: nil, role: .owner, now: browser.bench.clock.now(), ledger: browser.bench.ledger)
        let fields = ["name": "alice", "password": Browser.password, "again": Browser.password]
        let stranger = try browser.another()
        _ = await stranger.get(link)
        #expect(await browser.submit(link, fields).status == 303)
        #expect(await stranger.get(link).status == 410)
        #expect(await stranger.submit(link, fields).status != 303)
        #expect(await stranger.get("/").location == "/sign-in")
        #expect(try await browser.bench.ledger.accounts().map(\.person) == ["alice"])
    }

    @Test func `a link that leaves the name open gives nobody another's account`() async throws {
        let owner = try await browser().settle(), guest = try owner.another(), bench = owner.bench
        let link = try await Invitations.make(for: nil, role: .member, now: bench.clock.now(), ledger: bench.ledger)
        let before = try await bench.ledger.accounts()
        let page = await guest.get(link).text
        #expect(!page.contains("value=\"alice\"") && !page.contains("value=\"me\""))
        let refused = await guest.submit(link, ["name": "alice", "password": "another password", "again": "another password"])
        #expect(refused.status == 422 && refused.text.contains("Somebody of this name signs in here already."))
        #expect(try await bench.ledger.accounts() == before)
        #expect(await owner.get("/you").status == 200)
        // The link is not used up, and one for a person by name still gives a new password.
        #expect(await guest.submit(link, ["name": "bob", "password": Browser.password, "again": Browser.password]).status == 303)
        let own = try await Invitations.make(for: "alice", role: .owner, now: bench.clock.now(), ledger: bench.ledger)
        #expect(await (try owner.another()).submit(own, ["password": "another password", "again": "another password"]).status == 303)
    }

    @Test func `a link that leaves the name open gives a member nobody's lines`() async throws {
        let owner = try await browser().settle(), guest = try owner.another(), bench = owner.bench
        try await bench.ledger.save(Person(id: "bob", lines: ["home"], credentials: SIPCredentials(realm: "", ha1MD5: "", ha1SHA256: "")))
        let link = try await Invitations.make(for: nil, role: .member, now: bench.clock.now(), ledger: bench.ledger)
        #expect(await !guest.get(link).text.contains("value=\"bob\""))
        let refused = await guest.submit(link, ["name": "bob", "password": Browser.password, "again": Browser.password])
        #expect(refused.status == 422 && refused.text.contains("Somebody of this name has apps here already."))
        #expect(try await bench.ledger.accounts().map(\.person) == ["alice"])
        #expect(await guest.submit(link, ["name": "carol", "password": Browser.password, "again": Browser.password]).status == 303)
        // An owner sees every line anyway, and may have the name that their apps have.
        let open = try await Invitations.make(for: nil, role: .owner, now: bench.clock.now(), ledger: bench.ledger), other = try owner.another()
        #expect(await other.get(open).text.contains("value=\"bob\""))
        #expect(await other.submit(open, ["name": "bob", "password": Browser.password, "again": Browser.password]).status == 303)
    }

    @Test func `an invitation expires within the hour`() async throws {
        let browser = try await browser()
        let link = try await Invitations.make(for: nil, role: .owner, now: browser.bench.clock.now(), ledger: browser.bench.ledger)
        browser.bench.clock.advance(by: .seconds(3600))
        #expect(await browser.get(link).status == 410)
        #expect(await browser.get("/welcome/hl_guess").status == 410)
    }

    @Test func `what is wrong with a name or password is said beside it, and the name is kept`() async throws {
        let browser = try await browser()
        let link = try await Invitations.make(for: nil, role: .owner, now: browser.bench.clock.now(), ledger: browser.bench.ledger)
        for (name, password, again) in [("Alice", "long enough 1", "long enough 1"), ("alice", "short", "short"), ("alice", "long enough 1", "other")] {
            let response = await browser.submit(link, ["name": name, "password": password, "again": again])
            #expect(response.status == 422)
            #expect(response.text.contains("class=\"mistake\"") && response.text.contains("value=\"\(name)\""))
            #expect(!response.text.contains(password))
        }
    }

    @Test func `a wrong password lets nobody in, and a name that is not there looks the same`() async throws {
        let browser = try await browser().settle()
        let stranger = try browser.another()
        let wrong = await stranger.submit("/sign-in", ["name": "alice", "password": "wrong wrong wrong"])
        let nobody = await stranger.submit("/sign-in", ["name": "carol", "password": "wrong wrong wrong"])
        #expect(wrong.status == 401 && nobody.status == 401)
        // Each page asks a passkey something else.
        func bare(_ page: Response, _ name: String) -> String { page.text.replacing(/data-challenge="[^"]*"/, with: "").replacing(name, with: "") }
        #expect(bare(wrong, "alice") == bare(nobody, "carol"))
        #expect(await stranger.get("/").status == 303)
    }

    @Test func `after ten wrong passwords from one place even the right one waits, and other places do not`() async throws {
        let browser = try await browser().settle()
        let guesser = try browser.another(source: .network("127.0.0.7"))
        for _ in 0..<10 { #expect(await guesser.submit("/sign-in", ["name": "alice", "password": "wrong"]).status == 401) }
        #expect(await guesser.submit("/sign-in", ["name": "alice", "password": Browser.password]).status == 429)
        #expect(await (try browser.another()).submit("/sign-in", ["name": "alice", "password": Browser.password]).status == 303)
        browser.bench.clock.advance(by: .seconds(301))
        #expect(await guesser.submit("/sign-in", ["name": "alice", "password": Browser.password]).status == 303)
    }

    @Test func `guesses from everywhere push nothing out of the audit log`() async throws {
        let browser = try await browser().settle(), ledger = browser.bench.ledger
        func written() async throws -> Int { try await ledger.auditEntries(before: nil, limit: 999).count { $0.act == .signInRefused || $0.act == .passkeyRefused } }
        for place in 1...15 {
            let guesser = try browser.another(source: .network("127.0.1.\(place)"))
            for name in 1...10 { #expect(await guesser.submit("/sign-in", ["name": "nobody\(name)-\(place)", "password": "wrong"]).status == 401) }
            #expect(await guesser.submit("/sign-in", to: "/sign-in/passkey", ["id": "AAAA"]).status == 401)
        }
        #expect(try await written() == RefusalBudget.burst)
        browser.bench.clock.advance(by: .seconds(60))
        let late = try browser.another(source: .network("127.0.2.1"))
        for _ in 1...3 { #expect(await late.submit("/sign-in", ["name": "nobody", "password": "wrong"]).status == 401) }
        #expect(try await written() == RefusalBudget.burst + 1)
        // Tries at somebody who is there are not hidden among those.
        for _ in 1...3 { #expect(await late.submit("/sign-in", ["name": "alice", "password": "wrong"]).status == 401) }
        #expect(try await written() == RefusalBudget.burst + 4)
        #expect(try await ledger.auditEntries(before: nil, limit: 1).first?.about == "alice")
    }

    @Test func `signing in gives a new secret, of which only the hash is kept`() async throws {
        let browser = try await browser().settle()
        let first = try #require(browser.cookies["homeline"])
        let second = try browser.another()
        second.cookies = ["homeline": "hl_planted", "homeline-form": "planted"]
        _ = await second.submit("/sign-in", ["name": "alice", "password": Browser.password])
        let secret = try #require(second.cookies["homeline"])
        #expect(secret != first && secret != "hl_planted" && secret.utf8.count > 40)
        #expect(try await browser.bench.ledger.signIn(TokenSecret.hash(secret)) != nil)
        #expect(try await browser.bench.ledger.signIn(secret) == nil)
    }

    @Test(arguments: [(Transport.plain, "", ""), (.encrypted, "__Host-", "; Secure")])
    func `the cookie is for no script and no other site, and over TLS alone where there is TLS`(transport: Transport, start: String, end: String) {
        #expect(Cookie.signIn.field("x", seconds: 5, over: transport) == "\(start)homeline=x; Path=/; Max-Age=5; HttpOnly; SameSite=Lax\(end)")
        #expect(Cookie.signIn.value(in: "\(start)homeline=x", over: transport) == "x")
        #expect(Cookie.signIn.value(in: "\(start)homeline=x", over: transport == .plain ? .encrypted : .plain) == nil)
    }

    @Test func `signing out ends it for this browser, also for who kept the cookie`() async throws {
        let browser = try await browser().settle()
        let kept = browser.cookies
        let out = await browser.submit("/you", to: "/sign-out", [:])
        #expect(out.location == "/sign-in?out=1" && browser.cookies["homeline"] == nil)
        // The pictures that it keeps are not for whoever comes next.
        #expect(out.header("Clear-Site-Data") == "\"cache\"")
        browser.cookies = kept
        #expect(await browser.get("/").status == 303)
    }

    @Test func `a browser that was not used for two weeks is a stranger's, and every one after three months`() async throws {
        let browser = try await browser().settle()
        for _ in 0..<8 {
            browser.bench.clock.advance(by: .seconds(10 * 86400))
            #expect(await browser.get("/").status == 200)
        }
        browser.bench.clock.advance(by: .seconds(11 * 86400))
        #expect(await browser.get("/").status == 303)
        _ = await browser.submit("/sign-in", ["name": "alice", "password": Browser.password])
        #expect(await browser.get("/").status == 200)
        browser.bench.clock.advance(by: .seconds(15 * 86400))
        #expect(await browser.get("/").status == 303)
    }

    @Test func `a new password wants the old one, and signs out the others`() async throws {
        let browser = try await browser().settle()
        let other = try browser.another()
        _ = await other.submit("/sign-in", ["name": "alice", "password": Browser.password])
        let new = "another good password"
        #expect(await browser.submit("/you", to: "/you/password", ["old": "wrong", "new": new, "again": new]).status == 422)
        #expect(await browser.submit("/you", to: "/you/password", ["old": Browser.password, "new": new, "again": new]).status == 303)
        #expect(await browser.get("/").status == 200)
        #expect(await other.get("/").status == 303)
        #expect(await other.submit("/sign-in", ["name": "alice", "password": new]).status == 303)
    }

    @Test func `a password that is changed while it is compared lets nobody in`() async throws {
        let browser = try await browser().settle(), bench = browser.bench
        let signIns = SignIns(
            ledger: bench.ledger, clock: bench.clock.now, random: { 7 }, key: FactorKey(), audit: bench.desk.audit, cost: .none,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let compared = try #require(try await bench.ledger.accounts().first), approach = Approach(Request(.post, "/sign-in"), over: .plain)
        try await bench.ledger.change(passwordOf: "alice", from: compared.password, to: "another", keeping: nil)
        guard case .refused = try await signIns.admit(compared, approach, by: "password") else { return #expect(Bool(false)) }
        #expect(try await bench.ledger.signIns(of: "alice").isEmpty)
    }

    @Test func `strangers who all sign in at once leave room for those who are known`() {
        var room = PasswordRoom()
        let strangers = (1...40).count { _ in room.enter(.stranger) }
        #expect(strangers == PasswordRoom.places / 2)
        let known = (1...40).count { _ in room.enter(.known) }
        #expect(known == PasswordRoom.places / 2)
        room.leave(.known)
        let (another, own) = (room.enter(.stranger), room.enter(.known))
        #expect(!another && own)
        room.leave(.stranger)
        let next = room.enter(.stranger)
        #expect(next)
    }

    @Test func `a form without the right token does nothing`() async throws {
        let browser = try await browser().settle()
        let other = try browser.another()
        try await other.settle(as: "bob")
        let foreign = Browser.hidden(in: await other.get("/you").text)["token"] ?? ""
        for token in ["", "x", String(repeating: "0", count: 64), foreign] {
            for form in ["/you/time-zone", "/sign-out", "/new", "/count"] {
                #expect(await browser.post(form, ["token": token, "zone": "Europe/Paris", "to": "+15550100", "line": "home", "text": "x"]).status == 403)
            }
        }
        let token = Browser.hidden(in: await browser.get("/you").text)["token"] ?? ""
        let zone = ["token": token, "zone": "Europe/Paris"]
        for site in ["cross-site", "same-site"] { #expect(await browser.post("/you/time-zone", zone, headers: ["Sec-Fetch-Site": site]).status == 403) }
        #expect(await browser.post("/you/time-zone", zone, headers: ["Sec-Fetch-Site": "same-origin"]).status == 303)
        #expect(await (try browser.another()).post("/sign-in", ["name": "alice", "password": Browser.password]).status == 403)
    }

    @Test func `without TLS the pages are for this machine alone, unless the owner opened them`() async throws {
        let far = Source.network("192.0.2.7")
        #expect(await (try await browser(source: far)).get("/sign-in").status == 403)
        #expect(await (try await browser(source: far)).get("/live").status == 204)
        #expect(await (try await browser(source: .network("::1"))).get("/sign-in").status == 200)
        #expect(await (try await browser(source: .network("::ffff:127.0.0.1"))).get("/sign-in").status == 200)
        #expect(await (try await browser(source: far, transport: .encrypted)).get("/sign-in").status == 200)
        #expect(await (try await browser(exposure: .open, source: far)).get("/sign-in").status == 200)
        #expect(await (try await browser(exposure: .off)).get("/sign-in").status == 404)
    }

    @Test func `a hash is told from others by salt and says what it cost`() throws {
        let hash = try PasswordHash(of: "naïve password", cost: .none).text
        #expect(hash.hasPrefix("scrypt$4$1$1$"))
        #expect(PasswordHash.matches("naïve password", hash) && PasswordHash.matches("nai\u{308}ve password", hash))
        #expect(!PasswordHash.matches("naive password", hash))
        #expect(try PasswordHash(of: "naïve password", cost: .none).text != hash)
        for broken in ["", "scrypt", "scrypt$99$8$1$00$00", "scrypt$4$1$1$zz$zz", hash + "$", String(hash.dropLast(2))] {
            #expect(!PasswordHash.matches("naïve password", broken))
        }
    }
}
