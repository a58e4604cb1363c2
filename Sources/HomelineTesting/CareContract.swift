import Exchange
import Telephony
import Testing

/// What every ledger promises to whoever looks after the house, clause by clause.
public enum CareContract {
    public struct Clause: Sendable, CustomTestStringConvertible {
        public let sentence: String
        public let check: @Sendable (CareBench) async throws -> Void

        init(_ sentence: String, _ check: @escaping @Sendable (CareBench) async throws -> Void) {
            self.sentence = sentence
            self.check = check
        }

        public var testDescription: String { sentence }
    }

    public static let clauses = [failures, segments, undecodable, pictures, signals, traffic, alerts]

    private static let failures = Clause("a failure waits for its owner until it is tried again or dropped, and a doubt until it is decided") { bench in
        let claim = try await bench.failed("one")
        let other = try await bench.failed("two", to: .other)
        #expect(try await bench.care.failures(before: nil, limit: 10).map(\.delivery.delivery.id) == [other.delivery.id, claim.delivery.id])
        #expect(try await bench.care.failures(before: other.delivery.id, limit: 10).map(\.message.message.text) == ["one"])
        #expect(try await bench.care.failures(before: nil, limit: 1).count == 1)
        bench.base.clock.advance(by: .seconds(100_000))
        let name: DeliveryID = bench.base.mint.identifier()
        let again = try await bench.care.retry(claim.delivery.id, as: name, by: "alice", at: bench.now) { _ in .seconds(500) }
        #expect(again.id == name && again.expires == bench.now + .seconds(500) && again.due == bench.now)
        for id in [claim.delivery.id, name] {
            await expectConflict { _ = try await bench.care.retry(id, as: bench.base.mint.identifier(), by: "alice", at: bench.now) { _ in .zero } }
            await expectConflict { try await bench.care.drop(id, by: "alice", at: bench.now) }
        }
        #expect(try await bench.base.state(of: claim.message) == .queued)
        let second = try #require(try await bench.base.claim().first)
        #expect(second.delivery == again && second.attempt.number == 2 && second.acceptedSegments.isEmpty)
        let named = try await bench.base.ledger.timeline(claim.message.id).compactMap(\.delivery)
        #expect(Set(named) == [name], "what became of it before is told under its new name")
        try await bench.care.drop(other.delivery.id, by: "alice", at: bench.now)
        #expect(try await bench.care.failures(before: nil, limit: 10).isEmpty)
        #expect(try await bench.base.state(of: other.message) == .failed)
        #expect(try await bench.base.kinds(of: other.message).last == .dropped)
        #expect(try await bench.base.kinds(of: claim.message).contains(.retried))
        #expect(try await bench.base.ledger.timeline(claim.message.id).contains { $0.detail == "alice had it tried again." })
        // What fails once more is shown once more.
        try await bench.base.settle(second, .failed(Failure(.refused)))
        #expect(try await bench.care.failures(before: nil, limit: 10).count == 1)
        #expect(try await bench.care.doubts(limit: 10).isEmpty)
        let doubtful = try await bench.base.doubtful(bench.base.outgoing("three", reference: "3"), accepted: 0, of: 1)
        #expect(try await bench.care.doubts(limit: 10).map(\.delivery.delivery.id) == [doubtful.delivery.id])
        await expectConflict { _ = try await bench.care.retry(doubtful.delivery.id, as: bench.base.mint.identifier(), by: "alice", at: bench.now) { _ in .zero } }
    }

    private static let segments = Clause("the segments of a delivery are told with their answers and fates, and a retry sends all of them again") { bench in
        let claim = try await bench.base.send(bench.base.outgoing(), accepted: 2, of: 3)
        try await bench.base.ledger.willSubmit(claim.attempt.id, segment: 2, of: 3, at: bench.now)
        let found = try await bench.care.segments(of: claim.delivery.id)
        #expect(found.map(\.index) == [0, 1, 2] && found.map(\.reference) == ["10", "11", nil] && found.allSatisfy { $0.total == 3 && $0.fate == nil })
        #expect(found.map(\.acceptedAt) == [bench.now, bench.now, nil])
        try await bench.base.settle(claim, .failed(Failure(.cms(38))))
        try await bench.base.report(.failed(code: 70), on: "10")
        #expect(try await bench.care.segments(of: claim.delivery.id).map(\.fate) == [.failed(70), nil])
        let again = try await bench.care.retry(claim.delivery.id, as: bench.base.mint.identifier(), by: "alice", at: bench.now) { _ in .seconds(500) }
        #expect(try await bench.care.segments(of: again.id).isEmpty)
        #expect(try await bench.base.claim().first?.acceptedSegments == [:])
        #expect(try await bench.care.segments(of: bench.base.mint.identifier()).isEmpty)
    }

    private static let undecodable = Clause("a receipt that could not be decoded is read again or dropped, each for itself") { bench in
        let ids = try await bench.base.ledger.record([bench.base.receipt([1], place: "SM/1"), bench.base.receipt([2], place: "SM/2")])
        for id in ids { try await bench.base.ledger.commit([Reading(receipts: [id], result: .undecodable("no \(id)"), at: bench.now)]) }
        let found = try await bench.care.undecodable(limit: 10)
        #expect(found.map(\.receipt.id) == ids.reversed() && found.map(\.reason) == ids.reversed().map { "no \($0)" })
        #expect(try await bench.care.undecodable(limit: 1).count == 1)
        try await bench.care.replay(ids[0], by: "alice", at: bench.now)
        await expectConflict { try await bench.care.replay(ids[0], by: "alice", at: bench.now) }
        #expect(try await bench.base.ledger.unreadReceipts(line: nil).map(\.id) == [ids[0]])
        try await bench.care.drop(ids[1], by: "alice", at: bench.now)
        await expectConflict { try await bench.care.drop(ids[1], by: "alice", at: bench.now) }
        #expect(try await bench.care.undecodable(limit: 10).isEmpty)
        #expect(try await bench.base.ledger.replayUndecodable() == 0)
        let last = try await bench.base.ledger.entries(after: 0, limit: 100).suffix(2)
        #expect(last.map(\.kind) == [.retried, .dropped])
    }

