import Exchange
import HomelineTesting
import Telephony
import Testing

@testable import Console
@testable import HTTPStack

/// Forms whose last octets are withheld while something else is done.
@Suite struct SlowFormTests {
    private static let new = "another good password"

    private func settled() async throws -> Browser { try await Browser(try await Bench()).settle() }

    private func fields(_ browser: Browser, _ more: [String: String]) async -> [String: String] {
        Browser.hidden(in: await browser.get("/you").text).merging(more) { $1 }
    }

    @Test func `an account that was removed while its last form came is not made again`() async throws {
        let browser = try await settled(), ledger = browser.bench.ledger
        let answer = try await browser.post("/you/time-zone", await fields(browser, ["zone": "Europe/Paris"])) {
            _ = try await ledger.removeAccount(of: "alice")
        }
        #expect(answer.location == "/sign-in")
        #expect(try await ledger.accounts().isEmpty)
    }

    @Test func `a password that was changed while a form came stays changed`() async throws {
        let browser = try await settled(), ledger = browser.bench.ledger
        let other = try browser.another()
        _ = await other.submit("/sign-in", ["name": "alice", "password": Browser.password])
        let answer = try await other.post("/you/time-zone", await fields(other, ["zone": "Europe/Paris"])) {
            let new = Self.new
            #expect(await browser.submit("/you", to: "/you/password", ["old": Browser.password, "new": new, "again": new]).status == 303)
        }
        #expect(answer.location == "/sign-in")
        #expect(try await ledger.accounts().first?.timeZone == "Europe/Zurich")
        #expect(await other.submit("/sign-in", ["name": "alice", "password": Browser.password]).status == 401)
        #expect(await other.submit("/sign-in", ["name": "alice", "password": Self.new]).status == 303)
    }

    @Test func `who became a member while a form came is no owner any more`() async throws {
        let browser = try await settled(), ledger = browser.bench.ledger
        let account = try #require(try await ledger.accounts().first)
        let answer = try await browser.post("/you/time-zone", await fields(browser, ["zone": "Europe/Paris"])) {
            let member = Account(person: account.person, role: .member, password: account.password, createdAt: account.createdAt)
            try await ledger.save(member, keeping: nil)
        }
        #expect(answer.location == "/you?saved=1")
        let after = try await ledger.accounts().first
        #expect(after?.role == .member && after?.timeZone == "Europe/Paris")
    }

    @Test func `a secret that is renewed while a form comes loses nothing of it`() async throws {
        let browser = try await settled(), clock = browser.bench.clock
        let fields = await fields(browser, ["zone": "Europe/Paris"])
        clock.advance(by: .seconds(86400))
        let answer = try await browser.post("/you/time-zone", fields) {
            #expect(await browser.get("/").header("Set-Cookie") != nil)
            clock.advance(by: .seconds(300))
        }
        #expect(answer.location == "/you?saved=1")
    }

    @Test func `a form that comes while another secret is given more power has none of it`() async throws {
        let browser = try await settled(), clock = browser.bench.clock
        let fields = await fields(browser, ["name": "x", "read": "on"])
        let answer = try await browser.post("/settings/tokens", fields) {
            clock.advance(by: .seconds(5))
            #expect(await browser.submit("/you/confirm", ["password": Browser.password]).status == 303)
        }
        #expect(answer.text.contains("action=\"/you/confirm\""))
        #expect(try await browser.bench.ledger.tokens().contains { $0.name == "x" } == false)
    }
}

extension Browser {
    /// Sends a form whose last octet comes when something else was done.
    fileprivate func post(_ target: String, _ fields: [String: String], once work: @escaping @Sendable () async throws -> Void) async throws -> Response {
        let octets = Array(fields.map { "\(PercentEncoding.encode($0))=\(PercentEncoding.encode($1))" }.joined(separator: "&").utf8)
        let cookie = cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
        guard case .admitted(let operation, let request) = await site.admit(Request(.post, target, headers: ["Cookie": cookie], source: .network("127.0.0.1"))) else {
            throw Problem.notFound(target)
        }
        let body = RequestBody(limit: operation.bodyLimit) { take in
            try await take(Array(octets.dropLast()))
            try await work()
            try await take(Array(octets.suffix(1)))
        }
        return await site.respond(to: request, body, by: operation)
    }
}
