import Crypto
import Exchange
import HTTPStack
import HomelineTesting
import Kinds
import Messaging
import Simulator
import Telephony
import Testing

@testable import TrunkHandset

@Suite(.timeLimit(.minutes(10))) struct HTTPSMSTests {
    private static let key = "api-key-0123", signingKey = "signing-key-01234567", number = "+12025550147"

    /// A line and its server, over real HTTP; what the server tells goes to the line's own routes.
    private struct Bench {
        let rig: HandsetRig
        let server: HTTPSMSServer
        let trunk: HTTPSMSTrunk
        let post: HandsetPoster
        let switchboard = Switchboard()
        let url: String

        init(key: String = HTTPSMSTests.key, tooLarge: TooLarge = .refused) async throws {
            rig = try HandsetRig()
            let clock = rig.clock
            let switchboard = switchboard
            server = HTTPSMSServer(
                number: HTTPSMSTests.number, key: HTTPSMSTests.key, webhookPath: "/webhook/httpsms/home", token: { HTTPSMSTests.token(at: $0) },
                now: { clock.now().milliseconds }, post: { await switchboard.post($0) })
            url = try await server.start()
            var settings = HTTPSMSSettings(
                url: try #require(WebURL(url)), key: key, signingKey: HTTPSMSTests.signingKey, number: HTTPSMSTests.number)
            // A busy machine takes longer than any server waits.
            settings.patience = .seconds(120)
            settings.links = tooLarge == .linked ? rig.files : nil
            trunk = HTTPSMSTrunk(settings: settings, context: rig.context)
            post = rig.poster(trunk.made(nil).routes)
            switchboard.connect(post)
        }
    }

    /// As the server makes them: ten minutes to either side.
    private static func token(at seconds: Int64, algorithm: String = "HS256", key: String = signingKey) -> String {
        let head = base64url(Array(#"{"alg":"\#(algorithm)","typ":"JWT"}"#.utf8))
        let claims = base64url(Array(#"{"aud":["x"],"exp":\#(seconds + 600),"iat":\#(seconds),"iss":"api.httpsms.com","nbf":\#(seconds - 600),"sub":"u"}"#.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(head).\(claims)".utf8), using: SymmetricKey(data: Array(key.utf8)))
        return "\(head).\(claims).\(base64url(Array(code)))"
    }

    private static func base64url(_ octets: [UInt8]) -> String {
        HandsetBase64.encode(octets).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private struct Peer: TrunkPeer {
        let server: HTTPSMSServer

        func set(_ mood: PeerMood) async { await server.set(HandsetMood(rawValue: mood.rawValue) ?? .working) }
        func taken() async -> [TakenText] { await server.sent.map { TakenText(recipient: $0.number, text: $0.text) } }
    }

    /// A lost answer is looked for in the server's list, so that it is no doubt: the clause for that is ours.
    @Test(arguments: TrunkContract.clauses(without: [.losingAnswers]))
    func `it keeps the contract of trunks`(clause: TrunkContract.Clause) async throws {
        let bench = try await Bench()
        try await clause.check(TrunkBench(bench.trunk, Peer(server: bench.server)))
        await bench.server.stop()
    }

    @Test func `a lost answer is found in the server's list`() async throws {
        let bench = try await Bench()
        await bench.server.set(.losingAnswers)
        let journal = ScriptedJournal()
        let outcome = await bench.trunk.send(bench.rig.claim([.text("hi")]), journal: journal)
        let id = try #require(await bench.server.sent.first?.id)
        #expect(outcome == .accepted(reference: id))
        #expect(journal.entries == [.willSubmit(0, of: 1), .accepted(0, id)])
        #expect(await bench.server.sent.count == 1)
    }

    @Test func `what the server has from an earlier attempt is not sent again, unless it was given up`() async throws {
        let bench = try await Bench()
        let first = bench.rig.claim([.text("hi")])
        guard case .inDoubt = await bench.trunk.send(first, journal: ScriptedJournal(.afterAcceptance)) else {
            Issue.record("no doubt")
            return
        }
        let id = try #require(await bench.server.sent.first?.id)
        let journal = ScriptedJournal()
        #expect(await bench.trunk.send(again(first, 2), journal: journal) == .accepted(reference: id))
        #expect(journal.entries == [.willSubmit(0, of: 1), .accepted(0, id)])
        #expect(await bench.server.sent.count == 1)
        await bench.server.settleUntold(id, "failed")
        guard case .accepted(let other?) = await bench.trunk.send(again(first, 3), journal: ScriptedJournal()) else {
            Issue.record("not sent")
            return
        }
        let sent = await bench.server.sent
        #expect(sent.map(\.id) == [id, other])
    }

    @Test func `a text that expired after an attempt in vain was sent where the server's list has it, and is not sent any more`() async throws {
        let bench = try await Bench()
        let claim = bench.rig.claim([.text("hi")])
        #expect(await bench.trunk.settle(again(claim, 2), journal: ScriptedJournal()) == nil)
        _ = await bench.trunk.send(claim, journal: ScriptedJournal(.afterAcceptance))
        let id = try #require(await bench.server.sent.first?.id)
        #expect(await bench.trunk.settle(again(claim, 2), journal: ScriptedJournal()) == .accepted(reference: id))
        #expect(await bench.server.sent.count == 1)
    }

    private func again(_ claim: Claim, _ number: Int) -> Claim {
        let attempt = Attempt(id: claim.attempt.id, delivery: claim.delivery.id, number: number, openedAt: claim.attempt.openedAt)
        return Claim(
            delivery: claim.delivery, attempt: attempt, queue: claim.queue, message: claim.message, messageNumber: claim.messageNumber, acceptedSegments: [:])
    }

    @Test func `pictures are fetched from us by who was given their address, and by nobody else`() async throws {
        let bench = try await Bench()
        guard case .accepted = await bench.trunk.send(bench.rig.claim([Part(contentType: "text/vcard", octets: SampleFile.contact)]), journal: ScriptedJournal()) else {
            Issue.record("not sent")
            return
        }
        let sent = try #require(await bench.server.sent.first)
        #expect(sent.text == "\u{200B}" && sent.files.count == 1)
        let address = try #require(sent.files.first)
        #expect(address.hasPrefix("https://home.example/files/") && address.hasSuffix(".vcf"))
        let path = String(address.dropFirst("https://home.example".count))
        let routes = try #require(bench.rig.files).routes
        #expect(await bench.rig.fetch(path, routes) == SampleFile.contact)
        #expect(await bench.rig.fetch(path.replacing("/files/m.", with: "/files/m.f"), routes) == nil)
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
            #expect(await bench.server.sent.isEmpty)
        case .linked:
            let sent = try #require(await bench.server.sent.first)
            #expect(sent.files.isEmpty && sent.text.hasPrefix("All of it\nholiday.zip (400 kB): https://home.example/files/"))
            #expect(journal.changes.first?.hasPrefix("A file goes as a link.") == true)
        }
    }

    @Test func `what is too long for the server is refused with a reason`() async throws {
        let bench = try await Bench()
        let outcome = await bench.trunk.send(bench.rig.claim([.text(String(repeating: "x", count: 2049))]), journal: ScriptedJournal())
        #expect(outcome == .failed(Failure(.refused, "httpSMS takes 2048 characters in one message")))
    }

    @Test(arguments: [
        (402, #"{"message":"You have reached the maximum"}"#, true), (422, #"{"data":{"from":["no phone found"]}}"#, true), (401, "{}", true), (500, "", true),
        (422, #"{"data":{"to":["no number"]}}"#, false), (400, "[]", false),
    ])
    func `what the owner can put right costs no message`(status: Int, body: String, isLater: Bool) {
        let verdict = HTTPSMSAnswer(OutgoingAnswer(status: status, body: Array(body.utf8))).verdict
        if case .later = verdict { #expect(isLater) } else { #expect(!isLater) }
    }

    // MARK: - What comes in

    @Test func `a text and its files arrive once, however often they are told`() async throws {
        let bench = try await Bench()
        await bench.server.keep(SampleFile.jpeg, at: "/v1/attachments/u/m/0/photo.jpg")
        let id = await bench.server.receive(from: "+12025550199", "look", files: ["\(bench.url)/v1/attachments/u/m/0/photo.jpg"])
        let expected = HandedMessage(
            from: "+12025550199", parts: [.text("look"), Part(contentType: "image/jpeg", octets: SampleFile.jpeg, name: "photo.jpg")], sentAt: bench.rig.clock.now())
        #expect(try await bench.rig.messages() == [expected])
        #expect(await bench.server.dropped == 0 && !id.isEmpty)
        await bench.trunk.catchUp.look()
        #expect(try await bench.rig.messages() == [expected])
    }

    @Test func `files beyond the limit are missed in so many words`() async throws {
        let client = GuardedClient(policy: ClientPolicy(allowedHosts: []))
        let files = [String](repeating: "file:///x", count: HTTPSMSAttachments.fileLimit + 2)
        let whole = try await HTTPSMSAttachments(client: client).complete(HandedMessage(from: "1", text: "look"), files, timeout: .seconds(1))
        await client.close()
        #expect(whole.parts.count == 1 + HTTPSMSAttachments.fileLimit + 1)
    }

    @Test func `a file that is gone from the server makes no second message`() async throws {
        let bench = try await Bench()
        let path = "/v1/attachments/u/m/0/photo.jpg"
        await bench.server.keep(SampleFile.jpeg, at: path)
        await bench.server.receive(from: "+12025550199", "look", files: ["\(bench.url)\(path)"])
        await bench.server.forget(path)
        #expect(await bench.trunk.catchUp.look())
        // The next process reads the whole list anew.
        let next = HTTPSMSTrunk(settings: bench.trunk.settings, context: bench.rig.context)
        #expect(await next.catchUp.look())
        #expect(try await bench.rig.messages().map(\.parts) == [[.text("look"), Part(contentType: "image/jpeg", octets: SampleFile.jpeg, name: "photo.jpg")]])
    }

    @Test func `a file that cannot be fetched holds its message up for an hour, and nobody else's`() async throws {
        let bench = try await Bench()
        #expect(await bench.trunk.catchUp.look())
        bench.rig.clock.advance(by: .seconds(60))
        await bench.server.receiveUntold(from: "+12025550188", "your code")
        bench.rig.clock.advance(by: .seconds(1))
        await bench.server.receiveUntold(from: "+12025550199", "look", files: ["http://127.0.0.1:1/photo.jpg"])
        #expect(await !bench.trunk.catchUp.look())
        #expect(try await bench.rig.messages().map(\.parts) == [[.text("your code")]])
        bench.rig.clock.advance(by: .seconds(3600))
        #expect(await bench.trunk.catchUp.look())
        let note = Part.text("[A file could not be fetched from the phone's server]")
        #expect(try await bench.rig.messages().map(\.parts) == [[.text("your code")], [.text("look"), note]])
    }

    @Test func `a clock that was set back makes nobody wait longer for a file`() async throws {
        let bench = try await Bench()
        #expect(await bench.trunk.catchUp.look())
        bench.rig.clock.advance(by: .seconds(60))
        await bench.server.receiveUntold(from: "+12025550199", "look", files: ["http://127.0.0.1:1/photo.jpg"])
        #expect(await !bench.trunk.catchUp.look())
        bench.rig.clock.advance(by: .seconds(-86_400))
        #expect(await !bench.trunk.catchUp.look())
        bench.rig.clock.advance(by: .seconds(3600))
        #expect(await bench.trunk.catchUp.look())
        #expect(try await bench.rig.messages().map(\.parts.count) == [2])
    }

    @Test func `what is fetched is remembered for a month, and not for ever`() throws {
        let directory = try TemporaryDirectory()
        let now = Instant(seconds: 1_800_000_000)
        let fetched = HTTPSMSFetched(directory: directory.path)
        fetched.note("old", at: now)
        fetched.note("older", at: now - .seconds(86_400))
        #expect(HTTPSMSFetched(directory: directory.path).has("old"))
        fetched.note("new", at: now + .seconds(29 * 86_400 + 1))
        let known = ["old", "older", "new"].map { HTTPSMSFetched(directory: directory.path).has($0) }
        #expect(known == [true, false, true])
    }

    @Test func `a file on an address inside is not fetched`() async throws {
        let bench = try await Bench()
        await bench.server.receive(from: "+12025550199", "look", files: ["http://169.254.169.254/latest", "file:///etc/passwd", "http://localhost:1/x"])
        let note = Part.text("[A file could not be fetched from the phone's server]")
        #expect(try await bench.rig.messages().first?.parts == [.text("look"), note, note, note])
    }

    @Test func `what the webhook missed is found in the list`() async throws {
        let bench = try await Bench()
        await bench.trunk.catchUp.look()
        bench.rig.clock.advance(by: .seconds(60))
        bench.switchboard.cut()
        await bench.server.receive(from: "+12025550199", "one")
        bench.rig.clock.advance(by: .seconds(1))
        for number in 0..<45 { await bench.server.receiveUntold(from: "+1202555\(1000 + number)", "from many") }
        let claim = bench.rig.claim([.text("hi")])
        guard case .accepted(let reference?) = await bench.trunk.send(claim, journal: ScriptedJournal()) else {
            Issue.record("not sent")
            return
        }
        await bench.server.settleUntold(reference, "delivered")
        bench.rig.clock.advance(by: .seconds(86_400))
        bench.trunk.catchUp.hurry()
        #expect(await bench.trunk.catchUp.look())
        #expect(try await bench.rig.messages().count == 46)
        #expect(try await bench.rig.reports() == [HandedReport(reference: reference, recipient: "+12025550123", fate: .delivered)])
        #expect(await bench.server.dropped == 1)
    }

    @Test func `what becomes of a message is told`() async throws {
        let bench = try await Bench()
        var references: [String] = []
        for text in ["a", "b", "c", "d"] {
            guard case .accepted(let reference?) = await bench.trunk.send(bench.rig.claim([.text(text)]), journal: ScriptedJournal()) else { return }
            references.append(reference)
        }
        await bench.server.deliver(references[0])
        await bench.server.fail(references[1], "GENERIC_FAILURE")
        await bench.server.expire(references[2], isFinal: false)
        await bench.server.expire(references[3], isFinal: true)
        let reports = try await bench.rig.reports()
        #expect(reports.map(\.reference) == [references[0], references[1], references[3]])
        #expect(reports.map(\.fate) == [.delivered, .failed(code: 0x63), .failed(code: 0x46)])
        #expect(reports.map(\.detail) == ["", "GENERIC_FAILURE", "the phone did not fetch it in time"])
    }

    @Test func `only events with a token of our key and of now are taken`() async throws {
        let bench = try await Bench()
        let event = await bench.server.event(of: "m1", from: "+12025550199", "hi")
        func post(_ token: String) async -> Int? {
            await bench.post(HandsetPost(path: event.path, headers: ["Authorization": token], body: event.body))?.status
        }
        let now: Int64 = 1_800_000_000
        #expect(await post("Bearer \(Self.token(at: now, key: "another-key-of-length"))") == 401)
        #expect(await post("Bearer \(Self.token(at: now, algorithm: "none"))") == 401)
        #expect(await post("Bearer \(Self.token(at: now - 86_400))") == 401)
        #expect(await post("Bearer \(Self.token(at: now + 86_400))") == 401)
        for token in ["", "Bearer", "Bearer a.b.c", "Bearer ..", "Bearer \(Self.token(at: now).dropLast(4))"] { #expect(await post(token) == 401) }
        #expect(try await bench.rig.handed().isEmpty)
        bench.rig.clock.advance(by: .seconds(600))
        #expect(await post("Bearer \(Self.token(at: now + 600))") == 200)
    }

    @Test func `another phone of the account is not ours`() async throws {
        let bench = try await Bench()
        let body = #"{"type":"message.phone.received","data":{"owner":"+12025550000","message_id":"m","contact":"+1","content":"x"}}"#
        let post = HandsetPost(path: "/webhook/httpsms/home", headers: ["Authorization": "Bearer \(Self.token(at: 1_800_000_000))"], body: Array(body.utf8))
        #expect(await bench.post(post)?.status == 200)
        #expect(try await bench.rig.handed().isEmpty)
    }

    @Test func `a wrong key costs no message, and is told`() async throws {
        let bench = try await Bench(key: "another-key")
        guard case .deferred(let failure, _) = await bench.trunk.send(bench.rig.claim([.text("x")]), journal: ScriptedJournal()) else {
            Issue.record("given up")
            return
        }
        #expect(failure.cause == .http(401))
        #expect(await bench.server.sent.isEmpty)
        let look = HTTPSMSLook(api: HTTPSMSAPI(settings: bench.trunk.settings, client: bench.rig.client), clock: bench.rig.clock)
        guard case .troubled(let sentence) = await look.look() else {
            Issue.record("not told")
            return
        }
        #expect(!sentence.contains("another-key"))
    }

    @Test func `an event that is told again is one message, an equal text a second later is two`() async throws {
        let bench = try await Bench()
        let event = await bench.server.event(of: "m1", from: "+12025550199", "Yes"), other = await bench.server.event(of: "m2", from: "+12025550199", "Yes")
        for post in [event, event, other] { #expect(await bench.post(post)?.status == 200) }
        #expect(try await bench.rig.messages().map(\.parts) == [[.text("Yes")], [.text("Yes")]])
    }

    @Test func `a phone that its server has not heard of is told`() async throws {
        let bench = try await Bench()
        let look = HTTPSMSLook(api: HTTPSMSAPI(settings: bench.trunk.settings, client: bench.rig.client), clock: bench.rig.clock)
        #expect(await look.look() == .present("The server at 127.0.0.1 answers, and has heard of the phone."))
        bench.rig.clock.advance(by: .seconds(7200))
        #expect(await look.look() == .troubled("The server at 127.0.0.1 has not heard of the phone for 120 minutes. What is to be sent waits there."))
        await bench.server.set(.away)
        if case .away = await look.look() {} else { Issue.record("not away") }
    }
}
