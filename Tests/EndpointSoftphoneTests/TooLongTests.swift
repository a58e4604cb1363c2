import Exchange
import HomelineTesting
import SIPStack
import Store
import Telephony
import Testing

@testable import EndpointSoftphone

/// What becomes of a text that no datagram holds, for an app that is registered over UDP.
@Suite struct TooLongTests {
    @Test(.timeLimit(.minutes(10))) func `a text that can never be brought fails at once, with the reason, and holds nothing up`() async throws {
        let ledger = MemoryLedger(), clock = ManualClock()
        try await ledger.save(Person(id: "alice", lines: ["home"], credentials: SIPCredentials(realm: "sms.example.org", user: "alice", password: "right")))
        try await ledger.save(Binding(
            person: "alice", device: "phone", contact: "sip:alice@127.0.0.1:9;transport=udp", path: [], flow: "udp/127.0.0.1:5060/127.0.0.1:9/0",
            callID: "c", cseq: 1, userAgent: "", registeredAt: clock.now(), expiresAt: clock.now() + .seconds(3600)))
        let softphone = try softphone(ledger, clock: clock) { try await Task.sleep(for: $0) }
        let claim = claim(String(repeating: "x", count: 66_000), at: clock.now())
        try await softphone.served { _ in
            let outcome = await softphone.deliver(claim)
            #expect(outcome == .failed(Failure(.refused, "too long for an app that is registered over UDP")))
        }
    }

    private func claim(_ text: String, at now: Instant) -> Claim {
        let message = Message(
            id: MessageID(high: 1, low: 1), line: "home", direction: .incoming, sender: .number("+15550100"), participants: [.number("+15550100")],
            parts: [.text(text)], recordedAt: now)
        let destination = Destination.device(.softphone, "alice", "phone")
        let delivery = Delivery(
            id: DeliveryID(high: 2, low: 1), message: message.id, destination: destination, content: .message, due: now, expires: .distantFuture)
        return Claim(
            delivery: delivery, attempt: Attempt(id: AttemptID(high: 3, low: 1), delivery: delivery.id, number: 1, openedAt: now),
            queue: DeliveryQueue(destination: destination, message: message), message: message, messageNumber: 1, acceptedSegments: [:])
    }
}
