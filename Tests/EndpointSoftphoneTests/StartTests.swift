import Exchange
import HomelineTesting
import Store
import Telephony
import Testing

@testable import EndpointSoftphone

/// What a softphone does about deliveries that are there before it is.
@Suite struct StartTests {
    private var claim: Claim {
        let message = Message(
            id: MessageID(high: 1, low: 1), line: "home", direction: .incoming, sender: .number("+15550100"), participants: [.number("+15550100")],
            parts: [.text("hello")], recordedAt: start)
        let destination = Destination.device(.softphone, "alice", "phone")
        let delivery = Delivery(
            id: DeliveryID(high: 2, low: 1), message: message.id, destination: destination, content: .message, due: start, expires: .distantFuture)
        return Claim(
            delivery: delivery, attempt: Attempt(id: AttemptID(high: 3, low: 1), delivery: delivery.id, number: 1, openedAt: start),
            queue: DeliveryQueue(destination: destination, message: message), message: message, messageNumber: 1, acceptedSegments: [:])
    }

    @Test func `before it is served a device is not taken for gone, and the delivery waits`() async throws {
        let softphone = try softphone(MemoryLedger()) { _ in throw CancellationError() }
        #expect(await softphone.deliver(claim) == .deferred(Failure(.unreachable, "SIP is not served yet"), until: nil))
    }

    @Test func `a delivery that was there before goes on as soon as it is served`() async throws {
        let softphone = try softphone(MemoryLedger()) { try await Task.sleep(for: $0) }
        let delivery = Task { await softphone.deliver(claim) }
        let serving = Task { try await softphone.run() }
        // The device is not known to this ledger, which can be told only once registrations are read.
        #expect(await delivery.value == .deferred(Failure(.notRegistered), until: .distantFuture))
        serving.cancel()
    }
}
