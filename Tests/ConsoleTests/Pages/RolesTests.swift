import Exchange
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import Console

/// Every page and form of the Console, and to whom it answers. One that is not here fails the test: whoever adds a route says who may.
@Suite struct RolesTests {
    enum Admitted: Sendable {
        /// Strangers too.
        case anybody
        /// Owners and members; what they see of it is theirs.
        case signedIn
        /// Owners; of `/people/{name}` also the person, which tests of those pages ask.
        case owners
    }

    static let table: [String: Admitted] = [
        "GET /": .signedIn,
        "GET /assets/{mark}/{name}": .anybody,
        "GET /blocked": .signedIn,
        "POST /blocked/add": .signedIn,
        "POST /blocked/remove": .signedIn,
        "GET /contacts": .signedIn,
        "GET /contacts/edit": .signedIn,
        "POST /contacts/edit": .signedIn,
        "GET /contacts/export": .signedIn,
        "POST /contacts/import": .signedIn,
        "POST /contacts/remove": .signedIn,
        "GET /conversations/{number}": .signedIn,
        "POST /conversations/{number}": .signedIn,
        "POST /conversations/{number}/draft": .signedIn,
        "GET /conversations/{number}/pictures": .signedIn,
        "POST /conversations/{number}/shelf": .signedIn,
        "POST /count": .signedIn,
        "POST /health/alerts": .owners,
        "GET /health/log": .owners,
        "GET /health/log/events": .owners,
        "GET /health/parts": .owners,
        "POST /health/parts": .owners,
        "GET /health/queues": .owners,
        "POST /health/queues": .owners,
        "GET /health/queues/receipts/{id}": .owners,
        "GET /health/support": .owners,
        "GET /held": .signedIn,
        "POST /held/{id}": .signedIn,
        "GET /lines": .signedIn,
        "GET /lines/new": .owners,
        "POST /lines/new/at": .owners,
        "GET /lines/new/fossify": .owners,
        "POST /lines/new/fossify": .owners,
        "GET /lines/new/hilink": .owners,
        "POST /lines/new/hilink": .owners,
        "POST /lines/new/look": .owners,
        "GET /lines/new/modem": .owners,
        "POST /lines/new/modem": .owners,
        "GET /lines/new/sms-gate": .owners,
        "POST /lines/new/sms-gate": .owners,
        "GET /lines/new/httpsms": .owners,
        "POST /lines/new/httpsms": .owners,
        "GET /lines/new/twilio": .owners,
        "POST /lines/new/twilio": .owners,
        "GET /lines/new/telnyx": .owners,
        "POST /lines/new/telnyx": .owners,
        "GET /lines/new/voipms": .owners,
        "POST /lines/new/voipms": .owners,
        "GET /lines/new/vonage": .owners,
        "POST /lines/new/vonage": .owners,
        "GET /lines/new/kannel": .owners,
        "POST /lines/new/kannel": .owners,
        "GET /lines/new/smseagle": .owners,
        "POST /lines/new/smseagle": .owners,
        "GET /lines/new/nowsms": .owners,
        "POST /lines/new/nowsms": .owners,
        "GET /lines/new/yeastar": .owners,
        "POST /lines/new/yeastar": .owners,
        "GET /lines/{line}": .signedIn,
        "POST /lines/{line}/pin": .owners,
        "POST /lines/{line}/restart": .owners,
        "POST /lines/{line}/ussd": .owners,
        "GET /live": .signedIn,
        "GET /manifest/{language}": .anybody,
        "GET /messages/{id}": .signedIn,
        "POST /messages/{id}/again": .signedIn,
        "POST /messages/{id}/doubt": .signedIn,
        "GET /messages/{id}/files/{number}": .signedIn,
        "POST /messages/{id}/withdrawal": .signedIn,
        "GET /new": .signedIn,
        "POST /new": .signedIn,
        "GET /offline": .anybody,
        "GET /people": .owners,
        "POST /people": .owners,
        "GET /people/{name}": .owners,
        "POST /people/{name}/apps": .owners,
        "GET /people/{name}/apps/{id}": .owners,
        "POST /people/{name}/apps/{id}/remove": .owners,
        "POST /people/{name}/console": .owners,
        "POST /people/{name}/console/remove": .owners,
        "POST /people/{name}/devices/forget": .owners,
        "POST /people/{name}/lines": .owners,
        "POST /people/{name}/password": .owners,
        "POST /people/{name}/remove": .owners,
        "GET /provision/{secret}": .anybody,
        "GET /push": .signedIn,
        "POST /push": .signedIn,
        "POST /push/end": .signedIn,
        "GET /search": .signedIn,
        "GET /settings": .owners,
        "GET /settings/audit": .owners,
        "GET /settings/backup": .owners,
        "POST /settings/backup": .owners,
        "GET /settings/backup/file": .owners,
        "GET /settings/moving": .owners,
        "GET /settings/moving/export": .owners,
        "POST /settings/moving/import": .owners,
        "GET /settings/tokens": .owners,
        "POST /settings/tokens": .owners,
        "POST /settings/tokens/revoke": .owners,
        "GET /setup": .owners,
        "GET /setup/app": .owners,
        "POST /setup/app": .owners,
        "GET /setup/place": .owners,
        "POST /setup/place": .owners,
        "GET /setup/start": .owners,
        "POST /setup/start": .owners,
        "POST /setup/start/pin": .owners,
        "POST /setup/start/remove": .owners,
        "GET /setup/test": .owners,
        "POST /setup/test": .owners,
        "GET /setup/you": .owners,
        "POST /setup/you": .owners,
        "GET /settings/wireguard": .owners,
        "POST /settings/wireguard": .owners,
        "POST /settings/wireguard/phones": .owners,
        "POST /settings/wireguard/phones/{name}/remove": .owners,
        "POST /settings/wireguard/phones/{name}/renew": .owners,
        "GET /sign-in": .anybody,
        "POST /sign-in": .anybody,
        "POST /sign-in/code": .anybody,
        "POST /sign-in/passkey": .anybody,
        "POST /sign-out": .signedIn,
        "GET /welcome/{secret}": .anybody,
        "POST /welcome/{secret}": .anybody,
        "POST /welcome/{secret}/passkey": .anybody,
        "POST /welcome/{secret}/restore": .anybody,
        "GET /worker.js": .anybody,
        "GET /you": .signedIn,
        "GET /you/apps": .signedIn,
        "GET /you/browsers": .signedIn,
        "POST /you/browsers/end": .signedIn,
        "POST /you/browsers/end-others": .signedIn,
        "GET /you/codes": .signedIn,
        "POST /you/codes/begin": .signedIn,
        "POST /you/codes/off": .signedIn,
        "POST /you/codes/prove": .signedIn,
        "POST /you/codes/recovery": .signedIn,
        "GET /you/confirm": .signedIn,
        "POST /you/confirm": .signedIn,
        "POST /you/confirm/passkey": .signedIn,
        "GET /you/pages": .signedIn,
        "POST /you/pages": .signedIn,
        "GET /you/passkeys": .signedIn,
        "POST /you/passkeys/add": .signedIn,
        "POST /you/passkeys/remove": .signedIn,
        "POST /you/passkeys/rename": .signedIn,
        "POST /you/password": .signedIn,
        "POST /you/time-zone": .signedIn,
    ]

