import Exchange
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import Console

@Suite struct ProvisionPageTests {
    private let app = ["X-Linphone-Provisioning": "1"]

    private func opened() async throws -> (browser: Browser, link: Provisioning.Link) {
        let browser = try Browser(try await Bench())
        try await browser.bench.ledger.save(Person(id: "alice", lines: ["home"], credentials: SIPCredentials(realm: "r", ha1MD5: "m", ha1SHA256: "s")))
        let provisioning = Provisioning(service: .test, book: browser.bench.ledger, mint: browser.bench.mint)
        return (browser, try await provisioning.link(for: "alice", label: "Phone"))
    }

    @Test func `Linphone is given its settings, each to replace what it had`() async throws {
        let (browser, link) = try await opened()
        let answer = await browser.get(link.path, headers: app)
        #expect(answer.status == 200 && answer.contentType == "application/xml")
        let digest = link.password.credentials.ha1SHA256
        for (name, value) in [
            ("transient_provisioning", "1"), ("username", "alice"), ("realm", "home.test"), ("algorithm", "SHA-256"), ("ha1", digest),
            ("reg_identity", "&lt;sip:alice@home.test&gt;"), ("reg_proxy", "&lt;sip:sms.example.org:5061;transport=tls&gt;"),
            ("file_transfer_server_url", "https://sms.example.org/files"), ("dial_prefix", "41"),
        ] {
            #expect(answer.text.contains("<entry name=\"\(name)\" overwrite=\"true\">\(value)</entry>"), "\(name)")
        }
        #expect(answer.text.matches(of: /<entry name/).count == answer.text.matches(of: /overwrite="true"/).count)
        #expect(answer.text.contains("name=\"auth_info_0\"") && !answer.text.contains("passwd"))
    }

    @Test func `an older Linphone says nothing of itself, and is known by that`() async throws {
        let (browser, link) = try await opened()
        #expect(await browser.get(link.path).contentType == "application/xml")
    }

    @Test func `a browser is shown what the link is, and uses nothing up`() async throws {
        let (browser, link) = try await opened()
        for _ in 0..<2 {
            let page = await browser.get(link.path, headers: ["Accept": "text/html,*/*"])
            #expect(page.status == 200 && page.contentType.hasPrefix("text/html"))
            #expect(page.text.contains("https://sms.example.org\(link.path)") && page.text.contains("<svg class=\"qr\""))
            #expect(page.text.contains("linphone-config:https://") && !page.text.contains("style="))
        }
        #expect(await browser.get(link.path, headers: ["Accept": "*/*"]).status == 400)
        #expect(await browser.get(link.path, headers: app).status == 200)
    }

    @Test func `what was taken is given again to its taker alone, for a while, until the app is there`() async throws {
        let (browser, link) = try await opened()
        let far = try browser.another(source: .network("::1"))
        #expect(await browser.get(link.path, headers: app).status == 200)
        #expect(await browser.get(link.path, headers: app).status == 200)
        #expect(await far.get(link.path, headers: app).status == 410)
        #expect(await far.get(link.path, headers: ["Accept": "text/html"]).status == 410)
        browser.bench.clock.advance(by: ProvisioningLink.patience)
        #expect(await browser.get(link.path, headers: app).status == 410)
    }

    @Test func `nothing but 200 is said in doubt`() async throws {
        let (browser, link) = try await opened()
        #expect(await browser.get("/provision/hl_wrong", headers: app).status == 404)
        browser.bench.clock.advance(by: ProvisioningLink.lifetime)
        #expect(await browser.get(link.path, headers: app).status == 410)
        try await browser.bench.ledger.remove("alice", now: browser.bench.clock.now())
        #expect(await browser.get(link.path, headers: app).status == 404)
        let site = try Browser(browser.bench, exposure: .off)
        #expect(await site.get(link.path, headers: app).status == 404)
        #expect(await (try Browser(browser.bench, source: .network("192.0.2.9"))).get(link.path, headers: app).status == 403)
    }

    @Test func `who guesses is slowed, and who has the right link is not`() async throws {
        let (browser, link) = try await opened()
        for _ in 0..<10 { #expect(await browser.get("/provision/hl_guess", headers: app).status == 404) }
        #expect(await browser.get("/provision/hl_guess", headers: app).status == 429)
        #expect(await browser.get(link.path, headers: app).status == 200)
    }

    @Test func `a link says from where it can be opened`() {
        func reach(
            _ link: String, _ transport: Transport = .plain, _ exposure: Exposure = .guarded, _ certificate: PhoneService.Certificate = .vouched
        ) -> LinkReach {
            LinkReach(of: link, over: transport, exposure: exposure, certificate: certificate)
        }
        for link in ["http://127.0.0.1:8080/x", "https://[::1]/x", "http://localhost/x", "nonsense"] { #expect(reach(link) == .thisMachine) }
        #expect(reach("https://sms.example.org/x") == .encrypted && reach("https://sms.example.org/x", .encrypted) == .encrypted)
        #expect(reach("https://192.168.1.2/x", .encrypted, .guarded, .selfSigned) == .untrusted)
        #expect(reach("http://192.168.1.2:8080/x") == .refused)
        #expect(reach("http://192.168.1.2:8080/x", .plain, .open) == .plain)
    }
}
