import Telephony
import Testing

@testable import Console
@testable import HTTPStack

@Suite struct RestorePageTests {
    private func first(lines: [LineID] = []) async throws -> (browser: Browser, link: String) {
        let bench = try await Bench(lines: lines)
        return (try Browser(bench), try await Invitations.make(for: nil, role: .owner, now: bench.clock.now(), ledger: bench.ledger))
    }

    @Test func `the first visit offers it, and the house is another one then`() async throws {
        let (browser, link) = try await first(), restoration = browser.bench.restoration
        #expect(await browser.get(link).text.contains("Or go on from a backup"))
        let page = await browser.upload(link, to: "\(link)/restore", ["passphrase": StandInRestoration.passphrase], file: "the octets")
        #expect(page.status == 200 && page.text.contains("7 messages, 2 files") && page.text.contains("data-returns=\"/sign-in\""))
        #expect(restoration.file == Array("the octets".utf8) && restoration.places == ["127.0.0.1"])
    }

    @Test func `a wrong passphrase is said beside its field, and the file need not come again`() async throws {
        let (browser, link) = try await first(), restoration = browser.bench.restoration
        let wrong = await browser.upload(link, to: "\(link)/restore", ["passphrase": "guess"], file: "the octets")
        #expect(wrong.status == 422 && wrong.text.contains("id=\"passphrase-mistake\"") && !wrong.text.contains("guess"))
        #expect(wrong.text.contains("The file is here") && restoration.places == [])
        #expect(await browser.upload(link, to: "\(link)/restore", ["passphrase": StandInRestoration.passphrase], file: "").status == 200)
        #expect(restoration.file == Array("the octets".utf8) && restoration.places.count == 1)
    }

    @Test(arguments: [(RestoreRefusal.file("It is <cut>."), "It is &lt;cut&gt;."), (.noRoom, "not enough room")])
    func `what is wrong with the file is said beside it`(refusal: RestoreRefusal, sentence: String) async throws {
        let (browser, link) = try await first()
        browser.bench.restoration.refuse(refusal)
        let answer = await browser.upload(link, to: "\(link)/restore", ["passphrase": "x"], file: "the octets")
        #expect(answer.status == 422 && answer.text.contains("id=\"file-mistake\"") && answer.text.contains(sentence))
    }

    @Test func `a form without a file says so`() async throws {
        let (browser, link) = try await first()
        let answer = await browser.upload(link, to: "\(link)/restore", ["passphrase": "x"], file: "")
        #expect(answer.status == 422 && answer.text.contains("Choose the file"))
    }

    @Test func `it is not offered where there is a house already, nor to anybody but its first owner`() async throws {
        let (settled, link) = try await first()
        #expect(await settled.get(link).text.contains("restore"))
        try await settled.another().settle()
        #expect(await !settled.get(link).text.contains("/restore"))
        #expect(await settled.upload(link, to: "\(link)/restore", ["passphrase": StandInRestoration.passphrase], file: "x").status == 404)
        let (running, owner) = try await first(lines: ["home"])
        #expect(await !running.get(owner).text.contains("/restore"))
        let bench = try await Bench(lines: [])
        let member = try await Invitations.make(for: nil, role: .member, now: bench.clock.now(), ledger: bench.ledger)
        #expect(await !(try Browser(bench)).get(member).text.contains("/restore"))
        #expect(settled.bench.restoration.places == [])
    }

    @Test func `neither a form of elsewhere nor a link that is none does anything`() async throws {
        let (browser, link) = try await first()
        let forged = await browser.upload(link, to: "\(link)/restore", ["token": "x", "passphrase": StandInRestoration.passphrase], file: "x")
        #expect(forged.status == 403)
        #expect(await browser.upload(link, to: "/welcome/hl_no/restore", ["passphrase": StandInRestoration.passphrase], file: "x").status == 410)
        #expect(browser.bench.restoration.file == nil)
    }

    @Test func `a letter of the passphrase that comes in two pieces is still one`() async throws {
        let (browser, link) = try await first()
        let token = try #require(Browser.hidden(in: await browser.get(link).text)["token"])
        let fields = [("token", token), ("passphrase", StandInRestoration.passphrase)]
        let head = fields.map { "--b\r\nContent-Disposition: form-data; name=\"\($0)\"\r\n\r\n\($1)\r\n" }.joined()
        let octets = Array((head + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nthe octets\r\n--b--\r\n").utf8)
        let headers = ["Content-Type": "multipart/form-data; boundary=b", "Cookie": browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")]
        let asked = Request(.post, "\(link)/restore", headers: headers, source: .network("127.0.0.1"))
        guard case .admitted(let operation, let request) = await browser.site.admit(asked) else { throw CancellationError() }
        let body = RequestBody(limit: operation.bodyLimit) { take in
            for octet in octets { try await take([octet]) }
        }
        #expect(await browser.site.respond(to: request, body, by: operation).status == 200)
        #expect(browser.bench.restoration.file == Array("the octets".utf8))
    }

    @Test func `pages that will be elsewhere are led to by a link, and what does not hold is said`() async throws {
        let (browser, link) = try await first()
        browser.bench.restoration.be(
            RestoredHouse(
                madeAt: browser.bench.clock.now(), messages: 1, files: 0, inDoubt: 3, scheduled: 2, faults: ["The file <x> is gone."], door: .other("https://sms.example.org"),
                settingsRefusal: "line 3: no such <device>"))
        let page = await browser.upload(link, to: "\(link)/restore", ["passphrase": StandInRestoration.passphrase], file: "x").text
        #expect(page.contains("href=\"https://sms.example.org/sign-in\"") && !page.contains("data-returns"))
        #expect(page.contains("3 texts") && page.contains("2 messages whose time has come") && page.contains("&lt;x&gt;") && page.contains("&lt;device&gt;"))
    }
}
