import Exchange
import HomelineTesting
import Synchronization
import Telephony
import Testing

@testable import Store

/// The plug is pulled at every writing call of a send, on both ledgers.
@Suite struct CrashPointTests {
    /// What a process of this run writes: one submission, two segments, one settlement.
    static let points = CrashPoint.all(of: [.submit: 1, .recover: 1, .claim: 1, .willSubmit: 2, .segmentAccepted: 2, .settle: 1])

    @Test(arguments: points)
    func `a send is never lost, doubled or silently resent, on the memory ledger`(point: CrashPoint) async throws {
        try await check(point, on: MemoryLedger())
    }

    @Test(arguments: points)
    func `a send is never lost, doubled or silently resent, on the SQLite ledger`(point: CrashPoint) async throws {
        let directory = try TemporaryDirectory()
        let ledger = try SQLiteLedger(path: directory.file("ledger"))
        try await check(point, on: ledger)
        try ledger.close()
    }

    private func check(_ point: CrashPoint, on ledger: any Ledger) async throws {
        let sending = Sending()
        let deaths = Mutex(0)
        let doomed = CrashingLedger(ledger, at: point) { deaths.withLock { $0 += 1 } }
        await #expect(throws: Crash.error) { try await sending.run(on: doomed) }
        #expect(doomed.isDead)
        #expect(deaths.withLock { $0 } == 1)
        await #expect(throws: Crash.error) { _ = try await doomed.lines() }

        try await sending.run(on: ledger)
        let messages = try await ledger.messages(after: nil, limit: 9, lines: nil)
        #expect(messages.count == 1)
        let handedOver = sending.handedOver
        if point.leavesDoubt {
            #expect(messages.map(\.state) == [.inDoubt])
            #expect(try await ledger.backlog() == [.inDoubt: 1])
        } else {
            #expect(messages.map(\.state) == [.sent])
            #expect(handedOver == [0, 1])
        }
        #expect(Set(handedOver).count == handedOver.count)
    }

    @Test func `the run makes just the calls that the crash points stand around`() async throws {
        let ledger = CrashingLedger(MemoryLedger())
        try await Sending().run(on: ledger)
        #expect(CrashPoint.all(of: ledger.counts) == Self.points)
        #expect(ledger.isDead == false)
    }
}

extension CrashPoint {
    /// Between the handing over of a segment and the record of its answer.
    fileprivate var leavesDoubt: Bool {
        (call == .willSubmit && side == .after) || (call == .segmentAccepted && side == .before)
    }
}

/// A process in small, and the carrier it sends to.
private final class Sending: Sendable {
    private let segments = Mutex<[Int]>([])
    private let clock = ManualClock()
    private let mint: Mint

    init() { mint = .repeatable(clock) }

    /// Segments that the carrier saw, in order.
    var handedOver: [Int] { segments.withLock { $0 } }

    func run(on ledger: any Ledger) async throws {
        let now = clock.now()
        let message = Message(
            id: mint.identifier(), line: "home", direction: .outgoing, sender: nil, participants: [.number("+15550100")],
            parts: [.text("hello")], recordedAt: now)
        let delivery = Delivery(
            id: mint.identifier(), message: message.id, destination: .trunk("home", recipients: message.participants), content: .message,
            due: now, expires: now + .seconds(60))
        _ = try await ledger.recover(leasedBefore: .distantFuture, now: now)
        // The app asks again until it is answered.
        _ = try await ledger.submit(message, key: "key", deliveries: [delivery])
        let claims = try await ledger.claim(.trunk("home"), limit: 9, now: now, lease: now + .seconds(60), mint: mint).claims
        for claim in claims { try await send(claim, ledger, now) }
    }

    private func send(_ claim: Claim, _ ledger: any Ledger, _ now: Instant) async throws {
        for segment in 0..<2 where claim.acceptedSegments[segment] == nil {
            try await ledger.willSubmit(claim.attempt.id, segment: segment, of: 2, at: now)
            segments.withLock { $0.append(segment) }
            try await ledger.segmentAccepted(claim.attempt.id, segment: segment, reference: "\(segment)", at: now)
        }
        let settlement = Settlement(
            attempt: claim.attempt.id, delivery: claim.delivery.id, result: .accepted(reference: nil), at: now, following: [])
        try await ledger.settle([settlement])
    }
}
