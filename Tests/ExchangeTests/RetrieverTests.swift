import Exchange
import HomelineTesting
import Store
import Synchronization
import Telephony
import Testing

@Suite(.timeLimit(.minutes(10))) struct RetrieverTests {
    @Test func `what is announced is fetched, durable, and then acknowledged`() async throws {
        let bench = Bench()
        let carrier = ScriptedCarrier([.retrieved([1, 2, 3])])
        let retrieval = try await bench.announce()
        _ = try await bench.retriever(carrier).pass()
        #expect(try await bench.books.unreadReceipts(line: "home").map(\.octets) == [[1, 2, 3]])
        #expect(carrier.acknowledged.isEmpty)
        _ = try await bench.retriever(carrier).pass()
        #expect(carrier.acknowledged == [.retrieved])
        #expect(carrier.asked == [retrieval.announcement])
        #expect(try await bench.retriever(carrier).pass() == nil)
    }

    @Test func `an outage is waited out, told once, and told to be over`() async throws {
        let bench = Bench()
        try await bench.haveAlice(devices: ["phone"])
        let carrier = ScriptedCarrier(Array(repeating: .deferred(Failure(.http(503)), until: nil), count: 5) + [.retrieved([1])])
        try await bench.announce()
        let notices = Notices(ledger: bench.ledger, plan: bench.plan, mint: bench.mint, workers: bench.workers)
        var waits: [Int64] = []
        for _ in 0..<5 {
            let retriever = bench.retriever(carrier, notices: notices)
            _ = try await retriever.pass()
            let next = try #require(try await retriever.pass())
            waits.append(next.seconds - bench.now.seconds)
            bench.clock.advance(by: next - bench.now)
        }
        #expect(waits == [30, 60, 120, 240, 480])
        #expect(try await bench.messages().map(\.message.text).filter { $0.contains("could not be fetched yet") && $0.contains("+15550100") }.count == 1)
        _ = try await bench.retriever(carrier, notices: notices).pass()
        #expect(try await bench.messages().last?.message.text == "The picture message from +15550100 has come after all.")
    }

    @Test(arguments: [RetrievalOutcome.gone(Failure(.http(404))), .failed(Failure(.refused, "not on the carrier's bearer"))])
    func `what cannot be fetched is given up and told`(outcome: RetrievalOutcome) async throws {
        let bench = Bench()
        let carrier = ScriptedCarrier([outcome])
        try await bench.announce()
        _ = try await bench.retriever(carrier).pass()
        #expect(try await bench.retriever(carrier).pass() == nil)
        #expect(try await bench.books.retrievals().map(\.state) == [.failed])
        #expect(try await bench.messages().map(\.message.text).contains { $0.contains("is given up") })
        #expect(carrier.acknowledged.isEmpty)
    }

    @Test func `what the carrier has forgotten is not asked for`() async throws {
        let bench = Bench()
        let carrier = ScriptedCarrier([])
        try await bench.announce()
        bench.clock.advance(by: .seconds(86_400))
        _ = try await bench.retriever(carrier).pass()
        #expect(carrier.asked.isEmpty)
        #expect(try await bench.books.retrievals().first?.failure?.cause == .expired)
    }

    @Test func `a clock that is set right while it is looked what is due ends nothing`() async throws {
        let bench = Bench()
        let carrier = ScriptedCarrier([.retrieved([1])])
        try await bench.announce()
        let ledger = InterceptedLedger(SetMeanwhile(bench.books, bench.clock))
        _ = try await bench.retriever(carrier, over: ledger).pass()
        #expect(try await bench.books.unreadReceipts(line: "home").map(\.octets) == [[1]])
        #expect(carrier.asked.count == 1)
    }

    @Test func `a line without a way to picture messages says so`() async throws {
        let bench = Bench()
        try await bench.announce()
        _ = try await bench.retriever(nil).pass()
        #expect(try await bench.messages().map(\.message.text).contains { $0.contains("no settings for picture messages") })
    }

    @Test func `a carrier that will not be told is told no more after a while`() async throws {
        let bench = Bench()
        let carrier = ScriptedCarrier([.retrieved([1])], refusing: 100)
        try await bench.announce()
        var next = try await bench.retriever(carrier).pass()
        while let due = next {
            if due > bench.now { bench.clock.advance(by: due - bench.now) }
            next = try await bench.retriever(carrier).pass()
        }
        #expect(carrier.acknowledged.count == 9)
        #expect(carrier.asked.count == 1)
    }

    @Test func `a carrier that was long away is told as often as any other`() async throws {
        let bench = Bench()
        let away = Array(repeating: RetrievalOutcome.deferred(Failure(.http(503)), until: nil), count: 8)
        let carrier = ScriptedCarrier(away + [.retrieved([1])], refusing: 3)
        try await bench.announce()
        var next = try await bench.retriever(carrier).pass()
        while let due = next {
            if due > bench.now { bench.clock.advance(by: due - bench.now) }
            next = try await bench.retriever(carrier).pass()
        }
        #expect(carrier.asked.count == 9)
        #expect(carrier.acknowledged.count == 4)
    }
}

