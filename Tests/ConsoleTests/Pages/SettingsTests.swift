import Exchange
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import Console

@Suite struct SettingsTests {
    private func signedIn() async throws -> Browser { try await Browser(try await Bench()).settle() }

    @Test(arguments: ["/settings", "/health/parts"])
    func `the version and how long it runs are told`(page: String) async throws {
        #expect(try await signedIn().get(page).text.contains("Homeline 1.2.3 · running for 1 d 1 h"))
    }

    @Test func `a token is made, shown once and revoked`() async throws {
        let browser = try await signedIn()
        let made = await browser.submit("/settings/tokens", ["name": "my app", "read": "on", "days": "30"])
        let secret = try #require(made.text.firstMatch(of: /class="secret">(hl_[A-Za-z0-9_-]{43})</)).1
        #expect(!(await browser.get("/settings/tokens").text.contains(secret)))
        let token = try #require(try await browser.bench.ledger.tokens().first { $0.name == "my app" })
        #expect(token.hash == TokenSecret.hash(String(secret)) && token.scopes == [.read])
        #expect(token.expiresAt == browser.bench.clock.now() + .seconds(30 * 86400))
        #expect(await browser.bench.ask(.get, "/api/v1/lines", token: String(secret)).status == 200)
        #expect(await browser.submit("/settings/tokens", to: "/settings/tokens/revoke", ["name": "my app"]).status == 303)
        browser.bench.clock.advance(by: .seconds(2))
        #expect(await browser.bench.ask(.get, "/api/v1/lines", token: String(secret)).status == 401)
        #expect(await browser.submit("/settings/tokens", to: "/settings/tokens/revoke", ["name": "my app"]).status == 404)
    }

    @Test(arguments: [
        (["name": "", "read": "on"], "Letters, digits"), (["name": "<b>", "read": "on"], "Letters, digits"), (["name": "reader", "read": "on"], "of this name already"),
        (["name": "x"], "At least one"), (["name": "x", "read": "on", "days": "0"], "A whole number"), (["name": "x", "read": "on", "days": "1e3"], "A whole number"),
    ])
    func `what is wrong with a new token is said, and what was typed is kept`(fields: [String: String], mistake: String) async throws {
        let browser = try await signedIn()
        let count = try await browser.bench.ledger.tokens().count
        let page = await browser.submit("/settings/tokens", fields)
        #expect(page.status == 422 && page.text.contains(mistake))
        #expect(page.text.contains("value=\"\((fields["name"] ?? "").replacing("<", with: "&lt;").replacing(">", with: "&gt;"))\""))
        #expect(try await browser.bench.ledger.tokens().count == count)
    }

    @Test func `it is shown when a token was last used, to within ten minutes`() async throws {
        let bench = try await Bench()
        let tokens = TokenGuard(ledger: bench.ledger, uses: bench.ledger, clock: bench.clock)
        let browser = try await Browser(bench).settle()
        #expect(!(await browser.get("/settings/tokens").text.contains("last used")))
        let site = Site(operations: bench.operations, tokens: tokens, counts: RequestCounts(), logger: .init(label: "test"))
        let request = Request(.get, "/api/v1/lines", headers: ["Authorization": "Bearer hl_reader"], source: .network("192.0.2.1"))
        let first = bench.clock.now()
        for _ in 0..<3 {
            #expect(await site.respond(to: request).status == 200)
            bench.clock.advance(by: .seconds(250))
        }
        #expect(try await bench.ledger.tokenUses() == ["reader": first])
        #expect(await site.respond(to: request).status == 200)
        #expect(try await bench.ledger.tokenUses() == ["reader": first + .seconds(750)])
        #expect(await browser.submit("/you/confirm", ["password": Browser.password]).status == 303)
        #expect(await browser.get("/settings/tokens").text.contains("last used"))
    }

    @Test func `the audit log tells who did what, from where, page by page`() async throws {
        let browser = try await signedIn()
        _ = await (try browser.another(source: .network("127.0.0.7"))).submit("/sign-in", ["name": "alice", "password": "wrong"])
        _ = await browser.submit("/settings/tokens", ["name": "app", "read": "on"])
        let page = await browser.get("/settings/audit").text
        for told in ["An API token was made</strong>: <bdi>app</bdi>", "Name or password refused", "Signed in", "An account was made", "<bdi>alice</bdi>"] {
            #expect(page.contains(told), "\(told)")
        }
        let refused = try await browser.bench.ledger.auditEntries(before: nil, limit: 9).first { $0.act == .signInRefused }
        #expect(refused?.place == "127.0.0.7" && refused?.person == nil)
        for number in 0..<60 { await browser.bench.desk.audit.note(.lineRestarted, by: "bob", from: .network("2001:db8::1"), about: "line\(number)") }
        let latest = await browser.get("/settings/audit").text
        #expect(latest.contains("line59") && !latest.contains("line9<"))
        let more = try #require(latest.firstMatch(of: /href="(\/settings\/audit\?before=[0-9]+)"/))
        let older = await browser.get(String(more.1)).text
        #expect(older.contains("line9<") && older.contains("An API token was made") && !older.contains("line10<"))
        #expect(await browser.get("/settings/audit?before=x").status == 404)
    }

    @Test(arguments: [("line home", "line home"), ("+41 79 123 45 67", "+•• •• ••• •• ••"), ("phone of 2026", "phone of 2026"), (String(repeating: "x", count: 500), String(repeating: "x", count: 100))])
    func `a number that somebody used as a name is not in it`(name: String, shown: String) {
        #expect(AuditEntry(at: Instant(seconds: 0), act: .tokenMade, person: nil, place: "local", about: name).about == shown)
    }

    @Test(arguments: AuditEntry.Act.allCases)
    func `everything that can be done has its sentence`(act: AuditEntry.Act) {
        #expect(Words.english.sentence(act) != act.rawValue)
    }

    @Test func `settings lead to every page of theirs`() async throws {
        let browser = try await signedIn()
        let page = await browser.get("/settings").text
        for (path, _, _) in SettingsIndex.links(.english) {
            #expect(page.contains("href=\"\(path)\""))
            #expect(await browser.get(path).status == 200)
        }
    }
}
