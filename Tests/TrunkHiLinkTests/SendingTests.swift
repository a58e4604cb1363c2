import Exchange
import HomelineTesting
import Simulator
import Store
import Telephony
import Testing

@testable import TrunkHiLink

@Suite(.timeLimit(.minutes(10))) struct SendingTests {
    @Test func `a text says which alphabet it needs`() async throws {
        try await Bench.with { bench in
            _ = await bench.send("plain €")
            _ = await bench.send("ж 😀")
            #expect(bench.router.use { $0.routed.map(\.alphabet) } == ["1", "0"])
            #expect(bench.routed() == ["plain €", "ж 😀"])
        }
    }

    @Test func `a long text leaves in portions, and goes on where it broke off`() async throws {
        let text = String(repeating: "seven words of a very long text ", count: 40)
        try await Bench.with(change: { $0.segmentsPerText = 2 }) { bench in
            let journal = ScriptedJournal()
            guard case .accepted(let reference) = await bench.send(text, journal: journal) else {
                Issue.record("not sent")
                return
            }
            #expect(reference == "+41791112233")
            #expect(bench.routed().joined() == text && bench.routed().count == 5)
            #expect(journal.entries.count == 10 && journal.entries[0] == .willSubmit(0, of: 5))
            let portions = bench.routed()
            _ = await bench.send(text, accepted: [0: "x", 1: "x", 2: "x"])
            #expect(bench.routed() == portions + portions[3...])
        }
    }

    @Test func `a lost answer is settled by the copy that the router keeps`() async throws {
        try await Bench.with { bench in
            bench.router.use { $0.set(.loseAnswer, of: "sms/send-sms") }
            guard case .accepted = await bench.send("Hi") else {
                Issue.record("not settled")
                return
            }
            #expect(bench.routed() == ["Hi"])
        }
    }

    @Test func `the copy of another text settles nothing`() async throws {
        var model = RouterModel()
        model.keepsSent = false
        try await Bench.with(model) { bench in
            let date = RouterClock("UTC")?.text(bench.clock.now() - .seconds(60)) ?? ""
            bench.router.use { router in
                router.keep("Hi", to: "+41791112233", box: 2, date: date)
                router.set(.loseAnswer, of: "sms/send-sms")
            }
            guard case .inDoubt(let failure) = await bench.send("Hi") else {
                Issue.record("taken for ours")
                return
            }
            #expect(failure.disposition == .inDoubt)
        }
    }

    @Test func `a text that the network did not take waits, and its draft is cleared away`() async throws {
        try await Bench.with { bench in
            bench.router.use { $0.networkFails = true }
            for _ in 0..<2 {
                guard case .deferred(let failure, nil) = await bench.send("Hi") else {
                    Issue.record("not deferred")
                    return
                }
                #expect(failure.disposition == .retry)
            }
            #expect(bench.router.use { $0.count(3) } == 2)
            bench.router.use { $0.networkFails = false }
            guard case .accepted = await bench.send("Hi") else {
                Issue.record("not sent")
                return
            }
            await bench.look()
            #expect(bench.router.use { $0.count(2) + $0.count(3) } == 0)
            #expect(bench.routed() == ["Hi"])
        }
    }

    @Test func `that the line is back is told until the ledger takes it`() async throws {
        let ledger = WatchedLedger(MemoryLedger())
        ledger.refuse(.expediteLine, times: 2, .full("disk full"))
        try await Bench.with(ledger: ledger) { bench in
            await bench.look(2)
            #expect(await bench.health.state == .impaired)
            await bench.look(8)
            #expect(await bench.health.state == .working)
            #expect(ledger.counts[.expediteLine] == 4, "once more than it was taken: what was just put off may be noted late")
        }
    }

    @Test func `a text that waits for the SIM is told of when the SIM is ready`() async throws {
        let ledger = WatchedLedger(MemoryLedger())
        var model = RouterModel()
        model.pin = "4711"
        try await Bench.with(model, ledger: ledger) { bench in
            await bench.look()
            guard case .deferred(_, .distantFuture) = await bench.send("Hi") else {
                Issue.record("not put off")
                return
            }
            #expect(ledger.counts[.expediteLine] == nil)
            bench.router.use { $0.model.pin = nil }
            await bench.look(8)
            #expect(ledger.counts[.expediteLine] == 2)
        }
    }

    @Test func `texts of which the router keeps no copy are not remembered`() async throws {
        var model = RouterModel()
        model.keepsSent = false
        try await Bench.with(model) { bench in
            _ = await bench.send("Hi")
            #expect(await bench.trunk.copies.count == 1)
            await bench.look()
            #expect(await bench.trunk.copies.isEmpty)
        }
    }

    @Test func `the copy of a text that leaves while others are cleared away is cleared away, too`() async throws {
        var model = RouterModel()
        model.looksUntilSent = 0
        try await Bench.with(model) { bench in
            await bench.look()
            _ = await bench.send("first")
            bench.router.use { router in
                router.set(.slow(.milliseconds(300)), of: "sms/sms-count")
                router.set(.slow(.milliseconds(300)), of: "sms/sms-list", times: 2)
            }
            let trunk = bench.trunk
            async let looked: Void = trunk.look()
            try await Task.sleep(for: .milliseconds(100))
            _ = await bench.send("second")
            await looked
            await bench.look()
            #expect(bench.router.use { $0.count(2) } == 0)
            #expect(await bench.trunk.copies.isEmpty)
        }
    }

    @Test func `copies of what others sent stay`() async throws {
        try await Bench.with { bench in
            bench.router.use { $0.keep("the owner's", to: "+41791112233", box: 2, date: "2026-11-20 10:00:00") }
            _ = await bench.send("Hi")
            await bench.look()
            #expect(bench.router.use { $0.count(2) } == 1)
        }
    }

    @Test(arguments: [RouterFault.expireSession, .rotateTokens, .error(125_003)])
    func `a session that is lost under a text costs no second one`(fault: RouterFault) async throws {
        try await Bench.with { bench in
            await bench.look()
            bench.router.use { $0.set(fault, of: "sms/send-sms") }
            guard case .accepted = await bench.send("Hi") else {
                Issue.record("not sent")
                return
            }
            #expect(bench.routed() == ["Hi"])
        }
    }

    @Test(arguments: [RouterFault.status(503), .status(403), .error(100_005), .garbage])
    func `a text for which no session could be opened has not left, and waits`(fault: RouterFault) async throws {
        try await Bench.with { bench in
            bench.router.use { $0.set(fault, of: "webserver/SesTokInfo") }
            guard case .deferred(let failure, nil) = await bench.send("Hi") else {
                Issue.record("not deferred")
                return
            }
            #expect(failure.disposition == .retry)
            guard case .accepted = await bench.send("Hi") else {
                Issue.record("not sent")
                return
            }
            #expect(bench.routed() == ["Hi"])
        }
    }

    @Test(arguments: [RouterFault.status(404), .status(307), .status(403), .error(100_002)])
    func `a text that somebody else answered for, or a router that is starting, waits`(fault: RouterFault) async throws {
        try await Bench.with { bench in
            await bench.look()
            bench.router.use { $0.set(fault, of: "sms/send-sms") }
            guard case .deferred(_, nil) = await bench.send("Hi") else {
                Issue.record("not deferred")
                return
            }
            #expect(bench.routed().isEmpty)
        }
    }

    @Test func `an answer that breaks off, or none at all, is settled by the copy`() async throws {
        for fault in [RouterFault.garbage, .status(500)] {
            try await Bench.with { bench in
                bench.router.use { $0.set(fault, of: "sms/send-sms") }
                switch (fault, await bench.send("Hi")) {
                case (.garbage, .accepted), (.status, .inDoubt): break
                case (_, let outcome): Issue.record("\(fault): \(outcome)")
                }
            }
        }
    }

    @Test func `a router that restarts while it sends is waited for, and its copy tells`() async throws {
        try await Bench.with { bench in
            bench.router.use { router in
                router.set(.status(503), of: "sms/send-status")
                router.set(.status(503), of: "sms/sms-list", times: 2)
            }
            guard case .accepted = await bench.send("Hi") else {
                Issue.record("not settled")
                return
            }
        }
    }

    @Test func `a text that is never told to have been sent is in doubt`() async throws {
        var model = RouterModel()
        model.looksUntilSent = .max
        model.keepsSent = false
        try await Bench.with(model) { bench in
            guard case .inDoubt = await bench.send("Hi") else {
                Issue.record("decided without knowing")
                return
            }
        }
    }

    @Test func `a full store is emptied before a text is given up`() async throws {
        try await Bench.with { bench in
            bench.router.receive(from: "+41791112233", "in the way")
            bench.router.use { $0.set(.error(113_004), of: "sms/send-sms") }
            guard case .accepted = await bench.send("Hi") else {
                Issue.record("not sent")
                return
            }
            #expect(bench.router.use { $0.count(1) } == 0)
        }
    }

    @Test func `texts meant twice in one second are told apart`() async throws {
        try await Bench.with { bench in
            for _ in 0..<2 { _ = await bench.send("Yes") }
            #expect(bench.router.use { $0.count(2) } == 2)
            await bench.look()
            #expect(bench.router.use { $0.count(2) } == 0)
            #expect(bench.routed() == ["Yes", "Yes"])
        }
    }

    @Test func `no more leaves in a minute than the line may send`() async throws {
        try await Bench.with(change: { $0.segmentsPerMinute = 2 }) { bench in
            for _ in 0..<2 { _ = await bench.send("Hi") }
            guard case .deferred(let failure, .some) = await bench.send("Hi"), failure.cause == .rateLimited else {
                Issue.record("not limited")
                return
            }
        }
    }

    @Test func `an emergency number and a name are refused`() async throws {
        try await Bench.with { bench in
            for number in ["112", "144"] {
                guard case .failed(let failure) = await bench.send("Hi", to: number), failure.cause == .refused else {
                    Issue.record("sent to \(number)")
                    return
                }
            }
            #expect(bench.routed().isEmpty)
        }
    }
}
