import Exchange
import HTTPStack
import HomelineTesting
import Kinds
import Messaging
import Simulator
import Telephony
import Testing

@testable import TrunkHandset

@Suite(.timeLimit(.minutes(10))) struct FossifyTests {
    private static let token = "phone-token", webhookToken = "webhook-token-0123"

    /// A line and its phone, over real HTTP.
    private struct Bench {
        let rig: HandsetRig
        let phone: FossifyPhone
        let trunk: FossifyTrunk
        let post: HandsetPoster

        init(token: String = FossifyTests.token, tooLarge: TooLarge = .refused) async throws {
            rig = try HandsetRig()
            phone = FossifyPhone(token: FossifyTests.token, webhookToken: FossifyTests.webhookToken)
            let url = try #require(WebURL(try await phone.start()))
            var settings = FossifySettings(url: url, token: token, webhookToken: FossifyTests.webhookToken)
            settings.links = tooLarge == .linked ? rig.files : nil
            trunk = FossifyTrunk(settings: settings, context: rig.context)
            post = rig.poster(trunk.made(nil).routes)
        }
    }

    // MARK: - What goes out

    private struct Peer: TrunkPeer {
        let phone: FossifyPhone

        func set(_ mood: PeerMood) async { await phone.set(HandsetMood(rawValue: mood.rawValue) ?? .working) }
        func taken() async -> [TakenText] { await phone.sent.map { TakenText(recipient: $0.number, text: $0.text) } }
    }

    @Test(arguments: TrunkContract.clauses)
    func `it keeps the contract of trunks`(clause: TrunkContract.Clause) async throws {
        let bench = try await Bench()
        try await clause.check(TrunkBench(bench.trunk, Peer(phone: bench.phone)))
        await bench.phone.stop()
    }

    @Test func `what the phone did not get while it was away, it gets when it is back`() async throws {
        let bench = try await Bench()
        let claim = bench.rig.claim([.text("hi")])
        await bench.phone.set(.away)
        let first = await bench.trunk.send(claim, journal: ScriptedJournal())
        guard case .deferred(let failure, nil) = first, failure.cause == .unreachable else {
            Issue.record("\(first)")
            return
        }
        await bench.phone.set(.working)
        let second = await bench.trunk.send(claim, journal: ScriptedJournal())
        guard case .accepted = second else {
            Issue.record("\(second)")
            return
        }
        #expect(await bench.phone.sent.map(\.text) == ["hi"])
    }

    @Test func `pictures leave with their text, each as one line of base64`() async throws {
        let bench = try await Bench()
        let journal = ScriptedJournal()
        let claim = bench.rig.claim([.text("look"), Part(contentType: "text/vcard", octets: SampleFile.contact)], subject: "From Rome")
        guard case .accepted(let reference?) = await bench.trunk.send(claim, journal: journal) else {
            Issue.record("not sent")
            return
        }
        #expect(await bench.phone.sent == [.init(number: "+12025550123", text: "From Rome\nlook", attachments: [SampleFile.contact])])
        #expect(journal.entries == [.willSubmit(0, of: 1), .accepted(0, reference)])
    }

    @Test(arguments: [TooLarge.refused, .linked])
    func `a file that the carrier does not take is refused, or goes as a link in a text`(wish: TooLarge) async throws {
        let bench = try await Bench(tooLarge: wish)
        let journal = ScriptedJournal()
        let outcome = await bench.trunk.send(bench.rig.claim([.text("All of it"), HandsetRig.archive]), journal: journal)
        switch wish {
        case .refused:
            guard case .failed(let failure) = outcome else { Issue.record("\(outcome)"); return }
            #expect(failure.cause == .refused)
            #expect(await bench.phone.sent.isEmpty)
        case .linked:
            let sent = try #require(await bench.phone.sent.first)
            #expect(sent.attachments.isEmpty && sent.text.hasPrefix("All of it\nholiday.zip (400 kB): https://home.example/files/"))
            #expect(journal.changes.first?.hasPrefix("A file goes as a link.") == true)
        }
    }

    @Test func `a subject without files leaves as a text`() {
        let request = FossifyRequest(to: .number("+12025550123"), [FittedPart(mediaType: "text/plain", octets: Array("words".utf8))], subject: "Heading")
        #expect(request.path == "/send_sms" && request.json["message"]?.text == "Heading\nwords" && request.json["attachments"] == nil)
    }

    @Test func `a wrong token costs no message`() async throws {
        let bench = try await Bench(token: "another")
        guard case .deferred(let failure, _) = await bench.trunk.send(bench.rig.claim([.text("x")]), journal: ScriptedJournal()) else {
            Issue.record("given up")
            return
        }
        #expect(failure.cause == .http(401))
        #expect(await bench.phone.sent.isEmpty)
        #expect(await FossifyHealth(settings: bench.trunk.settings, client: bench.rig.client).look() == .troubled("The phone at 127.0.0.1 refuses the token of token-file."))
    }

    /// 71 Cyrillic letters fit no single text, and the phone would not cut them.
    @Test(arguments: [
        (String(repeating: "a", count: 160), 160), (String(repeating: "д", count: 70), 70), (String(repeating: "д", count: 71), 161),
        (String(repeating: "д", count: 161), 161), (String(repeating: "a", count: 150) + "€€€€€€", 161), (String(repeating: "a", count: 150) + "€", 151),
    ])
    func `what the phone would drop is made long enough to be cut`(text: String, units: Int) {
        let whole = FossifyRequest.whole(text)
        #expect(whole.utf16.count == units)
        #expect(whole.hasPrefix(text) && whole.dropFirst(text.count).allSatisfy { $0 == " " })
    }

    // MARK: - What comes in

    @Test func `a text is told delivered when it is durable`() async throws {
        let bench = try await Bench()
        let answer = await bench.phone.receive(from: "+12025550199", "Running late", through: bench.post)
        #expect(answer == HandsetPostAnswer(status: 200, body: #"{"status":"delivered"}"#))
        #expect(try await bench.rig.messages() == [HandedMessage(from: "+12025550199", text: "Running late", sentAt: Instant(milliseconds: 1_790_000_001_000))])
    }

    @Test func `pictures and films are told by their octets`() async throws {
        let bench = try await Bench()
        let files = [SampleFile.jpeg, SampleFile.png, SampleFile.film, SampleFile.voice, SampleFile.contact, [1, 2, 3]]
        await bench.phone.receive(from: "+12025550199", "look", attachments: files, through: bench.post)
        let parts = try #require(try await bench.rig.messages().first?.parts)
        #expect(parts.map(\.mediaType) == ["text/plain", "image/jpeg", "image/png", "video/mp4", "audio/amr", "text/vcard", "application/octet-stream"])
        #expect(parts.dropFirst().map(\.content) == files.map { .inline($0) })
    }

    @Test func `a post that comes again is one message, an equal text at another time is two`() async throws {
        let bench = try await Bench()
        let event = await bench.phone.event(from: "+12025550199", "Yes", at: 1_790_000_000_123)
        for _ in 0..<3 { #expect(await bench.post(event)?.status == 200) }
        #expect(try await bench.rig.messages().count == 1)
        _ = await bench.post(await bench.phone.event(from: "+12025550199", "Yes", at: 1_790_000_000_124))
        #expect(try await bench.rig.messages().count == 2)
    }

    @Test func `without a time, two equal posts are two messages`() async throws {
        let bench = try await Bench()
        let post = bare(#"{"from":"+12025550199","text":"Yes"}"#)
        for _ in 0..<2 { #expect(await bench.post(post)?.status == 200) }
        #expect(try await bench.rig.messages().map(\.parts) == [[.text("Yes")], [.text("Yes")]])
    }

    @Test(arguments: [
        #"{"phoneNumber":"+12025550199","message":"hi","receivedAt":1790000000123}"#,
        #"{"from":"+12025550199","text":"hi","timestamp":"2026-09-21T14:13:20.123Z"}"#,
        #"{"from":"+12025550199","message":"hi","type":"sms","timestamp":"2026-09-21T16:13:20.123+02:00","attachments":null}"#,
        #"{"phoneNumber":"+12025550199","from":"x","text":"hi","receivedAt":"1790000000123","extra":{"a":[1,2]}}"#,
    ])
    func `all spellings of a post mean the same`(body: String) async throws {
        let bench = try await Bench()
        #expect(await bench.post(bare(body))?.status == 200)
        #expect(try await bench.rig.messages() == [HandedMessage(from: "+12025550199", text: "hi", sentAt: Instant(milliseconds: 1_790_000_000_123))])
    }

    @Test func `what cannot be read is said in its place, and the rest arrives`() async throws {
        let bench = try await Bench()
        #expect(await bench.post(bare(#"{"from":"1","text":"hi","attachments":["*!*", 7, "AQID"]}"#))?.status == 200)
        let parts = try await bench.rig.messages().first?.parts
        let note = Part.text("[An attachment could not be read]")
        #expect(parts == [.text("hi"), note, note, Part(contentType: "application/octet-stream", octets: [1, 2, 3])])
    }

    @Test(arguments: [
        (#"{"message":"hi"}"#, 400, #"{"error":"No phone number"}"#),
        (#"{"phoneNumber":null,"from":"+12025550199","message":"hi"}"#, 400, #"{"error":"No phone number"}"#),
        (#"{"phoneNumber":"  "}"#, 400, #"{"error":"No phone number"}"#),
        ("[]", 400, #"{"error":"An object is expected"}"#),
        ("not JSON", 400, #"{"error":"Not valid JSON at octet 1: a value expected"}"#),
    ])
    func `what is no message is refused in the phone's own shapes`(body: String, status: Int, answer: String) async throws {
        let bench = try await Bench()
        #expect(await bench.post(bare(body)) == HandsetPostAnswer(status: status, body: answer))
        #expect(try await bench.rig.handed().isEmpty)
    }

    @Test func `a stranger is refused, and made to wait when he guesses`() async throws {
        let bench = try await Bench()
        for authorization in ["", "Bearer", "Bearer wrong", "Basic \(Self.webhookToken)", "Bearer \(Self.webhookToken)x"] {
            let answer = await bench.post(HandsetPost(path: FossifySettings.path, headers: ["Authorization": authorization], body: Array("{}".utf8)))
            #expect(answer == HandsetPostAnswer(status: 401, body: #"{"error":"Unauthorized"}"#))
        }
        var statuses: [Int?] = []
        for _ in 0..<8 { statuses.append(await bench.post(HandsetPost(path: FossifySettings.path, headers: ["Authorization": "Bearer guess"], body: []))?.status) }
        #expect(statuses.last == 429)
        // Who knows the secret passes from the same place all the same.
        #expect(await bench.post(bare(#"{"from":"+12025550199","text":"hi"}"#))?.status == 200)
    }

    private func bare(_ body: String) -> HandsetPost {
        HandsetPost(path: FossifySettings.path, headers: ["Authorization": "Bearer \(Self.webhookToken)"], body: Array(body.utf8))
    }

    // MARK: - Away for a day

    @Test func `a phone that is away for a day loses nothing that leaves, and its owner is told`() async throws {
        let bench = try await Bench()
        let rig = bench.rig
        await bench.phone.set(.away)
        let watching = Task { await bench.trunk.watch.run() }
        while bench.trunk.watch.obstacle == nil { await Task.yield() }
        guard case .deferred(let failure, let until) = await bench.trunk.send(rig.claim([.text("x")]), journal: ScriptedJournal()) else {
            Issue.record("not kept")
            return
        }
        #expect(failure.cause == .unreachable && until == .distantFuture)
        for _ in 0..<48 where rig.notices.all.isEmpty {
            while rig.pauses.waits.isEmpty { await Task.yield() }
            rig.pauses.advance(by: .seconds(1800))
        }
        while rig.notices.all.isEmpty { await Task.yield() }
        #expect(rig.notices.all.first?.hasPrefix("The phone of the line home has not been answering for ") == true)
        await bench.phone.set(.working)
        bench.trunk.watch.lookNow()
        while bench.trunk.watch.obstacle != nil { await Task.yield() }
        while rig.notices.all.count < 2 { await Task.yield() }
        guard case .accepted = await bench.trunk.send(rig.claim([.text("x")]), journal: ScriptedJournal()) else {
            Issue.record("not sent")
            return
        }
        watching.cancel()
        await watching.value
        #expect(bench.trunk.watch.health.state == .working)
    }
}
