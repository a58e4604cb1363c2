import Exchange
import Foundation
import HTTPStack
import Telephony
import Testing

@testable import EndpointVoIPms

@Suite struct InboundTests {
    private static let picture = Part(contentType: "image/png", octets: [0x89, 0x50, 0x4E, 0x47], name: "a.png")
    private static let ok = OutgoingAnswer(status: 200, body: Array("ok".utf8))

    private static func callback(_ text: String, _ persistence: Target.Persistence = .untilTaken) throws -> Target {
        Target(account: "alice", form: .callback(try #require(CallbackTemplate(text))), persistence: persistence)
    }

    private static func webhook() throws -> Target {
        Target(account: "alice", form: .webhook(try #require(WebURL("https://sms.example.net:38443/mmsgate"))), persistence: .untilTaken)
    }

    private func deliver(_ house: House) async throws -> Outcome { await house.service.deliver(try #require(try await house.claim())) }

    @Test func `a message is told to the callback, every token in its place and escaped`() async throws {
        let template = "https://hooks.example/cb?to={TO}&from={FROM}&message={MESSAGE}&files={MEDIA}&id={ID}&date={TIMESTAMP}&x={OTHER}"
        let house = try House(web: ScriptedWeb { _ in Self.ok }, targets: [Self.callback(template)])
        try await house.receive("Hello & 100% {FROM}", files: [Self.picture])
        #expect(try await deliver(house) == .accepted(reference: nil))
        let request = try #require(house.web.requests.first)
        let query = try Form(query: String(request.url.target.split(separator: "?")[1]))
        #expect(request.method == .get && request.redirects == 0)
        #expect(query["to"] == "5550100999" && query["from"] == "5550100123" && query["message"] == "Hello & 100% {FROM}")
        #expect(query["id"] == "1" && query["date"] == "2026-03-30 10:24:16" && query["x"] == "{OTHER}")
        let files = try #require(query["files"]?.split(separator: ",", omittingEmptySubsequences: false))
        #expect(files.count == 3 && files[0].hasPrefix("https://sms.example.org/files/") && files[1].isEmpty && files[2].isEmpty)
    }

    @Test(arguments: [
        (200, "ok", true), (200, "ok\n", true), (200, "OK", false), (200, "okay", false), (200, "", false), (204, "", false), (500, "ok", false), (302, "ok", false),
    ])
    func `only ok has taken it; all else is called again after half an hour`(status: Int, body: String, isTaken: Bool) async throws {
        let house = try House(web: ScriptedWeb { _ in OutgoingAnswer(status: status, body: Array(body.utf8)) }, targets: [Self.callback("https://hooks.example/?m={MESSAGE}")])
        try await house.receive("hi")
        let outcome = try await deliver(house)
        if isTaken {
            #expect(outcome == .accepted(reference: nil))
        } else {
            guard case .deferred(_, let until) = outcome else { Issue.record("\(outcome)"); return }
            #expect(until == house.clock.now() + .seconds(1800))
            #expect(await house.service.health().state == .impaired)
        }
    }

    @Test(arguments: [Failure(.refused, "the answer of hooks.example is too large"), Failure(.refused, "hooks.example is a private address"), Failure(.timeout, "hooks.example")])
    func `a callback whose answer cannot be had is called again after half an hour`(failure: Failure) async throws {
        let house = try House(web: ScriptedWeb { _ throws(Failure) in throw failure }, targets: [Self.callback("https://hooks.example/?m={MESSAGE}")])
        try await house.receive("hi")
        #expect(try await deliver(house) == .deferred(failure, until: house.clock.now() + .seconds(1800)))
    }

    @Test func `one that is to be called once is called once, whatever it says`() async throws {
        let house = try House(web: ScriptedWeb { _ throws(Failure) in throw Failure(.unreachable, "hooks.example") }, targets: [Self.callback("https://hooks.example/", .once)])
        try await house.receive("hi")
        #expect(try await deliver(house) == .accepted(reference: nil))
        #expect(house.web.requests.count == 1)
    }

    @Test func `the webhook is posted the document that mmsgate reads`() async throws {
        let house = try House(web: ScriptedWeb { _ in Self.ok }, targets: [Self.webhook()])
        try await house.receive("look", files: [Self.picture])
        #expect(try await deliver(house) == .accepted(reference: nil))
        let request = try #require(house.web.requests.first)
        #expect(request.method == .post && request.url.description == "https://sms.example.net:38443/mmsgate")
        let data = try #require(try JSON(decoding: request.body)["data"]), payload = try #require(data["payload"])
        #expect(data["id"] == 1 && data["event_type"] == "message.received" && data["record_type"] == "event")
        #expect(payload["id"] == 1 && payload["type"] == "MMS" && payload["from"]?["phone_number"] == "5550100123")
        #expect(payload["to"]?.elements?.map { $0["phone_number"]?.text } == ["5550100999"] && payload["text"] == "look")
        #expect(payload["media"]?.elements?.count == 1 && payload["media"]?.elements?.first?["url"]?.text?.hasPrefix("https://sms.example.org/files/") == true)
        #expect(payload["received_at"] == "2026-03-30T14:24:16.000000+00:00")
        try await house.receive("text", from: .number("+15550100124"))
        #expect(try await deliver(house) == .accepted(reference: nil))
        let text = try JSON(decoding: try #require(house.web.requests.last).body)["data"]?["payload"]
        #expect(text?["type"] == "SMS" && text?["media"] == [])
    }

    @Test(arguments: [(200, "accepted"), (204, "accepted"), (500, "deferred"), (429, "deferred"), (404, "failed"), (410, "failed")])
    func `a webhook's status says whether it is posted again`(status: Int, expected: String) async throws {
        let house = try House(web: ScriptedWeb { _ in OutgoingAnswer(status: status) }, targets: [Self.webhook()])
        try await house.receive("hi")
        switch try await deliver(house) {
        case .accepted: #expect(expected == "accepted")
        case .deferred(_, nil): #expect(expected == "deferred")
        case .failed: #expect(expected == "failed")
        case .deferred, .inDoubt: Issue.record("neither")
        }
    }

    @Test func `a receiver that is away holds up neither the account's other one nor another account's`() async throws {
        let template = try #require(CallbackTemplate("https://bob.example/?m={MESSAGE}"))
        let bobs = Target(account: "bob", form: .callback(template), persistence: .untilTaken)
        let house = try House(targets: [Self.callback("https://one.example/?m={MESSAGE}"), Self.webhook()], bobs: [bobs])
        house.web.answer { request throws(Failure) in
            guard request.url.host != "one.example" else { throw Failure(.unreachable, "one.example") }
            return Self.ok
        }
        for text in ["1", "2"] { try await house.receive(text) }
        while let claim = try await house.claim() { try await settle(house, claim) }
        let asked = house.web.requests
        #expect(asked.filter { $0.url.host == "one.example" }.map(\.url.target) == ["/?m=1"])
        #expect(asked.filter { $0.url.host == "bob.example" }.map(\.url.target) == ["/?m=1", "/?m=2"])
        #expect(asked.filter { $0.method == .post }.count == 2)
        #expect(await house.service.health().summary.contains("one.example did not take the last message for alice/callback."))
        house.web.answer { _ in Self.ok }
        house.clock.advance(by: VoIPms.callbackPause)
        while let claim = try await house.claim() { try await settle(house, claim) }
        #expect(house.web.requests.dropFirst(asked.count).map(\.url.target) == ["/?m=1", "/?m=2"])
        #expect(await house.service.health().state == .working)
    }

    @Test func `a receiver that is too slow is told again, and holds up nobody meanwhile`() async throws {
        let house = try House(targets: [Self.callback("https://slow.example/?m={MESSAGE}"), Self.webhook()])
        house.web.answer { request throws(Failure) in
            guard request.url.host != "slow.example" else { throw Failure(.timeout, "slow.example") }
            return Self.ok
        }
        for text in ["1", "2"] { try await house.receive(text) }
        while let claim = try await house.claim() { try await settle(house, claim) }
        #expect(house.web.requests.filter { $0.method == .post }.count == 2 && house.web.requests.filter { $0.method == .get }.count == 1)
    }

    @Test func `what was planned before each receiver had its queue is told to all of its line`() async throws {
        let house = try House(web: ScriptedWeb { _ in Self.ok }, targets: [Self.callback("https://one.example/"), Self.webhook()])
        try await house.receive("hi", to: [.endpoint("voipms")])
        #expect(try await deliver(house) == .accepted(reference: nil))
        #expect(house.web.requests.map(\.url.host).sorted() == ["one.example", "sms.example.net"])
    }

    @Test func `a receiver that is no longer in the settings is told nothing and holds up nothing`() async throws {
        let house = try House(web: ScriptedWeb { _ in Self.ok }, targets: [Self.webhook()])
        try await house.receive("hi", to: [.receiver("voipms", "alice/callback")])
        #expect(try await deliver(house) == .accepted(reference: nil))
        #expect(house.web.requests.isEmpty)
    }

    @Test func `a callback that is away for a day is told of everything when it is back, in order`() async throws {
        let away: ScriptedWeb.Script = { _ throws(Failure) in throw Failure(.unreachable, "hooks.example") }
        let house = try House(web: ScriptedWeb(away), targets: [Self.callback("https://hooks.example/?m={MESSAGE}")])
        for text in ["1", "2"] { try await house.receive(text) }
        for _ in 0..<48 {
            try await settle(house, try #require(try await house.claim()))
            #expect(try await house.claim() == nil)
            house.clock.advance(by: .seconds(1800))
        }
        house.web.answer { _ in Self.ok }
        for _ in 0..<2 { try await settle(house, try #require(try await house.claim())) }
        #expect(house.web.requests.count == 50 && house.web.requests.suffix(2).map(\.url.target) == ["/?m=1", "/?m=2"])
        #expect(try await house.claim() == nil)
    }

    /// One try, as a worker makes it.
    private func settle(_ house: House, _ claim: Claim) async throws {
        let now = house.clock.now()
        let result = RetryPolicy().result(of: await house.service.deliver(claim), claim: claim, now: now, fraction: 0)
        try await house.ledger.settle([Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: result, at: now, following: [])])
    }

    @Test func `an account is told of its own lines, and of nothing that it sent`() async throws {
        let house = try House(web: ScriptedWeb { _ in Self.ok }, targets: [Self.webhook()]) { settings in
            let accounts = settings.accounts.map { account in
                Account(name: account.name, username: account.username, person: nil, lines: ["home"], subAccounts: [], targets: account.targets)
            }
            settings = VoIPmsSettings(accounts: accounts, passwords: settings.passwords)
        }
        try await house.receive("other line", line: "work")
        #expect(try await house.claim() == nil)
        let claim = Claim(
            delivery: Delivery(
                id: house.mint.identifier(), message: house.mint.identifier(), destination: .receiver("voipms", "alice/webhook"),
                content: .status(.delivered(.number("+15550100123"), at: house.clock.now())), due: house.clock.now(), expires: house.clock.now()),
            attempt: Attempt(id: house.mint.identifier(), delivery: house.mint.identifier(), number: 1, openedAt: house.clock.now()),
            queue: DeliveryQueue(name: "q"), message: try await house.receive("x"), messageNumber: 2, acceptedSegments: [:])
        #expect(await house.service.deliver(claim) == .accepted(reference: nil))
        #expect(house.web.requests.isEmpty)
    }

    @Test func `an address that an app left is called only where the owner lets it`() async throws {
        for (setting, count) in [(VoIPmsSettings.AppCallbacks.kept, 0), (.called, 1)] {
            let house = try House(apps: ScriptedWeb { _ in Self.ok }) { $0.appCallbacks = setting }
            _ = await house.call("setSMS", ["did": "5550100999", "url_callback_enable": "1", "url_callback": "https://notify.example.org/?did={TO}"])
            try await house.receive("hi")
            // Of both accounts: one's app has left no address.
            while let claim = try await house.claim() { try await settle(house, claim) }
            #expect(house.apps.requests.map(\.url.target) == Array(repeating: "/?did=5550100999", count: count))
            // Never by the way that files in the owner's own network are fetched.
            #expect(house.web.requests.isEmpty)
        }
    }

    /// A house in which alice's app left something before.
    private func another(_ notes: String, password: String) throws -> House {
        try House(apps: ScriptedWeb { _ in Self.ok }, password: password, notes: notes) { $0.appCallbacks = .called }
    }

    /// How often addresses of apps were called by the time that one more message is told.
    private func called(_ house: House) async throws -> Int {
        try await house.receive("hi")
        while let claim = try await house.claim() { try await settle(house, claim) }
        return house.apps.requests.count
    }

    @Test func `an address that an app left ends with the password by which it was left`() async throws {
        let template = "https://notify.example.org/?did={TO}"
        let first = try House(apps: ScriptedWeb { _ in Self.ok }) { $0.appCallbacks = .called }
        _ = await first.call("setSMS", ["did": "5550100999", "url_callback_enable": "1", "url_callback": template])
        let left = try String(contentsOfFile: first.directory + "/alice.json", encoding: .utf8)
        let same = try await called(another(left, password: House.password))
        #expect(same == 1)
        let changed = try another(left, password: "another password")
        let before = try await called(changed)
        let summary = await changed.service.health().summary
        #expect(before == 0 && summary.contains("The address that an app of alice left is not called"))
        _ = await changed.call("setSMS", ["did": "5550100999", "api_password": "another password", "url_callback": template])
        let after = try await called(changed)
        #expect(after == 1)
    }

    @Test func `an address of which nobody wrote down by which password it was left is of the one there is`() async throws {
        let old = #"{"lines":[{"line":"home","callback":"https://notify.example.org/","callbackEnabled":true}]}"#
        let updated = try another(old, password: House.password)
        let before = try await called(updated)
        updated.service.adoptCallbacks()
        let adopted = try String(contentsOfFile: updated.directory + "/alice.json", encoding: .utf8)
        let after = try await called(another(adopted, password: "another password"))
        #expect(before == 1 && after == 0)
    }

    @Test func `a message for the address that an app left waits while that cannot be read`() async throws {
        let house = try House(apps: ScriptedWeb { _ in Self.ok }) { $0.appCallbacks = .called }
        let path = house.directory + "/alice.json"
        try "{\"lines\":[".write(toFile: path, atomically: false, encoding: .utf8)
        try await house.receive("hi", to: [.receiver("voipms", Target.fromApp(of: "alice"))])
        let claim = try #require(try await house.claim())
        let waiting = await house.service.deliver(claim)
        #expect(waiting == .deferred(Failure(.unreachable, "what an app left cannot be read"), until: nil))
        try #"{"lines":[{"line":"home","callback":"https://notify.example.org/?did={TO}","callbackEnabled":true}]}"#
            .write(toFile: path, atomically: false, encoding: .utf8)
        let told = await house.service.deliver(claim)
        #expect(told == .accepted(reference: nil))
        #expect(house.apps.requests.map(\.url.target) == ["/?did=5550100999"])
    }

    @Test(arguments: ["ftp://x/", "https://{TO}.example/", "hooks.example/?{FROM}", "https://u:p@x/"])
    func `what is no address, or one whose host hangs on a message, is no template`(text: String) {
        #expect(CallbackTemplate(text) == nil)
    }

    @Test func `the longest text still makes an address`() throws {
        let template = try #require(CallbackTemplate("https://x.example/?m={MESSAGE}"))
        let url = try #require(template.url(CallbackTemplate.Values(message: String(repeating: "é", count: 20_000))))
        #expect(url.target.utf8.count == 4 + 20_000 * 6)
    }
}