    private static let pictures = Clause("a picture that was given up is fetched again or dropped") { bench in
        let retrieval = Retrieval(
            id: bench.base.mint.identifier(), line: "home",
            announcement: Announcement(
                transaction: "1", location: "http://mms/1", sender: .far, subject: nil, size: 1000, expires: bench.now + .seconds(86400)),
            announcedAt: bench.now)
        let ids = try await bench.base.ledger.record([bench.base.receipt()])
        try await bench.base.ledger.commit([Reading(receipts: ids, result: .announcement(retrieval), at: bench.now)])
        await expectConflict { try await bench.care.drop(retrieval.id, by: "alice", at: bench.now) }
        try await bench.base.ledger.note(.failed(Failure(.timeout)), of: retrieval.id, at: bench.now)
        bench.base.clock.advance(by: .seconds(60))
        try await bench.care.retry(retrieval.id, by: "alice", at: bench.now)
        let due = try await bench.base.ledger.retrievals(of: "home", due: bench.now, limit: 10).records
        #expect(due.map(\.retrieval.id) == [retrieval.id] && due.first?.state == .waiting && due.first?.failure == nil)
        try await bench.base.ledger.note(.failed(Failure(.timeout)), of: retrieval.id, at: bench.now)
        try await bench.care.drop(retrieval.id, by: "alice", at: bench.now)
        #expect(try await bench.base.ledger.retrievals().isEmpty)
        await expectConflict { try await bench.care.retry(retrieval.id, by: "alice", at: bench.now) }
    }

    private static let signals = Clause("samples of a signal are kept for their line as long as they are asked for") { bench in
        for (minute, strength) in [-71, -80, -95].enumerated() {
            let at = bench.now + .seconds(Int64(minute) * 60)
            try await bench.care.save(SignalSample(line: "home", at: at, strength: strength), forgettingBefore: at - .seconds(60))
        }
        try await bench.care.save(SignalSample(line: "work", at: bench.now, strength: -60), forgettingBefore: bench.now)
        try await bench.care.save(SignalSample(line: "work", at: bench.now, strength: -61), forgettingBefore: bench.now)
        #expect(try await bench.care.signal(of: "home", since: bench.now).map(\.strength) == [-80, -95])
        #expect(try await bench.care.signal(of: "home", since: bench.now + .seconds(61)).map(\.strength) == [-95])
        #expect(try await bench.care.signal(of: "work", since: bench.now).map(\.strength) == [-61])
    }

    private static let traffic = Clause("the traffic of a line is counted from a time on, without what Homeline told itself") { bench in
        #expect(try await bench.care.traffic(of: "home", since: bench.now) == LineTraffic())
        try await bench.base.receive(bench.base.incoming("old"), to: [])
        let first = bench.now
        bench.base.clock.advance(by: .seconds(3600))
        try await bench.base.receive(bench.base.incoming("new"), to: [])
        try await bench.base.receive(bench.base.incoming("elsewhere", line: "work"), to: [])
        let second = bench.now
        bench.base.clock.advance(by: .seconds(60))
        try await bench.base.submit(bench.base.outgoing())
        try await bench.base.receive(bench.base.incoming("told", from: Notices.sender), to: [])
        #expect(
            try await bench.care.traffic(of: "home", since: first + .seconds(1))
                == LineTraffic(incoming: 1, outgoing: 1, lastIn: second, lastOut: bench.now))
        #expect(try await bench.care.traffic(of: "home", since: first).incoming == 2)
        #expect(try await bench.care.traffic(of: "work", since: first) == LineTraffic(incoming: 1, lastIn: second))
    }

    private static let alerts = Clause("an alert is known by its topic until it is removed") { bench in
        var line = Alert(topic: "line/home", sentence: "gone", toldAt: bench.now)
        let disk = Alert(topic: "disk", sentence: "full", toldAt: bench.now)
        try await bench.care.save(line)
        try await bench.care.save(disk)
        line.clearedAt = bench.now
        try await bench.care.save(line)
        #expect(try await bench.care.alerts() == [disk, line])
        try await bench.care.removeAlert("disk")
        try await bench.care.removeAlert("disk")
        #expect(try await bench.care.alerts() == [line])
    }
}

/// A ledger under test, as one looks after it.
public struct CareBench: Sendable {
    public let base: LedgerBench
    public let care: any CareLedger

    public init(_ ledger: any Ledger & CareLedger) {
        base = LedgerBench(ledger)
        care = ledger
    }

    var now: Instant { base.clock.now() }

    /// A send that failed.
    func failed(_ text: String, to recipient: Address = .far) async throws -> Claim {
        let message = base.outgoing(text, to: [recipient], reference: text)
        try await base.submit(message)
        guard let claim = try await base.claim().first(where: { $0.message.id == message.id }) else { throw LedgerError.conflict("nothing was claimed") }
        try await base.settle(claim, .failed(Failure(.refused, "no credit")))
        return claim
    }
}
