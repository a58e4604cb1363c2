import Exchange
import HTTPStack
import HomelineTesting
import Messaging
import Simulator
import Telephony
import Testing

@testable import TrunkHandset

@Suite(.timeLimit(.minutes(10))) struct SMSGateTests {
    private struct Peer: TrunkPeer {
        let app: SMSGateApp

        func set(_ mood: PeerMood) async { await app.set(HandsetMood(rawValue: mood.rawValue) ?? .working) }
        func taken() async -> [TakenText] { await app.sent.map { TakenText(recipient: $0.number, text: $0.text) } }
    }

    @Test(arguments: TrunkContract.clauses)
    func `it keeps the contract of trunks`(clause: TrunkContract.Clause) async throws {
        let bench = try await SMSGateBench()
        try await clause.check(TrunkBench(bench.trunk, Peer(app: bench.app)))
        await bench.stop()
    }

    // MARK: - Settings

    @Test(arguments: [
        ("http://192.168.1.20:8080", SMSGateSettings.Place.phone, "http://192.168.1.20:8080/"),
        ("https://api.sms-gate.app", .server, "https://api.sms-gate.app/3rdparty/v1"),
        ("https://sms.example/api/3rdparty/v1", .server, "https://sms.example/api/3rdparty/v1"),
    ])
    func `the URL tells a phone from a server`(url: String, place: SMSGateSettings.Place, base: String) throws {
        let address = try #require(WebURL(url))
        let settings = try #require(SMSGateSettings(url: address, user: "u", password: "p", signingKey: "k"))
        #expect(settings.place == place && settings.url.description == base)
    }

    // MARK: - What goes out

    @Test func `a message bears the delivery's name, its SIM and its time to live`() async throws {
        let bench = try await SMSGateBench(sim: 2)
        let claim = bench.rig.claim([.text(String(repeating: "x", count: 200))], lifetime: .seconds(600))
        let journal = ScriptedJournal()
        let reference = "\(claim.delivery.id)-2-2"
        #expect(await bench.trunk.send(claim, journal: journal) == .accepted(reference: reference))
        let sent = try #require(await bench.app.sent.first)
        #expect(sent.id == reference && sent.sim == 2 && sent.ttl == 600)
        #expect(journal.entries == [.willSubmit(0, of: 2), .willSubmit(1, of: 2), .accepted(0, reference), .accepted(1, reference)])
    }

    @Test func `a small file leaves as a data SMS where a port for it is named`() async throws {
        let bench = try await SMSGateBench(dataPort: 53739)
        let octets = (0..<133).map { UInt8($0) }
        let kept = try await bench.rig.context.media.keep(octets)
        for part in [Part(contentType: "application/octet-stream", octets: octets), Part(contentType: "application/octet-stream", content: .stored(kept))] {
            let claim = bench.rig.claim([part]), journal = ScriptedJournal()
            #expect(await bench.trunk.send(claim, journal: journal) == .accepted(reference: "\(claim.delivery.id)-1"))
            let sent = try #require(await bench.app.sent.last)
            #expect(sent.data.map(Array.init) == octets && sent.port == 53739 && sent.text.isEmpty)
            #expect(journal.entries.first == .willSubmit(0, of: 1))
        }
        _ = try await bench.sent("a text as ever")
        let large = Part(contentType: "application/octet-stream", octets: octets + [0])
        for parts in [[large], [Part(contentType: "application/octet-stream", octets: octets), .text("and words")]] {
            guard case .failed(let failure) = await bench.trunk.send(bench.rig.claim(parts), journal: ScriptedJournal()) else {
                Issue.record("taken")
                continue
            }
            #expect(failure.cause == .refused && failure.sentence.contains("133 octets"))
        }
        #expect(await bench.app.sent.count == 3)
        await bench.stop()
    }

    @Test func `pictures are refused with a reason`() async throws {
        let bench = try await SMSGateBench()
        guard case .failed(let failure) = await bench.trunk.send(bench.rig.claim([.handed(SampleFile.jpeg)]), journal: ScriptedJournal()) else {
            Issue.record("taken")
            return
        }
        #expect(failure.cause == .refused)
    }

    // MARK: - Webhooks

    @Test func `webhooks are registered once, and again when they are gone`() async throws {
        let bench = try await SMSGateBench()
        let look = SMSGateLook(api: SMSGateAPI(settings: bench.trunk.settings, client: bench.rig.client), context: bench.rig.context)
        #expect(await look.look() == .present("The phone at 127.0.0.1 answers."))
        let hooks = await bench.app.hooks
        #expect(Set(hooks.map(\.event)) == Set(SMSGateEvent.names))
        #expect(hooks.allSatisfy { $0.url == "https://home.example/webhook/sms-gate/home" && ($0.id?.utf8.count ?? 99) <= 36 })
        await bench.app.forgetHooks()
        _ = await look.look()
        #expect(await bench.app.hooks.count == hooks.count && look.areInPlace)
    }

    @Test func `an address that the app refuses is told, and the phone is asked instead`() async throws {
        let bench = try await SMSGateBench(publicURL: "http://10.0.0.1:8080")
        let look = SMSGateLook(api: SMSGateAPI(settings: bench.trunk.settings, client: bench.rig.client), context: bench.rig.context)
        #expect(
            await look.look()
                == .troubled("The app does not take our webhook (400: url must start with https:// or http://127.0.0.1). It is asked for what it received instead."))
        #expect(!look.areInPlace)
    }

    @Test func `a server that has not seen the phone says so`() async throws {
        let bench = try await SMSGateBench(base: "/3rdparty/v1")
        let look = SMSGateLook(api: SMSGateAPI(settings: bench.trunk.settings, client: bench.rig.client), context: bench.rig.context)
        #expect(await look.look() == .present("The phone's server at 127.0.0.1 answers, and has seen the phone."))
        bench.rig.clock.advance(by: .seconds(7200))
        #expect(await look.look() == .troubled("The server at 127.0.0.1 has not seen the phone for 120 minutes. What is to be sent waits there."))
    }

    @Test func `a wrong password is told, and the secret is not`() async throws {
        let bench = try await SMSGateBench(password: "Tr0ub4dor")
        let look = SMSGateLook(api: SMSGateAPI(settings: bench.trunk.settings, client: bench.rig.client), context: bench.rig.context)
        #expect(await look.look() == .troubled("The phone at 127.0.0.1 refuses the user or the password of password-file."))
    }

    // MARK: - What comes in

    private func hooked(sim: Int? = nil) async throws -> SMSGateBench {
        let bench = try await SMSGateBench(sim: sim)
        _ = await SMSGateLook(api: SMSGateAPI(settings: bench.trunk.settings, client: bench.rig.client), context: bench.rig.context).look()
        return bench
    }

    @Test func `texts, data and pictures arrive`() async throws {
        let bench = try await hooked()
        let at: Int64 = 1_800_000_000_000
        await bench.app.receive(SMSGateMessage(.text("Grüezi 😀"), from: "+12025550199", at: at))
        await bench.app.receive(SMSGateMessage(.data([0xDE, 0xAD]), from: "+12025550199", at: at))
        let files = [SMSGateMessage.File("image/jpeg", name: "IMG_1.jpg", octets: SampleFile.jpeg), .init("video/3gpp", octets: nil)]
        await bench.app.receive(SMSGateMessage(.picture(id: 12, body: "look", subject: "Rome", files: files), from: "+12025550199", at: at))
        #expect(await bench.app.untold.isEmpty)
        let sentAt = Instant(milliseconds: at)
        #expect(
            try await bench.rig.messages() == [
                HandedMessage(from: "+12025550199", text: "Grüezi 😀", sentAt: sentAt),
                HandedMessage(from: "+12025550199", parts: [Part(contentType: "application/octet-stream", octets: [0xDE, 0xAD])], sentAt: sentAt),
                HandedMessage(
                    from: "+12025550199",
                    parts: [.text("look"), Part(contentType: "image/jpeg", octets: SampleFile.jpeg, name: "IMG_1.jpg"), .text("[A file stayed on the phone]")],
                    subject: "Rome", sentAt: sentAt),
            ])
    }

    @Test func `an event that is told twice is one message, an equal text a second later is two`() async throws {
        let bench = try await hooked()
        let message = SMSGateMessage(.text("Yes"), from: "+12025550199", at: 1_800_000_000_000)
        // Under two names: as two registrations of ours would tell it.
        for telling in await bench.app.tellings(of: message) + bench.app.tellings(of: message) { #expect(await bench.app.tell(telling)?.status == 200) }
        #expect(try await bench.rig.messages().count == 1)
        await bench.app.receive(SMSGateMessage(.text("Yes"), from: "+12025550199", at: 1_800_000_001_000))
        #expect(try await bench.rig.messages().count == 2)
    }

    @Test func `of a phone with two SIMs each line has its own`() async throws {
        let first = try await hooked(sim: 1)
        let second = try await SMSGateBench(sim: 2, sharing: first)
        for (sim, text) in [(1, "one"), (2, "two"), (nil, "unsaid")] as [(Int?, String)] {
            let tellings = await first.app.tellings(of: SMSGateMessage(.text(text), from: "+12025550199", at: 1_800_000_000_000, sim: sim))
            for telling in tellings {
                let body = HandsetPost(path: "", headers: [:], body: telling.body)
                for bench in [first, second] { #expect(await bench.post(signed(body.body, at: 1_800_000_000))?.status == 200) }
            }
        }
        #expect(try await first.rig.messages().map(\.parts) == [[.text("one")], [.text("unsaid")]])
        #expect(try await second.rig.messages().map(\.parts) == [[.text("two")]])
    }

    @Test func `only what is signed now with our key is taken`() async throws {
        let bench = try await SMSGateBench()
        let body = Array(#"{"id":"1","event":"system:ping","payload":{}}"#.utf8)
        #expect(await bench.post(signed(body, at: 1_800_000_000))?.status == 200)
        #expect(await bench.post(signed(body, at: 1_800_000_000 + 3599))?.status == 200)
        #expect(await bench.post(signed(body, at: 1_800_000_000 - 3601))?.status == 401)
        #expect(await bench.post(signed(body, at: 1_800_000_000, over: body + [0x20]))?.status == 401)
        #expect(await bench.post(HandsetPost(path: "/webhook/sms-gate/home", headers: [:], body: body))?.status == 401)
        #expect(await bench.post(HandsetPost(path: "/webhook/sms-gate/home", headers: ["X-Signature": String(repeating: "z", count: 64), "X-Timestamp": "-9"], body: body))?.status == 401)
    }

    private func signed(_ body: [UInt8], at seconds: Int64, over: [UInt8]? = nil) -> HandsetPost {
        let code = SMSGateBench.code((over ?? body) + Array("\(seconds)".utf8))
        return HandsetPost(path: "/webhook/sms-gate/home", headers: ["X-Signature": lowercaseHex(code), "X-Timestamp": "\(seconds)"], body: body)
    }

    @Test func `a picture that the phone does not fetch is told to its owner`() async throws {
        let bench = try await hooked()
        for sender in ["+12025550199", "+12025550188"] {
            let body = Array(#"{"id":"a","event":"mms:received","payload":{"messageId":"t","sender":"\#(sender)","transactionId":"t","size":9}}"#.utf8)
            #expect(await bench.post(signed(body, at: 1_800_000_000))?.status == 200)
        }
        await bench.app.receive(SMSGateMessage(.picture(id: 3, body: "x", subject: nil, files: []), from: "+12025550199", at: 1_800_000_000_000))
        #expect(try await bench.rig.messages().count == 1)
        bench.rig.clock.advance(by: .seconds(3600))
        let watching = Task { await bench.trunk.watch.run() }
        while bench.rig.notices.all.isEmpty { await Task.yield() }
        watching.cancel()
        await watching.value
        #expect(bench.rig.notices.all.count == 1 && bench.rig.notices.all[0].hasPrefix("A picture message from +12025550188 waits at the carrier"))
    }

    // MARK: - Reports

    @Test func `each text of a message is reported for itself`() async throws {
        let bench = try await hooked()
        let sent = try await bench.sent(String(repeating: "x", count: 200))
        await bench.app.hand(sent.id, parts: 2)
        #expect(try await bench.rig.reports().isEmpty)
        for _ in 0..<2 { await bench.app.deliver(sent.id) }
        let reports = try await bench.rig.reports()
        #expect(reports.count == 2 && reports.allSatisfy { $0.reference == sent.id && $0.fate == .delivered && $0.recipient == "+12025550123" })
    }

    @Test func `where the phone makes fewer texts of it, the others are settled`() async throws {
        let bench = try await hooked()
        let sent = try await bench.sent(String(repeating: "ж", count: 150))
        #expect(sent.id.hasSuffix("-3"))
        await bench.app.hand(sent.id, parts: 1)
        #expect(try await bench.rig.reports().count == 2)
        await bench.app.deliver(sent.id)
        #expect(try await bench.rig.reports().count == 3)
    }

    @Test(arguments: [
        ("Send result: RESULT_ERROR_NO_SERVICE (Failed because service is currently unavailable)", 0x63), ("Delivery result from SC +12025550000: 70", 70),
        ("Delivery result from SC +1: 999", 0x63), ("", 0x63),
    ])
    func `a failure is told with the network's own code where there is one`(words: String, code: Int) async throws {
        let bench = try await hooked()
        let sent = try await bench.sent("hi")
        await bench.app.fail(sent.id, words)
        let report = try #require(try await bench.rig.reports().first)
        #expect(report.fate == .failed(code: code) && report.detail == words && report.reference == sent.id)
    }

    @Test func `reports of messages that are not ours are passed over`() async throws {
        let bench = try await SMSGateBench()
        for id in ["x", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAV-0", "01ARZ3NDEKTSV4RRFFQ69G5FAV-999", "01ARZ3NDEKTSV4RRFFQ69G5FAV-1-2"] {
            let body = Array(#"{"id":"e","event":"sms:delivered","payload":{"messageId":"\#(id)","recipient":"+1"}}"#.utf8)
            #expect(await bench.post(signed(body, at: 1_800_000_000))?.status == 200)
        }
        #expect(try await bench.rig.handed().isEmpty)
    }

    // MARK: - Catching up

    @Test func `what nobody told is found when both are back, and nothing twice`() async throws {
        let bench = try await hooked()
        let catchUp = bench.trunk.catchUp
        // The line begins.
        await catchUp.look()
        let start = bench.rig.clock.now().milliseconds
        bench.rig.clock.advance(by: .seconds(86_400))
        let missed = SMSGateMessage(.text("while we were away"), from: "+12025550199", at: start + 1000)
        bench.switchboard.cut()
        await bench.app.receive(missed)
        await bench.app.receiveUnseen(SMSGateMessage(.text("while the app was off"), from: "Bank", at: start + 2000))
        await bench.app.receiveUnseen(SMSGateMessage(.text("before the line was there"), from: "Bank", at: start - 1000))
        let sent = try await bench.sent("hi")
        await bench.app.deliver(sent.id)
        catchUp.hurry()
        await catchUp.look()
        #expect(try await bench.rig.messages().map(\.parts) == [[.text("while we were away")], [.text("while the app was off")]])
        #expect(try await bench.rig.reports().map(\.fate) == [.delivered])
        // Now the webhooks come through, late.
        bench.switchboard.connect(bench.post)
        await bench.app.flush()
        catchUp.hurry()
        await catchUp.look()
        #expect(await bench.app.untold.isEmpty)
        #expect(try await bench.rig.messages().count == 2)
    }

    @Test func `without webhooks the phone is asked`() async throws {
        let bench = try await SMSGateBench(publicURL: nil)
        await bench.trunk.catchUp.look()
        await bench.app.receive(SMSGateMessage(.text("hi"), from: "+12025550199", at: bench.rig.clock.now().milliseconds))
        bench.rig.clock.advance(by: .seconds(30))
        await bench.trunk.catchUp.look()
        #expect(try await bench.rig.messages().map(\.parts) == [[.text("hi")]])
    }

    @Test func `a preview that is not the whole text is not taken for one`() throws {
        let at = Instant(milliseconds: 1_800_000_000_000)
        let mark = SMSGateMark(sender: "+12025550199", at: at, text: "a long text").mark(subscription: 3)
        #expect(SMSGateMark(sender: "+12025550199", at: at, text: "a long text").explains(mark))
        #expect(!SMSGateMark(sender: "+12025550199", at: at, text: "a long").explains(mark))
        #expect(!SMSGateMark(sender: "+12025550198", at: at, text: "a long text").explains(mark))
        let entry: JSON = [
            "id": .string("text:\(mark)"), "type": "SMS", "sender": "+12025550199", "contentPreview": "a long", "createdAt": .string(at.internetTime),
        ]
        #expect(SMSGateInboxEntry(entry) == nil)
    }

    /// Java's `"+12025550199".hashCode()` and so on, by a Java program's arithmetic done in Python.
    @Test func `texts are named as Java names them`() {
        #expect(SMSGateMark(sender: "a", at: Instant(milliseconds: 0), text: "b").mark(subscription: 0) == 97 * 29791 + 98)
    }
}
