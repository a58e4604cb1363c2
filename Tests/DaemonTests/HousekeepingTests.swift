import Exchange
import HomelineTesting
import Logging
import Store
import Synchronization
import Telephony
import Testing

@testable import Daemon

@Suite struct HousekeepingTests {
    private let ledger = MemoryLedger()
    private let clock = ManualClock()

    private func keeping(_ keep: Duration?, _ believed: BelievedClock? = nil) -> Housekeeping {
        let right = BelievedClock(
            known: nil, look: { [clock] in ClockBelief.Look(now: clock.now(), uptime: .zero, isSynchronised: true) }, write: { _ in })
        return Housekeeping(
            ledger: ledger, media: MemoryMediaStore(clock: clock), keep: keep, clock: believed ?? right, mint: .repeatable(clock), pause: { _ in },
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func handedOver(_ low: UInt64, _ text: String) -> Receipt {
        Receipt(
            id: ReceiptID(high: 1, low: low), line: "home", format: .handover, place: "phone/1", octets: Array(text.utf8), receivedAt: clock.now())
    }

    @Test func `a machine that wakes up years ahead forgets nothing until its clock is right`() async throws {
        let message = Message(
            id: MessageID(high: 2, low: 1), line: "home", direction: .incoming, sender: .number("+15550100"), participants: [.number("+15550100")],
            parts: [.text("hello")], recordedAt: clock.now())
        let receipt = handedOver(1, "hello")
        _ = try await ledger.record([receipt])
        try await ledger.commit([Reading(receipts: [receipt.id], result: .message(message, deliveries: []), at: clock.now())])
        let isRight = Mutex(false), known = clock.now()
        let believed = BelievedClock(
            known: known,
            look: { [clock] in ClockBelief.Look(now: clock.now(), uptime: .seconds(100), isSynchronised: isRight.withLock { $0 }) }, write: { _ in })
        let housekeeping = keeping(.seconds(365 * 86_400), believed)
        clock.advance(by: .seconds(20 * 365 * 86_400))
        await housekeeping.round()
        #expect(try await ledger.message(message.id) != nil)
        isRight.withLock { $0 = true }
        await housekeeping.round()
        #expect(try await ledger.message(message.id) == nil)
    }

    @Test func `what phones handed over is known for as long as it may be handed over once more`() async throws {
        let message = Message(
            id: MessageID(high: 2, low: 1), line: "home", direction: .incoming, sender: .number("+15550100"), participants: [.number("+15550100")],
            parts: [.text("hello")], recordedAt: clock.now())
        let receipt = handedOver(1, "hello")
        _ = try await ledger.record([receipt])
        try await ledger.commit([Reading(receipts: [receipt.id], result: .message(message, deliveries: []), at: clock.now())])
        clock.advance(by: .seconds(2 * 86_400))
        await keeping(.seconds(86_400)).round()
        #expect(try await ledger.message(message.id) == nil)
        #expect(try await ledger.record([handedOver(2, "hello")]) == [receipt.id])
        clock.advance(by: .seconds(60 * 86_400))
        await keeping(.seconds(86_400)).round()
        #expect(try await ledger.record([handedOver(3, "hello")]) == [receipt.id])
    }
}
