import Exchange
import Telephony
import Testing

@Suite struct NoticesTests {
    private func notices(_ bench: Bench) -> Notices {
        Notices(ledger: bench.ledger, plan: bench.plan, mint: bench.mint, workers: bench.workers)
    }

    private func told(_ bench: Bench) async throws -> [String] { try await bench.messages().map(\.message.text) }

    @Test func `a notice is a message from Homeline to everyone who has the line`() async throws {
        let bench = Bench()
        try await bench.haveAlice(devices: ["phone", "laptop"])
        await notices(bench).tell("home", topic: "modem.unplugged", "The modem is unplugged.")
        let record = try #require(try await bench.messages().first)
        #expect(record.message.sender == Notices.sender)
        #expect(record.message.text == "The modem is unplugged.")
        #expect(record.message.line == "home")
        #expect(try await bench.books.deliveries(of: record.message.id).map(\.delivery.destination) == [.alicesPhone, .alicesLaptop])
    }

    @Test func `the same topic of a line is told once a day`() async throws {
        let bench = Bench()
        let notices = notices(bench)
        await notices.tell("home", topic: "sim.full", "1")
        await notices.tell("home", topic: "sim.full", "2")
        bench.clock.advance(by: .seconds(86399))
        await notices.tell("home", topic: "sim.full", "3")
        #expect(try await told(bench) == ["1"])
        bench.clock.advance(by: .seconds(1))
        await notices.tell("home", topic: "sim.full", "4")
        #expect(try await told(bench) == ["1", "4"])
    }

    @Test func `a clock that was set back silences nobody`() async throws {
        let bench = Bench()
        let notices = notices(bench)
        await notices.tell("home", topic: "modem.cut-off", "1")
        bench.clock.advance(by: .seconds(-365 * 86_400))
        for sentence in ["2", "3"] { await notices.tell("home", topic: "modem.cut-off", sentence) }
        #expect(try await told(bench) == ["1", "2"])
    }

    @Test func `a clock that was set on repeats nothing`() async throws {
        let bench = Bench()
        let notices = notices(bench)
        await notices.tell("home", topic: "modem.cut-off", "1")
        bench.clock.advance(by: .seconds(365 * 86_400))
        notices.clockWasSet(by: .seconds(365 * 86_400))
        await notices.tell("home", topic: "modem.cut-off", "2")
        #expect(try await told(bench) == ["1"])
    }

    @Test func `other topics and other lines are told on their own`() async throws {
        let bench = Bench()
        let notices = notices(bench)
        await notices.tell("home", topic: "sim.full", "1")
        await notices.tell("home", topic: "modem.unplugged", "2")
        await notices.tell("office", topic: "sim.full", "3")
        #expect(try await told(bench) == ["1", "2", "3"])
    }

    @Test func `the end of a trouble is told once, and only if the trouble was`() async throws {
        let bench = Bench()
        let notices = notices(bench)
        await notices.clear("home", topic: "sim.full", "well")
        #expect(try await told(bench).isEmpty)
        await notices.tell("home", topic: "sim.full", "full")
        await notices.clear("home", topic: "modem.unplugged", "well")
        await notices.clear("office", topic: "sim.full", "well")
        #expect(try await told(bench) == ["full"])
        for _ in 0..<2 { await notices.clear("home", topic: "sim.full", "empty again") }
        #expect(try await told(bench) == ["full", "empty again"])
        await notices.tell("home", topic: "sim.full", "full again")
        #expect(try await told(bench) == ["full", "empty again", "full again"])
    }

    @Test func `a ledger that refuses a notice does no further harm`() async throws {
        let bench = Bench()
        let notices = notices(bench)
        bench.ledger.refuse(.submit, .full("no room"))
        await notices.tell("home", topic: "sim.full", "1")
        #expect(try await told(bench).isEmpty)
        await notices.tell("home", topic: "modem.unplugged", "2")
        #expect(try await told(bench) == ["2"])
    }
}