    @Test func `the table has every route, and no other`() async throws {
        let routes = try Browser(try await Bench()).operations.map { "\($0.method.rawValue) \($0.path)" }
        #expect(Set(routes).subtracting(Self.table.keys).sorted() == [])
        #expect(Set(Self.table.keys).subtracting(routes).sorted() == [])
        #expect(Set(routes).count == routes.count)
    }

    private enum Verdict: Equatable { case admitted, toSignIn, refused }

    private func ask(_ route: String, _ browser: Browser, token: String?) async -> Verdict {
        let parts = route.split(separator: " ")
        let path = parts[1].split(separator: "/").map { $0.hasPrefix("{") ? "1" : String($0) }.joined(separator: "/")
        let response: Response
        if parts[0] == "GET" {
            response = await browser.get("/\(path)")
        } else {
            response = await browser.post("/\(path)", ["token": token ?? ""])
        }
        if response.status == 403 { return .refused }
        if response.status == 204, path == "live" { return .toSignIn }
        if response.status == 204, path == "health/log/events" { return browser.isSignedIn ? .refused : .toSignIn }
        let isSentAway = response.status == 303 && (response.location == "/sign-in" || response.location?.hasPrefix("/sign-in?next=") == true)
        return isSentAway ? .toSignIn : .admitted
    }

    @Test(arguments: table.keys.sorted())
    func `each answers to whom it is for`(route: String) async throws {
        let admitted = try #require(Self.table[route])
        let owner = try await Browser(try await Bench()).settle()
        let member = try owner.another(), stranger = try owner.another()
        try await member.settle(as: "bob", role: .member)
        func token(_ browser: Browser, _ page: String) async -> String? { Browser.hidden(in: await browser.get(page).text)["token"] }

        let strangers = await ask(route, stranger, token: await token(stranger, "/sign-in"))
        // A second step without a first is an old page, to whomever.
        if route == "POST /sign-in/code" { return #expect(strangers == .refused) }
        #expect(strangers == (admitted == .anybody ? .admitted : .toSignIn))
        #expect(await ask(route, member, token: await token(member, "/you")) == (admitted == .owners ? .refused : admitted == .anybody ? strangersToo(route) : .admitted))
        #expect(await ask(route, owner, token: await token(owner, "/you")) == (admitted == .anybody ? strangersToo(route) : .admitted))
        // Without its key no form does anything.
        if route.hasPrefix("POST"), admitted != .anybody {
            let other = try owner.another()
            try await other.settle(as: "carol")
            #expect(await ask(route, other, token: nil) == .refused)
        }
    }

    /// A form for strangers wants the key that its own page came with, and that of another page is none.
    private func strangersToo(_ route: String) -> Verdict { route.hasPrefix("POST") ? .refused : .admitted }
}
