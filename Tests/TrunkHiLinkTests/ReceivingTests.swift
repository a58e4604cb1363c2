import Exchange
import HomelineTesting
import Messaging
import Simulator
import Store
import Telephony
import Testing

@testable import TrunkHiLink

@Suite(.timeLimit(.minutes(10))) struct ReceivingTests {
    @Test func `a text is recorded, deleted in the router, and its place is free again`() async throws {
        try await Bench.with { bench in
            bench.router.receive(from: "+41791112233", "Grüße 😀 & <3")
            await bench.look()
            #expect(await bench.handovers() == [.message(HandedMessage(from: "+41791112233", text: "Grüße 😀 & <3", sentAt: Instant(seconds: 1_800_000_000)))])
            #expect(bench.router.use { $0.count(1) } == 0)
            #expect(await bench.health.state == .working)
            // The router uses the number again: another text at the same place.
            bench.router.receive(from: "+41791112233", "Grüße 😀 & <3")
            await bench.look()
            #expect(await bench.texts().count == 2)
        }
    }

    @Test func `the same text meant twice arrives twice, at one look and at two`() async throws {
        try await Bench.with { bench in
            for _ in 0..<2 { bench.router.receive(from: "+41791112233", "Yes") }
            await bench.look()
            bench.router.receive(from: "+41791112233", "Yes")
            await bench.look(2)
            #expect(await bench.texts() == ["Yes", "Yes", "Yes"])
        }
    }

    @Test func `pages of texts arrive in their order, and those on the SIM too`() async throws {
        try await Bench.with { bench in
            for number in 0..<45 {
                bench.router.receive(from: "+41791112233", "\(number)")
                bench.clock.advance(by: .seconds(1))
            }
            bench.router.use { $0.keep("from the SIM", to: "+41791112233", box: 5, date: "2026-11-20 10:00:00") }
            await bench.look()
            #expect(await bench.texts() == (0..<45).map { "\($0)" } + ["from the SIM"])
            #expect(bench.router.use { $0.count(1) + $0.count(5) } == 0)
        }
    }

    @Test func `more than a page that is not ripe keeps nothing back behind it`() async throws {
        try await Bench.with { bench in
            for number in 0..<25 { bench.router.receive(from: "+41791112233", "long \(number)", kind: 2) }
            bench.clock.advance(by: .seconds(1))
            bench.router.receive(from: "+41791112233", "short")
            await bench.look()
            #expect(await bench.texts() == ["short"])
            await bench.look(2)
            #expect(await bench.texts().count == 26)
        }
    }

    @Test func `nothing is deleted that the ledger did not take`() async throws {
        let beneath = MemoryLedger()
        try await Bench.with(ledger: CrashingLedger(beneath, at: CrashPoint(.before, .record, occurrence: 1))) { bench in
            bench.router.receive(from: "+41791112233", "Keep me")
            await bench.look()
            #expect(bench.router.use { $0.count(1) } == 1)
            #expect(await bench.health.state == .impaired)
        }
        #expect(try await beneath.unreadReceipts(line: "home").isEmpty)
    }

    @Test func `a death between recording and deleting makes no second message`() async throws {
        try await Bench.with { bench in
            bench.router.receive(from: "+41791112233", "Once")
            bench.router.use { $0.set(.status(500), of: "sms/delete-sms") }
            await bench.look()
            #expect(bench.router.use { $0.count(1) } == 1)
            bench.restart()
            await bench.look(2)
            #expect(await bench.texts() == ["Once"])
            #expect(bench.router.use { $0.count(1) } == 0)
        }
    }

    @Test func `a deletion whose answer is lost makes no second message`() async throws {
        try await Bench.with { bench in
            bench.router.receive(from: "+41791112233", "Once")
            bench.router.use { $0.set(.loseAnswer, of: "sms/delete-sms") }
            await bench.look(3)
            #expect(await bench.texts() == ["Once"])
        }
    }

    @Test func `a router that does not delete is asked again, and nothing comes twice`() async throws {
        try await Bench.with { bench in
            bench.router.receive(from: "+41791112233", "Once")
            bench.router.use { $0.set(.error(100_001), of: "sms/delete-sms", times: 3) }
            await bench.look(5)
            #expect(await bench.texts() == ["Once"])
            #expect(bench.router.use { $0.count(1) } == 0)
        }
    }

    @Test func `a router that is away for a day is missed once, and brings everything when it is back`() async throws {
        try await Bench.with { bench in
            await bench.look()
            await bench.router.stop()
            for _ in 0..<30 {
                await bench.look()
                bench.clock.advance(by: .seconds(2880))
            }
            #expect(await bench.health.state == .down)
            #expect(bench.notices.all.count == 1)
            for number in 0..<3 { bench.router.receive(from: "+41791112233", "missed \(number)") }
            try await bench.router.start()
            await bench.look()
            #expect(await bench.texts() == ["missed 0", "missed 1", "missed 2"])
            #expect(await bench.health.state == .working)
            #expect(bench.notices.all.last == "The router is back.")
        }
    }

    @Test(arguments: [
        RouterFault.status(500), .error(100_004), .loseAnswer, .garbage, .expireSession, .rotateTokens, .slow(.milliseconds(300)), .error(125_002), .error(125_001),
    ])
    func `whatever goes wrong once at any request, the text arrives once`(fault: RouterFault) async throws {
        try await Bench.with { bench in
            await bench.look()
            for path in ["sms/sms-count", "sms/sms-list", "sms/delete-sms", "webserver/SesTokInfo", "monitoring/status"] {
                bench.router.receive(from: "+41791112233", path)
                bench.router.use { $0.set(fault, of: path) }
                await bench.look(8)
                bench.router.use { $0.clearFaults() }
            }
            #expect(await bench.texts() == ["sms/sms-count", "sms/sms-list", "sms/delete-sms", "webserver/SesTokInfo", "monitoring/status"])
        }
    }

    @Test func `a router that restarts in between is asked for a new session`() async throws {
        var model = RouterModel()
        model.login = .challenge
        try await Bench.with(model, password: "router secret") { bench in
            for number in 0..<3 {
                bench.router.receive(from: "+41791112233", "\(number)")
                await bench.look()
                bench.router.use { $0.restart() }
            }
            #expect(await bench.texts() == ["0", "1", "2"])
            #expect(bench.notices.all.isEmpty)
        }
    }

    @Test func `a full store is emptied of what is ours, and the owner is told of the rest`() async throws {
        var model = RouterModel()
        model.room = 4
        try await Bench.with(model) { bench in
            bench.router.use { router in for number in 0..<3 { router.keep("draft \(number)", to: "+41791112233", box: 3, date: "2026-11-20 10:00:00") } }
            for number in 0..<3 { bench.router.receive(from: "+41791112233", "\(number)") }
            #expect(bench.router.use { $0.waitingCount } == 2)
            await bench.look(4)
            #expect(await bench.texts() == ["0", "1", "2"])
            #expect(bench.router.use { $0.count(3) } == 3)
            bench.router.use { $0.keep("draft 3", to: "+41791112233", box: 3, date: "2026-11-20 10:00:00") }
            await bench.look()
            #expect(await bench.health.state == .impaired)
            #expect(bench.notices.all.count == 1 && bench.notices.all[0].contains("full"))
        }
    }

    @Test func `the owner is told of a full store that the router does not empty`() async throws {
        var model = RouterModel()
        model.room = 2
        try await Bench.with(model) { bench in
            for number in 0..<3 { bench.router.receive(from: "+41791112233", "\(number)") }
            bench.router.use { $0.set(.error(100_001), of: "sms/delete-sms", times: 3) }
            await bench.look(3)
            #expect(await bench.texts() == ["0", "1"])
            #expect(bench.notices.all.count == 1 && bench.notices.all[0].contains("does not delete the texts"))
            await bench.look(3)
            #expect(await bench.texts() == ["0", "1", "2"])
            #expect(bench.notices.all.last == "The router's message store has room again.")
        }
    }

    @Test func `a text that makes its page unreadable keeps back no other, and is told of`() async throws {
        try await Bench.with { bench in
            bench.router.receive(from: "+41791112233", "before it")
            bench.router.use { $0.keep("hidden", to: "+41791112233", box: 1, date: "<broken") }
            await bench.look()
            bench.router.receive(from: "+41791112233", "after it")
            await bench.look()
            #expect(await bench.texts() == ["before it", "after it"])
            #expect(await bench.health.state == .working)
            #expect(bench.notices.all.count == 1 && bench.notices.all[0].contains("cannot be read from here"))
            #expect(bench.router.use { $0.count(1) } == 1, "it stays for the owner")
        }
    }

    @Test func `a text that cannot be read keeps back no page after its own`() async throws {
        try await Bench.with { bench in
            bench.router.use { router in
                // Before all others.
                router.keep("hidden", to: "+41791112233", box: 1, date: "!<broken")
                router.set(.error(100_001), of: "sms/delete-sms", times: .max)
            }
            for number in 0..<25 { bench.router.receive(from: "+41791112233", "\(number)") }
            await bench.look()
            #expect(await bench.texts() == (0..<25).map { "\($0)" })
        }
    }

    @Test func `a copy of ours that cannot be read is told to nobody`() async throws {
        try await Bench.with { bench in
            await bench.look()
            bench.router.use { $0.keep("hidden", to: "+41791112233", box: 2, date: "<broken") }
            _ = await bench.send("Hi")
            await bench.look(2)
            #expect(bench.router.use { $0.count(2) } == 1, "ours is cleared away")
            #expect(bench.notices.all.isEmpty)
        }
    }

    @Test func `kinds that nobody knows stop nothing, and a picture's notice is told to the owner`() async throws {
        try await Bench.with { bench in
            bench.router.receive(from: "+41860", "qYk3tX.mms", kind: 12)
            bench.router.receive(from: "+41791112233", "", kind: 99)
            bench.router.receive(from: "+41791112233", "after it", kind: 1)
            await bench.look()
            let texts = await bench.texts()
            #expect(texts.count == 3 && texts[0].contains("hides the rest") && texts[1].contains("(99)") && texts[2] == "after it")
            #expect(bench.notices.all.count == 1 && bench.notices.all[0].contains("qYk3tX.mms"))
        }
    }

    @Test func `a delivery report is matched by the number`() async throws {
        try await Bench.with { bench in
            let journal = ScriptedJournal()
            _ = await bench.send("Hi", journal: journal)
            bench.router.receive(from: "0791112233", "", kind: 7)
            await bench.look()
            guard case .report(let report)? = await bench.handovers().first else {
                Issue.record("no report")
                return
            }
            #expect(journal.entries.last == .accepted(0, report.reference))
        }
    }
}
