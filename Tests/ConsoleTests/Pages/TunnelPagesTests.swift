import HTTPStack
import HomelineTesting
import Testing
import WireGuard

@testable import Console

@Suite struct TunnelPagesTests {
    private let directory: TemporaryDirectory
    private let store: TunnelStore

    init() throws {
        directory = try TemporaryDirectory()
        store = TunnelStore(directory: directory.file("wireguard"))
    }

    private func browser() async throws -> Browser { try Browser(try await Bench(tunnel: store)) }

    @Test func `an owner makes the tunnel, adds a phone, gives it new keys and removes it`() async throws {
        let browser = try await browser().settle()
        #expect(await browser.get("/settings").text.contains("href=\"/settings/wireguard\""))
        #expect(await browser.submit("/settings/wireguard", ["endpoint": "home.example.org"]).location == "/settings/wireguard")
        let page = await browser.get("/settings/wireguard").text
        #expect(page.contains("home.example.org:51820 (UDP)") && page.contains("systemctl enable --now wg-quick@homeline"))

        let added = await browser.submit("/settings/wireguard", to: "/settings/wireguard/phones", ["name": "alice"])
        let first = try #require(try store.load()?.phone("alice"))
        #expect(added.status == 200 && added.text.contains("<svg class=\"qr\"") && added.text.contains("PersistentKeepalive = 25"))
        #expect(added.text.contains("PresharedKey = \(first.presharedKey.text)"))
        #expect(await browser.get("/settings/wireguard").text.contains("PrivateKey") == false)

        let renewed = await browser.submit("/settings/wireguard", to: "/settings/wireguard/phones/alice/renew", [:])
        #expect(renewed.status == 200 && renewed.text.contains("<svg class=\"qr\""))
        #expect(try store.load()?.phone("alice").publicKey != first.publicKey)
        #expect(await browser.submit("/settings/wireguard", to: "/settings/wireguard/phones/alice/remove", [:]).status == 303)
        #expect(try store.load()?.phones.isEmpty == true)
        #expect(await browser.submit("/settings/wireguard", to: "/settings/wireguard/phones/alice/remove", [:]).status == 404)
    }

    @Test func `what is wrong is told beside the field, and what was typed is kept`() async throws {
        let browser = try await browser().settle()
        let refused = await browser.submit("/settings/wireguard", ["endpoint": "https://<b>"])
        #expect(refused.status == 422 && refused.text.contains("value=\"https://&lt;b&gt;\"") && refused.text.contains("id=\"endpoint-mistake\""))
        #expect(try store.load() == nil)
        _ = await browser.submit("/settings/wireguard", ["endpoint": "home.example.org"])
        let name = await browser.submit("/settings/wireguard", to: "/settings/wireguard/phones", ["name": "a\n[Peer]"])
        #expect(name.status == 422 && name.text.contains("id=\"name-mistake\""))
        _ = await browser.submit("/settings/wireguard", to: "/settings/wireguard/phones", ["name": "alice"])
        #expect(await browser.submit("/settings/wireguard", to: "/settings/wireguard/phones", ["name": "alice"]).text.contains("There is a phone of this name."))
        #expect(try store.load()?.phones.count == 1)
    }

    @Test func `a tunnel is not made over one that there is`() async throws {
        let browser = try await browser().settle()
        let form = Browser.hidden(in: await browser.get("/settings/wireguard").text)
        _ = await browser.submit("/settings/wireguard", ["endpoint": "home.example.org"])
        let before = try store.load()
        #expect(await browser.post("/settings/wireguard", form.merging(["endpoint": "other.example.org"]) { $1 }).status == 409)
        #expect(try store.load() == before)
    }

    @Test func `members and strangers neither see nor change it`() async throws {
        let browser = try await browser().settle()
        _ = await browser.submit("/settings/wireguard", ["endpoint": "home.example.org"])
        let member = try await browser.another().settle(as: "bob", role: .member)
        let token = Browser.hidden(in: await member.get("/you").text)
        for path in ["/settings", "/settings/wireguard"] { #expect(await member.get(path).status == 403) }
        for path in ["/settings/wireguard", "/settings/wireguard/phones", "/settings/wireguard/phones/x/renew", "/settings/wireguard/phones/x/remove"] {
            #expect(await member.post(path, token.merging(["name": "x", "endpoint": "a.example.org"]) { $1 }).status == 403)
            #expect(await (try browser.another()).post(path, ["name": "x"]).status == 303)
        }
        #expect(try store.load()?.phones.isEmpty == true)
    }
}
