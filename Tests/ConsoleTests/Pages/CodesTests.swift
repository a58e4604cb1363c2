import Exchange
import Factors
import Foundation
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import Console

@Suite struct CodesTests {
    /// A browser of alice, who has turned codes on; what her app knows, and her recovery codes.
    private func settled() async throws -> (browser: Browser, secret: [UInt8], recovery: [String]) {
        let browser = try await Browser(try await Bench()).settle()
        #expect(await browser.submit("/you/codes", to: "/you/codes/begin", [:]).status == 303)
        let page = await browser.get("/you/codes").text
        let text = try #require(page.firstMatch(of: /class="secret">([A-Z2-7]{32})</)).1
        #expect(page.contains("otpauth://totp/Homeline:alice?secret=\(text)&amp;issuer=Homeline"))
        #expect(page.contains("<svg class=\"qr\""))
        let secret = Self.octets(String(text))
        let wrong = await browser.submit("/you/codes", to: "/you/codes/prove", ["code": "000000"])
        #expect(wrong.status == 422 && wrong.text.contains(text))
        let proved = await browser.submit("/you/codes", to: "/you/codes/prove", ["code": code(secret, browser)])
        let recovery = proved.text.matches(of: /<li class="secret">([a-z2-7-]{19})</).map { String($0.1) }
        #expect(proved.status == 200 && Set(recovery).count == 10)
        return (browser, secret, recovery)
    }

    private static func octets(_ base32: String) -> [UInt8] {
        let bits = base32.utf8.flatMap { letter -> [UInt8] in
            let value = letter < 65 ? letter - 24 : letter - 65
            return (0..<5).map { (value >> (4 - $0)) & 1 }
        }
        return stride(from: 0, to: bits.count - 7, by: 8).map { bits[$0..<$0 + 8].reduce(0) { $0 << 1 | $1 } }
    }

    private func code(_ secret: [UInt8], _ browser: Browser) -> String {
        TimedCode.code(secret, step: TimedCode.step(at: browser.bench.clock.now().seconds))
    }

    /// Name and password, then the code.
    private func signIn(_ browser: Browser, code: String, next: String = "/") async -> Response {
        let asked = await browser.submit("/sign-in?next=\(PercentEncoding.encode(next))", to: "/sign-in", ["name": "alice", "password": Browser.password])
        #expect(asked.status == 200 && asked.text.contains("name=\"code\"") && browser.cookies["homeline"] == nil)
        return await browser.post("/sign-in/code", Browser.hidden(in: asked.text).merging(["code": code]) { $1 })
    }

    @Test func `the code is asked for after the password, and each is good once`() async throws {
        let (browser, secret, _) = try await settled()
        let other = try browser.another()
        // The step that proved the app is used up.
        #expect(await signIn(other, code: code(secret, browser)).status == 401)
        browser.bench.clock.advance(by: .seconds(30))
        #expect(await signIn(other, code: code(secret, browser), next: "/new").location == "/new")
        let third = try browser.another()
        #expect(await signIn(third, code: code(secret, browser)).status == 401)
        browser.bench.clock.advance(by: .seconds(30))
        #expect(await signIn(third, code: code(secret, browser)).status == 303)
    }

    @Test func `a wrong code can be tried again with the same page, and what was right of it is another browser's nothing`() async throws {
        let (browser, secret, _) = try await settled()
        browser.bench.clock.advance(by: .seconds(30))
        let other = try browser.another(), thief = try browser.another()
        let wrong = await signIn(other, code: "123456")
        #expect(wrong.status == 401 && wrong.text.contains("This code is wrong"))
        let fields = Browser.hidden(in: wrong.text).merging(["code": code(secret, browser)]) { $1 }
        _ = await thief.get("/sign-in")
        #expect(await thief.post("/sign-in/code", fields).status == 403)
        let own = Browser.hidden(in: await thief.get("/sign-in").text)["token"] ?? ""
        #expect(await thief.post("/sign-in/code", fields.merging(["token": own]) { $1 }).status == 403)
        #expect(await other.post("/sign-in/code", fields).status == 303)
        other.cookies["homeline"] = nil
        #expect(await other.post("/sign-in/code", fields).status == 403)
    }

    @Test func `the second step must follow within ten minutes`() async throws {
        let (browser, secret, _) = try await settled()
        let other = try browser.another()
        let asked = await other.submit("/sign-in", ["name": "alice", "password": Browser.password])
        browser.bench.clock.advance(by: .seconds(601))
        #expect(await other.post("/sign-in/code", Browser.hidden(in: asked.text).merging(["code": code(secret, browser)]) { $1 }).status == 403)
    }

    @Test func `a password that was changed before its code came lets nobody in`() async throws {
        let (browser, secret, _) = try await settled(), other = try browser.another(), new = "another good password"
        browser.bench.clock.advance(by: .seconds(30))
        let asked = await other.submit("/sign-in", ["name": "alice", "password": Browser.password])
        let form = Browser.hidden(in: asked.text).merging(["code": code(secret, browser)]) { $1 }
        #expect(await browser.submit("/you", to: "/you/password", ["old": Browser.password, "new": new, "again": new]).status == 303)
        #expect(await other.post("/sign-in/code", form).location == "/sign-in")
        #expect(!other.isSignedIn)
        #expect(await other.submit("/sign-in", ["name": "alice", "password": new]).text.contains("name=\"code\""))
    }