/// Sets the clock right once it was looked what is due.
private final class SetMeanwhile: LedgerInterceptor {
    private static let step = Duration.seconds(50 * 365 * 86_400)

    private let ledger: MemoryLedger
    private let clock: ManualClock

    init(_ ledger: MemoryLedger, _ clock: ManualClock) {
        self.ledger = ledger
        self.clock = clock
    }

    func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        let value = try await body(ledger)
        if call == .dueRetrievals {
            try await ledger.clockWasSet(by: Self.step, at: clock.now())
            clock.advance(by: Self.step)
        }
        return value
    }
}

/// Gives the outcomes in turn.
private final class ScriptedCarrier: MultimediaTrunk {
    private struct State {
        var outcomes: [RetrievalOutcome]
        var refusals: Int
        var asked: [Announcement] = []
        var acknowledged: [RetrievalAcknowledgement] = []
    }

    private let state: Mutex<State>

    init(_ outcomes: [RetrievalOutcome], refusing refusals: Int = 0) { state = Mutex(State(outcomes: outcomes, refusals: refusals)) }

    var asked: [Announcement] { state.withLock { $0.asked } }
    var acknowledged: [RetrievalAcknowledgement] { state.withLock { $0.acknowledged } }
    var limits: MultimediaLimits { .cautious }

    func retrieve(_ announcement: Announcement) async -> RetrievalOutcome {
        state.withLock { state in
            state.asked.append(announcement)
            return state.outcomes.isEmpty ? .failed(Failure(.refused, "asked too often")) : state.outcomes.removeFirst()
        }
    }

    func acknowledge(_ announcement: Announcement, _ acknowledgement: RetrievalAcknowledgement) async -> Failure? {
        state.withLock { state in
            state.acknowledged.append(acknowledgement)
            state.refusals -= 1
            return state.refusals >= 0 ? Failure(.http(500)) : nil
        }
    }
}

extension Bench {
    @discardableResult
    func announce() async throws -> Retrieval {
        let announcement = Announcement(
            transaction: "t", location: "http://mmsc/1", sender: .bob, subject: nil, size: 30_000, expires: now + .seconds(86_400))
        let retrieval = Retrieval(id: mint.identifier(), line: "home", announcement: announcement, announcedAt: now)
        let receipt = Receipt(id: mint.identifier(), line: "home", format: .modemPDU, place: "direct", octets: [1], receivedAt: now)
        let ids = try await books.record([receipt])
        try await books.commit([Reading(receipts: ids, result: .announcement(retrieval), at: now)])
        return retrieval
    }

    fileprivate func retriever(_ carrier: ScriptedCarrier?, notices: Notices? = nil, over other: (any Ledger)? = nil) -> Retriever {
        Retriever(
            line: "home", trunk: carrier, ledger: other ?? ledger, notices: notices ?? Notices(ledger: ledger, plan: plan, mint: mint, workers: workers),
            policy: RetryPolicy(base: .seconds(30), ceiling: .seconds(1800), jitter: 0), mint: mint, pause: pauses.pause, workers: workers,
            intake: intakeSignal)
    }
}
