import Exchange
import HomelineTesting
import Store
import Synchronization
import Telephony
import Testing

@testable import Daemon

@Suite struct BelievedClockTests {
    private static let start = Instant(seconds: 1_800_000_000)

    /// Days and hours after the start, by the clock and by what passed.
    private func look(_ days: Int64, hours: Int64 = 0, uptimeHours: Int64? = nil, isSynchronised: Bool = false) -> ClockBelief.Look {
        ClockBelief.Look(
            now: Self.start + .seconds(days * 86_400 + hours * 3600), uptime: .seconds((uptimeHours ?? hours) * 3600), isSynchronised: isSynchronised)
    }

    /// What is answered to each look, and what is known after the last.
    private func answers(_ known: Instant?, _ looks: [ClockBelief.Look]) -> (answers: [Bool], known: Instant?) {
        var belief = ClockBelief(known: known)
        let answers = looks.map { belief.believes($0) }
        return (answers, belief.known)
    }

    @Test(arguments: [(0, true), (30, true), (31, false), (7300, false), (-3650, true)])
    func `a clock that goes on from a time that was right is believed, and one far ahead of it is not`(days: Int64, isBelieved: Bool) {
        #expect(answers(Self.start, [look(days)]).answers == [isBelieved])
    }

    @Test func `a clock that somebody keeps right is believed whatever it was before`() {
        for known in [nil, Self.start, Self.start + .seconds(100 * 365 * 86_400)] {
            let found = answers(known, [look(7300, isSynchronised: true)])
            #expect(found.answers == [true])
            #expect(found.known == Self.start + .seconds(7300 * 86_400))
        }
    }

    @Test func `where nobody keeps it right a clock is believed within a week of being left alone`() {
        let found = answers(Self.start, (Int64(0)...168).map { look(400, hours: $0) })
        #expect(found.answers == Array(repeating: false, count: 168) + [true])
    }

    @Test func `a clock that is set begins its week anew, and one that drifts does not`() {
        let set = answers(Self.start, [look(400), look(500, hours: 100), look(500, hours: 168), look(500, hours: 268)])
        #expect(set.answers == [false, false, false, true])
        let drifting = (Int64(0)...168).map { hours in
            ClockBelief.Look(now: Self.start + .seconds(400 * 86_400 + hours * 3610), uptime: .seconds(hours * 3600), isSynchronised: false)
        }
        #expect(answers(Self.start, drifting).answers.last == true)
    }

    @Test func `a clock that is behind takes nothing of what is known`() {
        #expect(answers(Self.start, [look(-20_000)]).known == Self.start)
        #expect(answers(Self.start, [look(-20_000), look(20)]).answers == [true, true])
    }

    @Test(arguments: [Int64.min, .max, -1, 253_402_300_799_001])
    func `a note that was damaged is none`(milliseconds: Int64) {
        let found = answers(Instant(milliseconds: milliseconds), [look(0)])
        #expect(found.known == nil)
        #expect(found.answers == [false])
    }

    @Test func `a change is news once, and where nothing was known there is none`() {
        let current = Mutex(look(400))
        for (known, isNews) in [(nil, false), (Self.start, true)] as [(Instant?, Bool)] {
            current.withLock { $0 = look(400) }
            let clock = BelievedClock(known: known, look: { current.withLock { $0 } }, write: { _ in })
            #expect(clock.verdict() == BelievedClock.Verdict(isBelieved: false, isNews: isNews))
            #expect(clock.verdict() == BelievedClock.Verdict(isBelieved: false, isNews: false))
            current.withLock { $0 = look(400, isSynchronised: true) }
            #expect(clock.verdict() == BelievedClock.Verdict(isBelieved: true, isNews: isNews))
        }
    }

    @Test func `a clock that goes on from what a restored ledger recorded last is believed, and one far ahead of it is not`() async throws {
        let directory = try TemporaryDirectory(), clock = ManualClock(Self.start), mint = Mint.repeatable(clock)
        let ledger = try SQLiteLedger(path: directory.file("ledger"))
        let message = Message(
            id: mint.identifier(), line: "home", direction: .incoming, sender: .number("+15550100"), participants: [.number("+15550100")],
            parts: [.text("before the backup")], recordedAt: clock.now())
        _ = try await ledger.submit(message, key: "one", deliveries: [])
        _ = try await ledger.holdWhatMayHaveLeft(at: clock.now())
        for (days, isBelieved) in [(1, true), (7300, false)] as [(Int64, Bool)] {
            let state = StateDirectory(directory.file("\(days)"))
            try state.create()
            clock.advance(by: .seconds(days * 86_400))
            let believed = await BelievedClock.system(state, ledger: ledger, clock: clock, uptime: { .zero }, isSynchronised: { false })
            #expect(believed.verdict().isBelieved == isBelieved)
        }
        try ledger.close()
    }

    @Test func `a process that was started by a wrong clock gives the next no reason to believe it`() async throws {
        let directory = try TemporaryDirectory()
        let state = StateDirectory(directory.path), ledger = MemoryLedger()
        let clock = ManualClock(Self.start)
        let receipt = { (low: UInt64) in
            Receipt(id: ReceiptID(high: 1, low: low), line: "home", format: .handover, place: "\(low)", octets: [UInt8(low)], receivedAt: clock.now())
        }
        _ = try await ledger.record([receipt(1)])
        clock.advance(by: .seconds(7300 * 86_400))
        let first = await BelievedClock.system(state, ledger: ledger, clock: clock, uptime: { .zero }, isSynchronised: { false })
        #expect(!first.verdict().isBelieved)
        _ = try await ledger.record([receipt(2)])
        let second = await BelievedClock.system(state, ledger: ledger, clock: clock, uptime: { .zero }, isSynchronised: { false })
        #expect(!second.verdict().isBelieved)
        let right = await BelievedClock.system(state, ledger: ledger, clock: clock, uptime: { .zero }, isSynchronised: { true })
        #expect(right.verdict().isBelieved)
        let next = await BelievedClock.system(state, ledger: ledger, clock: clock, uptime: { .zero }, isSynchronised: { false })
        #expect(next.verdict().isBelieved)
    }
}
