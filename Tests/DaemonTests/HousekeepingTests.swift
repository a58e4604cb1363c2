import Exchange
import HomelineTesting
import Logging
import Store
import Telephony
import Testing

@testable import Daemon

@Suite struct HousekeepingTests {
    private let ledger = MemoryLedger()
    private let clock = ManualClock()

    private func keeping(_ keep: Duration?) -> Housekeeping {
        Housekeeping(
            ledger: ledger, media: MemoryMediaStore(clock: clock), keep: keep, mint: .repeatable(clock), pause: { _ in },
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func handedOver(_ low: UInt64, _ text: String) -> Receipt {
        Receipt(
            id: ReceiptID(high: 1, low: low), line: "home", format: .handover, place: "phone/1", octets: Array(text.utf8), receivedAt: clock.now())
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
