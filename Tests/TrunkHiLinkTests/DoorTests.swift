import Exchange
import HomelineTesting
import Simulator
import Store
import Telephony
import Testing

@testable import TrunkHiLink

@Suite(.timeLimit(.minutes(10))) struct DoorTests {
    struct Way: Sendable, CustomTestStringConvertible {
        let opening: RouterModel.Opening
        let login: RouterModel.Login
        let tokens: RouterModel.Tokens
        var testDescription: String { "\(opening), \(login), \(tokens)" }

        static let all = RouterModel.Opening.allCases.flatMap { opening in
            RouterModel.Login.allCases.flatMap { login in RouterModel.Tokens.allCases.map { Way(opening: opening, login: login, tokens: $0) } }
        }
    }

    @Test(arguments: Way.all) func `every way in leads in, and a session lasts`(way: Way) async throws {
        var model = RouterModel()
        (model.opening, model.login, model.tokens) = (way.opening, way.login, way.tokens)
        try await Bench.with(model, password: "router secret") { bench in
            for number in 0..<3 {
                bench.router.receive(from: "+41791112233", "\(number)")
                await bench.look()
                guard case .accepted = await bench.send("back \(number)") else {
                    Issue.record("not sent")
                    return
                }
            }
            #expect(await bench.texts() == ["0", "1", "2"])
            #expect(bench.routed() == ["back 0", "back 1", "back 2"])
            #expect(bench.router.use { $0.judgements } == (way.login == .none ? 0 : 1))
        }
    }

    @Test(arguments: [RouterModel.Login.plain, .hashed, .challenge])
    func `a wrong password is judged once, over all looks and restarts, until the setting changes`(login: RouterModel.Login) async throws {
        var model = RouterModel()
        model.login = login
        try await Bench.with(model, password: "wrong") { bench in
            bench.router.receive(from: "+41791112233", "waits")
            await bench.look(6)
            bench.restart()
            await bench.look(6)
            #expect(bench.router.use { $0.judgements } == 1)
            #expect(await bench.health.summary == Obstacle.wrongPassword.sentence)
            #expect(bench.notices.all == [Obstacle.wrongPassword.sentence])
            guard case .deferred(_, .distantFuture?) = await bench.send("waits, too") else {
                Issue.record("sent through a closed door")
                return
            }
            bench.restart(password: "router secret")
            await bench.look()
            #expect(await bench.texts() == ["waits"])
            #expect(await bench.health.state == .working)
        }
    }

    @Test func `a lock that others caused is waited for, and no try is made in it`() async throws {
        var model = RouterModel()
        model.login = .hashed
        model.triesUntilLocked = 1
        model.lockMinutes = 3
        try await Bench.with(model, password: "wrong") { bench in
            // Somebody else's guess locks the router.
            await bench.look()
            bench.restart(password: "router secret")
            let judged = bench.router.use { $0.judgements }
            await bench.look(30)
            #expect(bench.router.use { $0.judgements } == judged)
            #expect(await bench.health.summary.contains("left alone until"))
            bench.clock.advance(by: .seconds(120))
            await bench.look()
            #expect(await bench.health.state == .working)
            #expect(bench.router.use { $0.judgements } == judged + 1)
        }
    }

    @Test func `a router that wants a login where none is set says so`() async throws {
        var model = RouterModel()
        model.login = .challenge
        try await Bench.with(model) { bench in
            await bench.look(3)
            #expect(await bench.health.summary == Obstacle.noPassword.sentence)
            #expect(bench.notices.all == [Obstacle.noPassword.sentence])
            #expect(bench.router.use { $0.judgements } == 0)
        }
    }

    @Test func `no password and no PIN is in what is told`() async throws {
        var model = RouterModel()
        model.login = .plain
        model.pin = "4711"
        try await Bench.with(model, password: "Wr0ng!", change: { $0.pin = "9876" }) { bench in
            await bench.look(3)
            let told = bench.notices.all.joined() + (await bench.health).summary + "\((await bench.health).facts)"
            #expect(!told.contains("Wr0ng!") && !told.contains("9876"))
        }
    }

    @Test func `a PIN opens the SIM, once`() async throws {
        var model = RouterModel()
        model.pin = "4711"
        try await Bench.with(model, change: { $0.pin = "4711" }) { bench in
            await bench.look()
            #expect(await bench.health.state == .working)
            bench.router.use { $0.restart() }
            await bench.router.stop()
            await bench.look()
            try await bench.router.start()
            await bench.look(2)
            #expect(await bench.health.state == .working)
        }
    }

    @Test func `a wrong PIN is tried once, over all looks and restarts`() async throws {
        var model = RouterModel()
        model.pin = "4711"
        try await Bench.with(model, change: { $0.pin = "1234" }) { bench in
            await bench.look(6)
            #expect(await bench.health.summary.contains("refused the configured PIN"))
            bench.restart()
            await bench.look(6)
            #expect(bench.router.use { $0.requests.filter { $0.hasSuffix("pin/operate") }.count } == 1)
            #expect(await bench.health.state == .down)
            guard case .deferred(_, .distantFuture?) = await bench.send("waits") else {
                Issue.record("sent without a SIM")
                return
            }
        }
    }

    @Test(arguments: [RouterFault.loseAnswer, .status(503), .garbage])
    func `a right PIN of which no word came back is known to be right at the router's next start`(fault: RouterFault) async throws {
        var model = RouterModel()
        model.pin = "4711"
        try await Bench.with(model, change: { $0.pin = "4711" }) { bench in
            bench.router.use { $0.set(fault, of: "pin/operate") }
            await bench.look(2)
            #expect(await bench.health.state == .working)
            bench.router.use { $0.restart() }
            await bench.router.stop()
            await bench.look()
            try await bench.router.start()
            await bench.look(2)
            #expect(await bench.health.state == .working)
        }
    }

    @Test(arguments: [RouterFault.error(100_002), .status(404), .error(113_018)])
    func `a right PIN that did not come to the SIM is sent again`(fault: RouterFault) async throws {
        var model = RouterModel()
        model.pin = "4711"
        try await Bench.with(model, change: { $0.pin = "4711" }) { bench in
            bench.router.use { $0.set(fault, of: "pin/operate") }
            await bench.look(2)
            #expect(await bench.health.state == .working)
            #expect(bench.router.use { $0.requests.filter { $0.hasSuffix("pin/operate") }.count } == 2)
        }
    }

    @Test func `a wrong PIN of which no word came back is not tried again`() async throws {
        var model = RouterModel()
        model.pin = "4711"
        try await Bench.with(model, change: { $0.pin = "1234" }) { bench in
            bench.router.use { $0.set(.loseAnswer, of: "pin/operate") }
            await bench.look(6)
            #expect(bench.router.use { $0.requests.filter { $0.hasSuffix("pin/operate") }.count } == 1)
            #expect(await bench.health.summary.contains("refused the configured PIN before"))
        }
    }

    @Test func `the owner's wishes are set, and nothing else is`() async throws {
        try await Bench.with { bench in
            await bench.look(2)
            #expect(bench.router.use { $0.hasData && !$0.asksForReports })
            #expect(!bench.router.use { $0.requests.contains { $0.hasPrefix("POST") } })
        }
        try await Bench.with(change: {
            $0.mobileData = .off
            $0.reports = .wanted
        }) { bench in
            await bench.look(2)
            #expect(bench.router.use { !$0.hasData && $0.asksForReports })
        }
    }

    @Test func `another SIM than before is told, once`() async throws {
        let ledger = MemoryLedger()
        try await ledger.update(Line(id: "home", facts: LineFacts(imsi: "001010000000000")))
        try await Bench.with(ledger: ledger) { bench in
            await bench.look(2)
            bench.restart()
            await bench.look()
            #expect(bench.notices.all.count { $0 == HiLinkTrunk.anotherSIMNotice } == 1)
        }
    }

    @Test func `another SIM is told when it says only behind its PIN which it is`() async throws {
        var model = RouterModel()
        model.pin = "4711"
        let ledger = MemoryLedger()
        try await ledger.update(Line(id: "home", facts: LineFacts(imsi: "001010000000000")))
        try await Bench.with(model, ledger: ledger, change: { $0.pin = "4711" }) { bench in
            bench.router.use { $0.set(.loseAnswer, of: "pin/operate") }
            await bench.look(2)
            #expect(bench.notices.all.contains(HiLinkTrunk.anotherSIMNotice))
            let known = try await ledger.lines().map(\.facts.imsi)
            #expect(known == ["228013930000000"])
        }
    }

    @Test func `another SIM is told though nobody missed the router meanwhile, and so is the one before when it is back`() async throws {
        let ledger = MemoryLedger()
        try await Bench.with(ledger: ledger) { bench in
            await bench.look(2)
            for imsi in ["228013930000001", "228013930000000"] {
                bench.router.use {
                    $0.model.imsi = imsi
                    $0.restart()
                }
                await bench.router.stop()
                await bench.look()
                try await bench.router.start()
                await bench.look(2)
                let known = try await ledger.lines().map(\.facts.imsi)
                #expect(known == [imsi])
            }
            #expect(bench.notices.all.count { $0 == HiLinkTrunk.anotherSIMNotice } == 2)
        }
    }

    @Test func `what the router tells of itself is known`() async throws {
        try await Bench.with { bench in
            await bench.look()
            let health = await bench.health
            #expect(health.facts["signal"] == "-95 dBm" && health.facts["operator"] == "Swisscom" && health.facts["technology"] == "LTE")
            #expect(health.facts["number"] == "+41791234567" && health.facts["imei"] == "861821032479591")
            #expect(health.summary == "Registered (Swisscom).")
        }
    }
}
