import Exchange
import HomelineTesting
import Telephony
import Testing

@testable import Store

@Suite struct ForgettingTests {
    private func incoming(_ text: String, _ scratch: Scratch, at: Instant) -> Message {
        Message(
            id: scratch.mint.identifier(), line: "home", direction: .incoming, sender: .number("+15550100"), participants: [.number("+15550100")],
            parts: [.text(text)], recordedAt: at)
    }

    @Test func `what another phone brought lately keeps nothing of here that is old`() async throws {
        let scratch = try Scratch(), start = scratch.clock.now()
        for text in ["one", "two"] {
            _ = try await scratch.ledger.submit(incoming(text, scratch, at: scratch.clock.now()), key: text, deliveries: [])
            scratch.clock.advance(by: .seconds(86_400))
        }
        let past = [(-9, "very old"), (1, "of the second day")].map { days, text in
            incoming(text, scratch, at: start + .seconds(86_400 * Int64(days)) + .seconds(3600))
        }
        #expect(try await scratch.ledger.addHistory(past, at: scratch.clock.now()) == 2)
        let before = start + .seconds(86_400)
        #expect(try await scratch.ledger.forget(recordedBefore: before, limit: 1) == 1)
        #expect(try await scratch.ledger.forget(recordedBefore: before, limit: 9) == 1)
        #expect(try await scratch.ledger.forget(recordedBefore: before, limit: 9) == 0)
        let left = try await scratch.ledger.messages(after: nil, limit: 9, lines: nil).map(\.message.text)
        #expect(Set(left) == ["two", "of the second day"])
        #expect(try await scratch.ledger.audit().faults == [])
    }
}
