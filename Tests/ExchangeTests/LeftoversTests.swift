import Exchange
import HomelineTesting
import Synchronization
import Telephony
import Testing

@Suite(.timeLimit(.minutes(10))) struct LeftoversTests {
    private func leftovers(_ bench: Bench, served: Set<ClaimScope>, lines: Set<LineID>, report: @escaping @Sendable (String) -> Void = { _ in }) -> Leftovers {
        Leftovers(
            served: served, lines: lines, ledger: bench.ledger, plan: bench.plan, mint: bench.mint,
            notices: Notices(ledger: bench.ledger, plan: bench.plan, mint: bench.mint, workers: bench.workers), workers: bench.workers, pause: bench.pauses.pause,
            report: report)
    }

    @Test func `a line that is missing is named at the start while something waits for it, to the log and to whoever has it`() async throws {
        let bench = Bench(), log = Mutex<[String]>([])
        try await bench.haveAlice(lines: ["home", "office"])
        let message = try await bench.submit("hello")
        try await bench.submit("hello", key: "another", line: "office")
        let sentence = "One message waits for the line home, which is not set up. What waits goes on when there is one of that name again, and fails when it has expired."
        let leftovers = leftovers(bench, served: [.trunk("office"), .endpoint(.softphone)], lines: ["office"]) { said in log.withLock { $0.append(said) } }
        let missing = try await leftovers.missing()
        #expect(missing.map(\.scope) == [.trunk("home")])
        try await bench.running(leftovers) { try await bench.until { !bench.pauses.waits.isEmpty } }
        #expect(log.withLock { $0 } == [sentence])
        let told = try await bench.messages().filter { $0.message.sender == Notices.sender }
        #expect(told.map(\.message.text) == [sentence])
        #expect(try await bench.state(of: message) == .queued)
    }

    @Test func `what waits for a line that is set up no longer is given up at its end, and its writer is told`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await bench.submit("hello")
        let leftovers = leftovers(bench, served: [.endpoint(.softphone)], lines: [])
        try await leftovers.pass()
        #expect(try await bench.state(of: message) == .queued)
        bench.clock.advance(by: bench.plan.lifetimes.trunk)
        try await leftovers.pass()
        #expect(try await bench.state(of: message) == .failed)
        let failure = Failure(.expired, "its line or endpoint is no longer set up")
        #expect(try await bench.waiting() == [.status(.failed(.bob, failure))])
    }

    @Test func `what a line was given before it was taken away is in doubt at its end, and its writer is told that`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await bench.submit("hello")
        let claim = try #require(try await bench.books.claim(.trunk("home"), limit: 1, now: bench.now, lease: bench.now, mint: bench.mint).claims.first)
        try await bench.books.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.now)
        let asked = Settlement.Result.deferred(Failure(.timeout), until: bench.now + .seconds(60))
        try await bench.books.settle([Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: asked, at: bench.now, following: [])])
        bench.clock.advance(by: bench.plan.lifetimes.trunk)
        try await leftovers(bench, served: [.endpoint(.softphone)], lines: []).pass()
        #expect(try await bench.state(of: message) == .inDoubt)
        let failure = Failure(.lostAnswer, "its line or endpoint is no longer set up")
        #expect(try await bench.waiting() == [.status(.inDoubt(.bob, failure))])
    }

    @Test func `a line that is set up again goes on with what waited for it`() async throws {
        let bench = Bench()
        let message = try await bench.submit("hello")
        try await leftovers(bench, served: [], lines: []).pass()
        let peer = ScriptedPeer(bench, answers: [.accepted(reference: nil)])
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            try await bench.until { try await bench.state(of: message) == .sent }
        }
        #expect(peer.texts == ["hello"])
    }

    @Test func `what is served is left to its worker`() async throws {
        let bench = Bench()
        let message = try await bench.submit("hello")
        bench.clock.advance(by: bench.plan.lifetimes.trunk)
        try await leftovers(bench, served: [.trunk("home")], lines: ["home"]).pass()
        #expect(try await bench.state(of: message) == .queued)
    }

    @Test func `a picture message that is to be fetched over a line that is missing waits for it, too`() async throws {
        let bench = Bench()
        let retrieval = try await bench.announce()
        let gone = leftovers(bench, served: [], lines: [])
        #expect(try await gone.missing() == [MissingPlace(scope: .trunk("home"), waiting: 1)])
        #expect(try await leftovers(bench, served: [], lines: ["home"]).missing().isEmpty)
        try await bench.submit("hello")
        #expect(try await gone.missing() == [MissingPlace(scope: .trunk("home"), waiting: 2)])
        try await bench.books.note(.failed(Failure(.expired)), of: retrieval.id, at: bench.now)
        #expect(try await gone.missing() == [MissingPlace(scope: .trunk("home"), waiting: 1)])
    }

    @Test func `a picture message that was announced to such a line is waited for until the carrier forgets it`() async throws {
        let bench = Bench()
        let retrieval = try await bench.announce()
        try await leftovers(bench, served: [], lines: []).pass()
        #expect(try await bench.books.retrievals().map(\.state) == [.waiting])
        bench.clock.advance(by: retrieval.announcement.expires - bench.now)
        try await leftovers(bench, served: [], lines: ["home"]).pass()
        #expect(try await bench.books.retrievals().map(\.state) == [.waiting])
        try await leftovers(bench, served: [], lines: []).pass()
        #expect(try await bench.books.retrievals().map(\.state) == [.failed])
    }
}
