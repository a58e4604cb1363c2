import Exchange
import HomelineTesting
import Telephony
import Testing

/// What the ledger refuses of a line for long.
@Suite(.timeLimit(.minutes(10))) struct HeldReadingTests {
    @Test(arguments: [LedgerError.conflict("odd"), .unusable("a stored row is damaged")])
    func `a reading that is refused again and again is tried ever more seldom, and never given up`(error: LedgerError) async throws {
        let bench = Bench(), intake = bench.intake()
        try await bench.record("text +15550100 hello")
        bench.ledger.refuse(.commit, times: 9, error)
        var pauses: [Duration] = []
        while let next = try await intake.pass() {
            pauses.append(next - bench.now)
            bench.clock.advance(by: next - bench.now)
        }
        #expect(pauses == [1, 1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
        #expect(try await bench.messages().map(\.message.text) == ["hello"])
    }

    @Test func `another reading of the line that is refused for a moment does not wait as long`() async throws {
        let bench = Bench(), intake = bench.intake()
        try await bench.record("text +15550100 one")
        bench.ledger.refuse(.commit, .conflict("odd"))
        _ = try await intake.pass()
        bench.clock.advance(by: .seconds(40))
        try await bench.record("text +15550101 two", place: "SM/2")
        // Both together, then each alone.
        bench.ledger.refuse(.commit, times: 3, .conflict("odd"))
        #expect(try await intake.pass() == bench.now + .seconds(1))
    }

    @Test func `a line that cannot be looked at is tried again as seldom`() async throws {
        let bench = Bench(), intake = bench.intake()
        try await bench.record("text +15550100 hello")
        bench.ledger.refuse(.subscribers, times: 2, .unusable("a stored row is damaged"))
        _ = try await intake.pass()
        bench.clock.advance(by: .seconds(20))
        #expect(try await intake.pass() == bench.now + .seconds(20))
        #expect(intake.held(of: "home")?.why == .unusable("a stored row is damaged"))
        #expect(try await intake.pass() == nil)
        #expect(intake.held(of: "home") == nil)
    }

    @Test func `what is refused for longer than a moment is told to the line's owners with its reason, and so is its end`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let intake = bench.intake(notices: Notices(ledger: bench.ledger, plan: bench.plan, mint: bench.mint, workers: bench.workers))
        try await bench.record("text +15550100 hello")
        bench.ledger.refuse(.commit, times: 4, .conflict("odd"))
        for _ in 0..<2 {
            _ = try await intake.pass()
            #expect(intake.held(of: "home") == nil)
            bench.clock.advance(by: .seconds(5))
        }
        for _ in 0..<2 { _ = try await intake.pass() }
        let held = try #require(intake.held(of: "home"))
        #expect(held.since == start && held.why == .conflict("odd"))
        #expect(held.sentence.contains("The ledger refused: odd."))
        #expect(intake.held(of: "office") == nil)
        #expect(try await bench.messages().map(\.message.text) == [held.sentence])
        _ = try await intake.pass()
        #expect(try await bench.messages().map(\.message.text) == [held.sentence, "hello", "Nothing that came in is held up any more."])
    }

    @Test func `what is held no more is not spoken of, however it went`() async throws {
        let bench = Bench(), intake = bench.intake()
        let receipts = try await bench.record("text +15550100 hello")
        bench.ledger.refuse(.commit, times: 2, .conflict("odd"))
        _ = try await intake.pass()
        bench.clock.advance(by: .seconds(10))
        _ = try await intake.pass()
        #expect(intake.held(of: "home") != nil)
        try await bench.books.commit([Reading(receipts: receipts, result: .notForPeople("dropped"), at: bench.now)])
        #expect(try await intake.pass() == nil)
        #expect(intake.held(of: "home") == nil)
    }

    @Test(arguments: [(Health.State.working, Health.State.impaired), (.starting, .starting), (.impaired, .impaired), (.down, .down)])
    func `a line that holds something works in part, and says why`(state: Health.State, told: Health.State) async throws {
        let bench = Bench(), intake = bench.intake()
        try await bench.record("text +15550100 hello")
        bench.ledger.refuse(.commit, .conflict("odd"))
        _ = try await intake.pass()
        bench.clock.advance(by: .seconds(10))
        let health = Health(state, "Registered.", facts: ["signal": "-71 dBm"])
        #expect(health.holding(nil) == health)
        let held = try #require(intake.held(of: "home"))
        let facts = state == .working ? ["signal": "-71 dBm", "held": CivilDate(held.since).rfc3339] : health.facts
        #expect(health.holding(held) == Health(told, "Registered. \(held.sentence)", facts: facts))
        // What is to be told may leave by it as before.
        let standing = Standing(Vital(Vital.Place(.line, "home"), health.holding(held)), since: start)
        #expect(!standing.isWell && standing.isBroken == (state != .working))
    }
}
