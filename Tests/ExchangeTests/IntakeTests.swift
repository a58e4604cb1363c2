import Exchange
import Synchronization
import Telephony
import Testing

@Suite(.timeLimit(.minutes(10))) struct IntakeTests {
    @Test func `a message is stored with its deliveries, and its receipt is consumed`() async throws {
        let bench = Bench()
        try await bench.haveAlice(devices: ["phone", "laptop"])
        try await bench.record("text +15550100 hello there")
        let next = try await bench.intake().pass()
        #expect(next == nil)
        let record = try #require(try await bench.messages().first)
        #expect(record.message.text == "hello there")
        #expect(record.message.sender == .bob)
        #expect(record.message.direction == .incoming)
        #expect(record.message.recordedAt == bench.now)
        #expect(try await bench.books.deliveries(of: record.message.id).map(\.delivery.destination) == [.alicesPhone, .alicesLaptop])
        #expect(try await bench.books.unreadReceipts(line: "home").isEmpty)
        #expect(try await bench.kinds(of: record.message.id) == [.received, .message, .planned, .planned])
    }

    @Test func `equal texts are two messages; the same receipt told twice is one`() async throws {
        let bench = Bench()
        let first = try await bench.record("text +15550100 ok", place: "SM/1")
        #expect(try await bench.record("text +15550100 ok", place: "SM/1") == first)
        try await bench.record("text +15550100 ok", place: "SM/2")
        _ = try await bench.intake().pass()
        #expect(try await bench.record("text +15550100 ok", place: "SM/1") == first)
        _ = try await bench.intake().pass()
        #expect(try await bench.messages().count == 2)
        try await bench.inbox.release(first)
        try await bench.record("text +15550100 ok", place: "SM/1")
        _ = try await bench.intake().pass()
        #expect(try await bench.messages().count == 3)
    }

    @Test func `a segment that misses its others stays unread, and is looked at again in time`() async throws {
        let bench = Bench()
        try await bench.record("half")
        #expect(try await bench.intake().pass() == start + .seconds(300))
        #expect(try await bench.books.unreadReceipts(line: "home").count == 1)
        #expect(try await bench.messages().isEmpty)
        #expect(bench.ledger.counts[.commit] == nil)
    }

    @Test func `the soonest of several waits decides`() async throws {
        let bench = Bench()
        try await bench.record("half", place: "SM/1")
        bench.clock.advance(by: .seconds(100))
        try await bench.record("half", place: "SM/2")
        try await bench.record("half", place: "SM/1", line: "office")
        #expect(try await bench.intake().pass() == start + .seconds(300))
    }

    @Test func `what cannot be decoded is kept and shown, and read when the reader has learnt it`() async throws {
        let bench = Bench()
        try await bench.record("\u{1}garbage")
        for _ in 0..<2 { _ = try await bench.intake().pass() }
        #expect(try await bench.messages().isEmpty)
        let shown = try await bench.books.entries(after: 0, limit: 100)
        #expect(shown.map(\.kind) == [.received, .undecodable])
        #expect(shown.last?.detail == "octet 0")
        #expect(try await bench.books.replayUndecodable() == 1)
        _ = try await bench.intake(WrittenReceipts(learns: true)).pass()
        #expect(try await bench.messages().map(\.message.text) == ["\u{1}garbage"])
        #expect(try await bench.books.replayUndecodable() == 0)
    }

    @Test func `what is not for people is consumed and told in the timeline`() async throws {
        let bench = Bench()
        try await bench.record("silent")
        _ = try await bench.intake().pass()
        #expect(try await bench.messages().isEmpty)
        #expect(try await bench.books.unreadReceipts(line: "home").isEmpty)
        #expect(try await bench.books.entries(after: 0, limit: 9).last?.detail == "a silent message")
    }

    // MARK: - Reports

    /// A sent message of one segment with reference 10, its delivery accepted.
    private func sent(_ bench: Bench, accepting segments: Int = 1, of total: Int = 1) async throws -> MessageID {
        let message = try await bench.submit("hello")
        let claim = try #require(try await bench.books.claim(.trunk("home"), limit: 1, now: bench.now, lease: .distantFuture, mint: bench.mint).claims.first)
        for segment in 0..<segments {
            try await bench.books.willSubmit(claim.attempt.id, segment: segment, of: total, at: bench.now)
            try await bench.books.segmentAccepted(claim.attempt.id, segment: segment, reference: "\(10 + segment)", at: bench.now)
        }
        let result = Settlement.Result.accepted(reference: nil)
        if segments == total {
            try await bench.books.settle([
                Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: result, at: bench.now, following: [])
            ])
        }
        return message
    }

    @Test func `a report on the last segment delivers the message and tells its writer`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await sent(bench, accepting: 2, of: 2)
        try await bench.record("report 10 +15550100 delivered")
        _ = try await bench.intake().pass()
        #expect(try await bench.state(of: message) == .sent)
        #expect(try await bench.waiting().isEmpty)
        try await bench.record("report 11 +15550100 delivered")
        _ = try await bench.intake().pass()
        #expect(try await bench.state(of: message) == .delivered)
        #expect(try await bench.waiting() == [.status(.delivered(.bob, at: bench.now))])
    }

    @Test func `reports on all segments that are read together tell the writer once`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await sent(bench, accepting: 3, of: 3)
        for reference in [11, 10, 11, 12] { try await bench.record("report \(reference) +15550100 delivered", place: "SM/\(reference)") }
        try await bench.record("report 10 +15550100 delivered", place: "SM/1")
        _ = try await bench.intake().pass()
        #expect(try await bench.state(of: message) == .delivered)
        #expect(try await bench.waiting() == [.status(.delivered(.bob, at: bench.now))])
    }

    @Test func `a failure among reports that are read together is all the writer hears`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await sent(bench, accepting: 2, of: 2)
        try await bench.record("report 10 +15550100 failed", place: "SM/1")
        try await bench.record("report 11 +15550100 delivered", place: "SM/2")
        _ = try await bench.intake().pass()
        #expect(try await bench.state(of: message) == .failed)
        #expect(try await bench.waiting() == [.status(.failed(.bob, Failure(.tpStatus(0x46))))])
    }

    @Test(arguments: [true, false]) func `two failed segments of one text are one failure to the writer`(together: Bool) async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await sent(bench, accepting: 3, of: 3)
        for reference in [11, 10] {
            try await bench.record("report \(reference) +15550100 failed", place: "SM/\(reference)")
            if !together { _ = try await bench.intake().pass() }
        }
        _ = try await bench.intake().pass()
        #expect(try await bench.state(of: message) == .failed)
        #expect(try await bench.waiting() == [.status(.failed(.bob, Failure(.tpStatus(0x46))))])
    }

    @Test func `a segment that the network sends again after its message was whole is put aside`() async throws {
        let bench = Bench()
        let first = try await bench.record("half of it", place: "SM/1")
        try await bench.books.commit([Reading(receipts: first, result: .notForPeople("whole"), at: bench.now)])
        try await bench.record("half of it", place: "SM/2")
        try await bench.record("half of another", place: "SM/3")
        _ = try await bench.intake().pass()
        #expect(try await bench.books.unreadReceipts(line: "home").map(\.place) == ["SM/3"])
        let last = try await bench.books.entries(after: 0, limit: 10).last
        #expect(last?.kind == .notForPeople && last?.detail == "part of a long text that came before, sent again by the network")
    }

    @Test func `a report in the national form of the number is of the same party`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await sent(bench)
        try await bench.record("report 10 05550100 delivered")
        _ = try await bench.intake().pass()
        #expect(try await bench.state(of: message) == .delivered)
    }

    @Test func `a report of failure tells the writer why`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await sent(bench)
        try await bench.record("report 10 +15550100 failed")
        _ = try await bench.intake().pass()
        #expect(try await bench.state(of: message) == .failed)
        #expect(try await bench.waiting() == [.status(.failed(.bob, Failure(.tpStatus(0x46))))])
    }

    @Test func `a report that the network still tries leaves the segment open for the next`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let message = try await sent(bench)
        try await bench.record("report 10 +15550100 pending")
        _ = try await bench.intake().pass()
        #expect(try await bench.state(of: message) == .sent)
        #expect(try await bench.waiting().isEmpty)
        try await bench.record("report 10 +15550100 delivered", place: "SM/2")
        _ = try await bench.intake().pass()
        #expect(try await bench.state(of: message) == .delivered)
    }

    @Test func `a report that overtakes its segment waits for it`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        try await bench.record("report 10 +15550100 delivered")
        #expect(try await bench.intake().pass() == start + .seconds(1))
        #expect(try await bench.books.unreadReceipts(line: "home").count == 1)
        bench.clock.advance(by: .seconds(1))
        let message = try await sent(bench)
        #expect(try await bench.intake().pass() == nil)
        #expect(try await bench.state(of: message) == .delivered)
    }

    @Test func `a report on nothing of ours is put aside after a minute, and shown`() async throws {
        let bench = Bench()
        try await bench.record("report 10 +15550100 delivered")
        bench.clock.advance(by: .seconds(59))
        #expect(try await bench.intake().pass() != nil)
        bench.clock.advance(by: .seconds(1))
        #expect(try await bench.intake().pass() == nil)
        #expect(try await bench.books.unreadReceipts(line: "home").isEmpty)
        #expect(try await bench.books.entries(after: 0, limit: 9).last?.kind == .notForPeople)
    }

    // MARK: - Running

    @Test func `it reads what was left, what comes, and what has waited long enough`() async throws {
        let bench = Bench()
        try await bench.record("text +15550100 before")
        try await bench.running(bench.intake()) {
            try await bench.until { try await bench.messages().count == 1 }
            try await bench.record("text +15550100 while", place: "SM/2")
            try await bench.until { try await bench.messages().count == 2 }
            try await bench.record("report 10 +15550100 delivered", place: "SM/3")
            try await bench.until { bench.pauses.waits.first == .seconds(1) }
            _ = try await sent(bench)
            // It looks every second; one look may have begun before.
            try await bench.until {
                if !bench.pauses.waits.isEmpty { bench.pauses.advance(by: .seconds(1)) }
                return try await bench.books.unreadReceipts(line: "home").isEmpty
            }
        }
        #expect(try await bench.messages().map(\.message.text) == ["before", "while", "hello"])
    }

    @Test(arguments: [LedgerError.busy("locked"), .full("no room"), .conflict("odd")])
    func `it tries again after the ledger refused`(error: LedgerError) async throws {
        let bench = Bench()
        try await bench.record("text +15550100 hello")
        // The receipt's ring is kept and brings a second look at once.
        bench.ledger.refuse(.commit, times: 2, error)
        try await bench.running(bench.intake()) {
            try await bench.until { bench.ledger.counts[.commit] == 2 && bench.pauses.waits == [.seconds(1)] }
            #expect(try await bench.messages().isEmpty)
            bench.pauses.advance(by: .seconds(1))
            try await bench.until { try await bench.messages().count == 1 }
        }
    }

    @Test func `a line whose readings conflict holds up no other`() async throws {
        let bench = Bench()
        try await bench.record("text +15550100 home")
        try await bench.record("text +15550100 office", line: "office")
        bench.ledger.refuse(.commit, .conflict("odd"))
        #expect(try await bench.intake().pass() == start + .seconds(1))
        #expect(try await bench.messages().map(\.message.text) == ["office"])
    }

    @Test(arguments: [LedgerError.conflict("odd"), .unusable("a page is damaged")])
    func `a reading that cannot be committed holds up no other, of its line and of others`(error: LedgerError) async throws {
        let bench = Bench()
        try await bench.record("text +15550100 one")
        try await bench.record("text +15550101 two")
        try await bench.record("text +15550102 office", line: "office")
        // Both together, and the first alone.
        bench.ledger.refuse(.commit, times: 2, error)
        #expect(try await bench.intake().pass() == start + .seconds(1))
        #expect(try await bench.messages().map(\.message.text) == ["two", "office"])
        #expect(try await bench.intake().pass() == nil)
        #expect(try await bench.messages().map(\.message.text) == ["two", "office", "one"])
    }

    /// By it the others of a group are told from us.
    @Test func `what is read is read by the line's own number, also of a line that has no country any more`() async throws {
        let bench = Bench(), reader = NumberlessReader()
        let intake = Intake(
            ledger: bench.ledger, interpreter: reader, numbering: reader, plan: bench.plan, mint: bench.mint, pause: bench.pauses.pause,
            signal: bench.intakeSignal, workers: bench.workers)
        try await bench.books.update(Line(id: "home", facts: LineFacts(number: "+15550100")))
        _ = try await bench.inbox.record([Inbox.Arrival(place: "mmsc", format: .multimedia, octets: [1])], line: "home")
        _ = try await intake.pass()
        #expect(reader.own.withLock(\.self) == [.number("+15550100")])
    }

    @Test func `it ends when the ledger is broken`() async throws {
        let bench = Bench()
        try await bench.record("text +15550100 hello")
        bench.ledger.refuse(.commit, .broken("fsync"))
        await #expect(throws: LedgerError.broken("fsync")) { try await bench.intake().run() }
        #expect(try await bench.books.unreadReceipts(line: "home").count == 1)
    }
}

/// Knows no line's country, and notes what it was told is the line's own number.
private final class NumberlessReader: Interpreter, Numbering {
    let own = Mutex<[Address?]>([])

    func interpret(_ receipts: [Receipt], line: LineID, own: Address?, now: Instant) -> [Interpretation] {
        self.own.withLock { $0.append(own) }
        return []
    }

    func address(_ text: String, line: LineID) -> Address? { nil }
    func refusal(_ address: Address, line: LineID) -> Failure? { nil }
    func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool { one == other }
}