    @Test func `each recovery code signs in once, however it is typed`() async throws {
        let (browser, _, recovery) = try await settled()
        #expect(await signIn(try browser.another(), code: recovery[0]).status == 303)
        #expect(await signIn(try browser.another(), code: recovery[0]).status == 401)
        #expect(await signIn(try browser.another(), code: recovery[1].uppercased().replacing("-", with: " ")).status == 303)
        #expect(await browser.get("/you/codes").text.contains("Recovery codes left: 8."))
        let renewed = await browser.submit("/you/codes", to: "/you/codes/recovery", [:]).text
        #expect(await signIn(try browser.another(), code: recovery[2]).status == 401)
        let new = try #require(renewed.firstMatch(of: /<li class="secret">([a-z2-7-]{19})</))
        #expect(await signIn(try browser.another(), code: String(new.1)).status == 303)
    }

    @Test func `to turn them off wants a code`() async throws {
        let (browser, secret, _) = try await settled()
        #expect(await browser.submit("/you/codes", to: "/you/codes/off", ["code": "000000"]).status == 422)
        browser.bench.clock.advance(by: .seconds(30))
        #expect(await browser.submit("/you/codes", to: "/you/codes/off", ["code": code(secret, browser)]).status == 303)
        #expect(await (try browser.another()).submit("/sign-in", ["name": "alice", "password": Browser.password]).status == 303)
        let acts = try await browser.bench.ledger.auditEntries(before: nil, limit: 99).map(\.act)
        #expect(acts.contains(.codesTurnedOn) && acts.contains(.codesTurnedOff))
    }

    @Test func `whoever has the password and guesses at codes is stopped, and who is signed in already is not`() async throws {
        let (browser, secret, _) = try await settled()
        browser.bench.clock.advance(by: .seconds(30))
        for guess in 0..<10 { #expect(await signIn(try browser.another(source: .network("127.0.0.\(guess + 2)")), code: "000000").status == 401) }
        #expect(await signIn(try browser.another(), code: code(secret, browser)).status == 429)
        #expect(await browser.get("/").status == 200)
        browser.bench.clock.advance(by: .seconds(3600))
        #expect(await signIn(try browser.another(), code: code(secret, browser)).status == 303)
    }

    @Test func `whoever guesses at codes keeps no browser out that signed in before`() async throws {
        let (browser, secret, _) = try await settled(), own = try browser.another()
        browser.bench.clock.advance(by: .seconds(30))
        #expect(await signIn(own, code: code(secret, browser)).status == 303)
        own.cookies["homeline"] = nil
        for _ in 0..<10 { #expect(await signIn(try browser.another(), code: "000000").status == 401) }
        browser.bench.clock.advance(by: .seconds(30))
        #expect(await signIn(try browser.another(), code: code(secret, browser)).status == 429)
        for _ in 0..<9 { #expect(await signIn(own, code: "000000").status == 401) }
        #expect(await signIn(own, code: code(secret, browser)).status == 303)
        own.cookies["homeline"] = nil
        #expect(await signIn(own, code: "000000").status == 401)
        #expect(await signIn(own, code: code(secret, browser)).status == 429)
        // Nor does either keep whoever is signed in from what wants a code.
        #expect(await browser.submit("/you/codes", to: "/you/codes/off", ["code": "000000"]).status == 422)
    }

    @Test func `codes that are guessed at once are no more than those guessed one after another`() async throws {
        let (browser, secret, _) = try await settled(), other = try browser.another()
        browser.bench.clock.advance(by: .seconds(30))
        let asked = await other.submit("/sign-in", ["name": "alice", "password": Browser.password])
        let form = Browser.hidden(in: asked.text)
        let statuses = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<60 { group.addTask { await other.post("/sign-in/code", form.merging(["code": "000000"]) { $1 }).status } }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [401: 10, 429: 50])
        #expect(await other.post("/sign-in/code", form.merging(["code": code(secret, browser)]) { $1 }).status == 429)
    }

    @Test func `a try is counted before the code is looked at, and given back for a right one`() throws {
        let guesses = Guesses(), now = Instant(seconds: 1_700_000_000)
        for _ in 0..<30 {
            try guesses.takeCodeTry(of: "alice", now: now)
            guesses.giveBackCodeTry(of: "alice")
        }
        for _ in 0..<10 { try guesses.takeCodeTry(of: "alice", now: now) }
        #expect(throws: TooManyAttempts.self) { try guesses.takeCodeTry(of: "alice", now: now) }
        try guesses.takeCodeTry(of: "bob", now: now)
        guesses.giveBackCodeTry(of: "alice")
        try guesses.takeCodeTry(of: "alice", now: now)
        #expect(throws: TooManyAttempts.self) { try guesses.takeCodeTry(of: "alice", now: now) }
    }

    @Test func `what the ledger holds is sealed, and for one person`() async throws {
        let (browser, secret, recovery) = try await settled()
        let kept = try #require(try await browser.bench.ledger.codeSecret(of: "alice"))
        #expect(kept.sealed != secret && kept.sealed.count == secret.count + 28)
        let key = FactorKey()
        let sealed = try key.seal(secret, of: "alice")
        #expect(try key.open(sealed, of: "alice") == secret)
        #expect(try key.open(sealed, of: "bob") == nil)
        #expect(try FactorKey().open(sealed, of: "alice") == nil)
        #expect(try key.open([], of: "alice") == nil)
        #expect(try await browser.bench.ledger.useRecoveryCode(recovery[0], of: "alice") == false)
    }

    @Test func `the key of the secrets is made once, and for its owner alone`() throws {
        let directory = try TemporaryDirectory()
        let sealed = try FactorKey(directory: directory.path).seal([1, 2, 3], of: "alice")
        #expect(try FactorKey(directory: directory.path).open(sealed, of: "alice") == [1, 2, 3])
        let file = directory.file("factors.key")
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
        try Data("short".utf8).write(to: URL(filePath: file))
        #expect(throws: (any Error).self) { try FactorKey(directory: directory.path).seal([1], of: "alice") }
    }
}
