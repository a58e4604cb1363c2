import Exchange
import HomelineTesting
import Telephony
import Testing

/// What a line does about sends whose answer was lost.
@Suite(.timeLimit(.minutes(10))) struct DoubtTests {
    private static let lost = Outcome.inDoubt(Failure(.lostAnswer))
    private static let byReport = DoubtPolicies(["home": .settleByReport])

    // MARK: - Retry once

    @Test func `a line that retries once sends again, and its writer hears only what came of it`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let peer = ScriptedPeer(bench, answers: [Self.lost, .accepted(reference: nil)])
        let message = try await bench.submit("hello")
        try await bench.running(bench.dispatcher(bench.worker(doubt: .retryOnce, peer.perform))) {
            try await bench.until { try await bench.state(of: message) == .sent }
        }
        #expect(bench.now == start)
        #expect(try await bench.kinds(of: message) == [.message, .planned, .attempted, .inDoubt, .repeated, .attempted, .accepted])
        #expect(try await bench.waiting().isEmpty)
    }

    @Test func `a second doubt is held, and the writer is told`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let peer = ScriptedPeer(bench, answers: [Self.lost, .deferred(Failure(.timeout), until: nil), Self.lost])
        let message = try await bench.submit("hello")
        try await bench.running(bench.dispatcher(bench.worker(doubt: .retryOnce, peer.perform))) {
            try await bench.until { !bench.pauses.waits.isEmpty }
            bench.pauses.advance(by: .seconds(600))
            try await bench.until { try await bench.state(of: message) == .inDoubt }
        }
        #expect(peer.texts.count == 3)
        #expect(try await bench.waiting() == [.status(.inDoubt(.bob, Failure(.lostAnswer)))])
    }

    @Test func `what a dead process left in doubt is repeated at the start of the next, once`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await bench.submit("hello")
        for texts in [1, 0] {
            _ = try await handOver(bench)
            let peer = ScriptedPeer(bench)
            try await bench.running(bench.dispatcher(bench.worker(doubt: .retryOnce, peer.perform), doubts: DoubtPolicies(["home": .retryOnce]))) {
                try await bench.until {
                    let backlog = try await bench.books.backlog()
                    return peer.texts.count == texts && backlog[.claimed, default: 0] == texts
                }
            }
            // The attempt that was cut short is settled as deferred, and made again.
            bench.clock.advance(by: .seconds(60))
        }
        #expect(try await bench.state(of: message) == .inDoubt)
        #expect(try await bench.waiting() == [.status(.inDoubt(.bob, Failure(.interrupted)))])
    }

    @Test func `what a dead process left is gone on with where the trunk knows a repetition, as often as it takes`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await bench.submit("hello")
        for _ in 0..<3 {
            _ = try await handOver(bench)
            let peer = ScriptedPeer(bench)
            try await bench.running(bench.dispatcher(bench.worker(peer.perform), resumable: ["home"])) {
                try await bench.until { peer.texts.count == 1 }
            }
            bench.clock.advance(by: .seconds(60))
        }
        #expect(try await bench.state(of: message) == .queued)
        #expect(try await bench.waiting().isEmpty)
    }

    /// What became of it while we were away, as its trunk says; nil where it cannot tell.
    @Test(arguments: [Outcome.accepted(reference: "7"), .failed(Failure(.cms(38))), nil], [true, false])
    func `a text that expired while we were away is settled by its trunk, or in doubt, and not failed`(found: Outcome?, wasKilled: Bool) async throws {
        let bench = Bench(lifetimes: Lifetimes(trunk: .seconds(86_400)))
        try await bench.haveAlice()
        let message = try await bench.submit("hello")
        let claim = try await handOver(bench)
        if !wasKilled {
            try await bench.books.settle([
                Settlement(
                    attempt: claim.attempt.id, delivery: claim.delivery.id, result: .deferred(Failure(.unreachable), until: bench.now), at: bench.now,
                    following: [])
            ])
        }
        bench.clock.advance(by: .seconds(2 * 86_400))
        let peer = ScriptedPeer(bench)
        let worker = bench.worker(repetition: .harmless, settle: { claim, _ in claim.message.id == message ? found : nil }, peer.perform)
        try await bench.running(bench.dispatcher(worker, resumable: ["home"])) {
            try await bench.until { try await bench.state(of: message) != .queued }
        }
        #expect(peer.texts.isEmpty)
        let waiting = try await bench.waiting()
        switch found {
        case .accepted:
            #expect(try await bench.state(of: message) == .sent)
            #expect(waiting.isEmpty)
        case .failed(let failure): #expect(waiting == [.status(.failed(.bob, failure))])
        default:
            #expect(try await bench.state(of: message) == .inDoubt)
            guard case .status(.inDoubt)? = waiting.first else {
                Issue.record("its writer is not told")
                return
            }
        }
    }

    @Test func `a text that was never handed over fails when it has expired, and its trunk is not asked of a first attempt`() async throws {
        let bench = Bench(lifetimes: Lifetimes(trunk: .seconds(86_400)))
        let message = try await bench.submit("hello")
        bench.clock.advance(by: .seconds(2 * 86_400))
        let peer = ScriptedPeer(bench)
        let worker = bench.worker(repetition: .harmless, settle: { _, _ in .accepted(reference: "7") }, peer.perform)
        try await bench.running(bench.dispatcher(worker, resumable: ["home"])) {
            try await bench.until { try await bench.state(of: message) == .failed }
        }
        #expect(peer.texts.isEmpty)
    }

    @Test func `what has expired is not repeated`() {
        let late = RetryPolicy(doubt: .retryOnce).result(
            of: Self.lost, claim: claim(outgoing(), expires: start), now: start, fraction: 0)
        #expect(late == .inDoubt(Failure(.lostAnswer)))
    }

    @Test func `lines that are not named hold`() {
        #expect(Self.byReport["home"] == .settleByReport)
        #expect(Self.byReport["office"] == .hold)
    }

    // MARK: - Settle by report

    /// Claims what waits and hands its next segment over; the process dies before the answer.
    private func handOver(_ bench: Bench, segment: Int = 0, of total: Int = 1) async throws -> Claim {
        let claimed = try await bench.books.claim(.trunk("home"), limit: 1, now: bench.now, lease: bench.now + .seconds(60), mint: bench.mint)
        let claim = try #require(claimed.claims.first)
        try await bench.books.willSubmit(claim.attempt.id, segment: segment, of: total, at: bench.now)
        return claim
    }

    private func doubtful(_ bench: Bench, _ text: String = "hello", to recipient: Address = .bob, of total: Int = 1) async throws -> MessageID {
        let message = try await bench.submit(text, to: [recipient])
        let claim = try await handOver(bench, of: total)
        try await bench.books.settle([
            Settlement(
                attempt: claim.attempt.id, delivery: claim.delivery.id, result: .inDoubt(Failure(.lostAnswer)), at: bench.now, following: [])
        ])
        return message
    }

    @Test func `a report without a known reference settles the one doubtful send that it fits, and its writer is told`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await doubtful(bench)
        let other = try await doubtful(bench, "for Carol", to: .carol)
        try await bench.record("report 77 05550100 delivered 2")
        #expect(try await bench.intake(doubts: Self.byReport).pass() == nil)
        #expect(try await bench.state(of: message) == .delivered)
        #expect(try await bench.state(of: other) == .inDoubt)
        #expect(try await bench.waiting() == [.status(.delivered(.bob, at: bench.now))])
        #expect(try await bench.kinds(of: message).suffix(3) == [.reported, .settled, .planned])
    }

    @Test func `a report of failure settles it as failed`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await doubtful(bench)
        try await bench.record("report 77 +15550100 failed 2")
        _ = try await bench.intake(doubts: Self.byReport).pass()
        #expect(try await bench.state(of: message) == .failed)
        #expect(try await bench.waiting() == [.status(.failed(.bob, Failure(.tpStatus(0x46))))])
    }

    @Test func `a long text whose doubtful segment is reported goes on at once`() async throws {
        let bench = Bench()
        let message = try await doubtful(bench, of: 2)
        let peer = ScriptedPeer(bench, answers: [.accepted(reference: nil)])
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            try await bench.until { bench.ledger.counts[.claim] != nil }
            try await bench.record("report 77 +15550100 delivered 2")
            _ = try await bench.intake(doubts: Self.byReport).pass()
            try await bench.until { try await bench.state(of: message) == .sent }
        }
        #expect(peer.texts == ["hello"])
    }

    @Test(arguments: ["report 77 +15550100 delivered", "report 77 +15550100 delivered 301", "report 77 +15550100 delivered -301", "report 77 +15550101 delivered 2"])
    func `a report of another time or party settles nothing`(report: String) async throws {
        let bench = Bench()
        let message = try await doubtful(bench)
        try await bench.record(report)
        bench.clock.advance(by: .seconds(60))
        #expect(try await bench.intake(doubts: Self.byReport).pass() == nil)
        #expect(try await bench.state(of: message) == .inDoubt)
        #expect(try await bench.books.entries(after: 0, limit: 99).last?.kind == .notForPeople)
    }

    @Test func `a report that fits two sends in doubt settles neither, and says so`() async throws {
        let bench = Bench()
        let first = try await doubtful(bench, "one")
        let second = try await doubtful(bench, "two")
        try await bench.record("report 77 +15550100 delivered 2")
        bench.clock.advance(by: .seconds(60))
        #expect(try await bench.intake(doubts: Self.byReport).pass() == nil)
        for message in [first, second] { #expect(try await bench.state(of: message) == .inDoubt) }
        #expect(try await bench.books.entries(after: 0, limit: 99).last?.detail == "a delivery report that fits several sends in doubt, reference 77")
    }

    @Test func `a report waits as long as it may belong to a send whose answer is still awaited`() async throws {
        let bench = Bench()
        let message = try await bench.submit("hello")
        let claim = try await handOver(bench)
        try await bench.record("report 77 +15550100 delivered 2")
        bench.clock.advance(by: .seconds(120))
        let intake = bench.intake(doubts: Self.byReport)
        #expect(try await intake.pass() == bench.now + .seconds(1))
        try await bench.books.settle([
            Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: .inDoubt(Failure(.lostAnswer)), at: bench.now, following: [])
        ])
        #expect(try await intake.pass() == nil)
        #expect(try await bench.state(of: message) == .delivered)
    }

    @Test func `a report that comes a second time answers for nothing else`() async throws {
        let bench = Bench()
        _ = try await bench.submit("known")
        let known = try await handOver(bench)
        try await bench.books.segmentAccepted(known.attempt.id, segment: 0, reference: "77", at: bench.now)
        try await bench.books.settle([
            Settlement(attempt: known.attempt.id, delivery: known.delivery.id, result: .accepted(reference: nil), at: bench.now, following: [])
        ])
        let message = try await doubtful(bench)
        let intake = bench.intake(doubts: Self.byReport)
        for place in ["SM/1", "SM/2"] {
            try await bench.record("report 77 +15550100 delivered 2", place: place)
            _ = try await intake.pass()
        }
        bench.clock.advance(by: .seconds(60))
        #expect(try await intake.pass() == nil)
        #expect(try await bench.state(of: message) == .inDoubt)
    }

    @Test func `two reports that are read together settle one send each`() async throws {
        let bench = Bench()
        let first = try await doubtful(bench)
        try await bench.record("report 77 +15550100 delivered 2")
        try await bench.record("report 77 +15550100 delivered 2", place: "SM/2")
        bench.clock.advance(by: .seconds(60))
        #expect(try await bench.intake(doubts: Self.byReport).pass() == nil)
        #expect(try await bench.state(of: first) == .delivered)
        #expect(try await bench.books.unreadReceipts(line: "home").isEmpty)
    }

    @Test func `a line that holds leaves it to a person`() async throws {
        let bench = Bench()
        let message = try await doubtful(bench)
        try await bench.record("report 77 +15550100 delivered 2")
        bench.clock.advance(by: .seconds(60))
        #expect(try await bench.intake().pass() == nil)
        #expect(try await bench.state(of: message) == .inDoubt)
    }

    // MARK: - Reports that bear our own name

    @Test(arguments: [DoubtPolicy.hold, .retryOnce, .settleByReport], ["", "-1"])
    func `a report that bears our name for a text in doubt settles it, whatever its line does about doubts`(policy: DoubtPolicy, rest: String) async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await doubtful(bench, "one"), other = try await doubtful(bench, "two")
        let name = try #require(try await bench.books.deliveries(of: message).first).delivery.id
        bench.clock.advance(by: .seconds(2 * 86_400))
        try await bench.record("report \(name)\(rest) +15550100 delivered")
        #expect(try await bench.intake(doubts: DoubtPolicies(["home": policy])).pass() == nil)
        #expect(try await bench.state(of: message) == .delivered)
        #expect(try await bench.state(of: other) == .inDoubt)
        #expect(try await bench.waiting() == [.status(.delivered(.bob, at: bench.now))])
    }

    @Test func `of a long text under one name each segment is answered by a report of its own`() async throws {
        let bench = Bench()
        let message = try await bench.submit("hello")
        let claim = try await handOver(bench, of: 2)
        try await bench.books.willSubmit(claim.attempt.id, segment: 1, of: 2, at: bench.now)
        try await bench.books.settle([
            Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: .inDoubt(Failure(.lostAnswer)), at: bench.now, following: [])
        ])
        for (place, state) in [("a", MessageState.inDoubt), ("b", .delivered)] {
            try await bench.record("report \(claim.delivery.id)-2 +15550100 delivered", place: place)
            #expect(try await bench.intake().pass() == nil)
            #expect(try await bench.state(of: message) == state)
        }
    }

    @Test func `a report that bears our name for a text whose answer is awaited waits for it`() async throws {
        let bench = Bench()
        let message = try await bench.submit("hello")
        let claim = try await handOver(bench)
        try await bench.record("report \(claim.delivery.id) +15550100 delivered")
        bench.clock.advance(by: .seconds(120))
        #expect(try await bench.intake().pass() == bench.now + .seconds(1))
        try await bench.books.segmentAccepted(claim.attempt.id, segment: 0, reference: claim.delivery.id.description, at: bench.now)
        try await bench.books.settle([
            Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: .accepted(reference: nil), at: bench.now, following: [])
        ])
        #expect(try await bench.intake().pass() == nil)
        #expect(try await bench.state(of: message) == .delivered)
    }

    // MARK: - By hand

    @Test(arguments: [
        (DoubtDecision.takeAsFailed, [DeliveryContent.status(.failed(.bob, Failure(.refused, "a person found that it did not leave")))]),
        (.takeAsSent, []), (.sendAgain, []),
    ])
    func `the writer hears of what a person found to have failed, and of nothing else`(decision: DoubtDecision, news: [DeliveryContent]) async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await doubtful(bench)
        let delivery = try #require(try await bench.books.deliveries(of: message).first).delivery
        try await Decisions(ledger: bench.ledger, plan: bench.plan, mint: bench.mint, workers: bench.workers).decide(delivery.id, decision)
        #expect(try await bench.waiting() == news)
    }

    @Test func `what a person has sent again days later is sent, and not given up as late`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await doubtful(bench)
        let delivery = try #require(try await bench.books.deliveries(of: message).first).delivery
        bench.clock.advance(by: .seconds(3 * 86_400))
        try await Decisions(ledger: bench.ledger, plan: bench.plan, mint: bench.mint, workers: bench.workers).decide(delivery.id, .sendAgain)
        let peer = ScriptedPeer(bench, answers: [.accepted(reference: nil)])
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            try await bench.until { try await bench.books.backlog().isEmpty }
        }
        #expect(try await bench.state(of: message) == .sent)
        #expect(peer.texts == ["hello"])
        #expect(try await bench.waiting().isEmpty)
    }
}
