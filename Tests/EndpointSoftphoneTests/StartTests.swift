import Exchange
import HomelineTesting
import HTTPStack
import Kinds
import Settings
import Store
import Telephony
import Testing

@testable import EndpointSoftphone

/// What a softphone does about deliveries that are there before it is.
@Suite struct StartTests {
    private struct NoNumbering: Numbering {
        func address(_ text: String, line: LineID) -> Address? { nil }
        func refusal(_ address: Address, line: LineID) -> Failure? { nil }
        func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool { one == other }
    }

    private func softphone(pause: @escaping Pause) throws -> Softphone {
        let listen = Node(.list([Node(.scalar("udp:127.0.0.1:0"), line: 2)]), line: 2)
        let node = Node(
            .section([Node.Entry(name: "domain", value: Node(.scalar("sms.example.org"), line: 1)), Node.Entry(name: "listen", value: listen)]), line: 1)
        var section = try Section(node, path: "endpoints.softphone")
        let (ledger, workers, mint) = (MemoryLedger(), WakeGroup(), Mint.repeatable(ManualClock()))
        let submissions = Submissions(
            ledger: ledger, numbering: NoNumbering(), plan: RoutingPlan(routes: []), limits: [:], mint: mint, workers: workers)
        let context = EndpointContext(
            id: .softphone, ledger: ledger, submissions: submissions, workers: workers, mint: mint, pause: pause, media: MemoryMediaStore(clock: ManualClock()), directory: "/nowhere")
        return Softphone(settings: try SoftphoneSettings(&section), context: context, foreign: ForeignFiles(hosts: [], client: GuardedClient(policy: ClientPolicy()), limit: 0))
    }

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
        let softphone = try softphone { _ in throw CancellationError() }
        #expect(await softphone.deliver(claim) == .deferred(Failure(.unreachable, "SIP is not served yet"), until: nil))
    }

    @Test func `a delivery that was there before goes on as soon as it is served`() async throws {
        let softphone = try softphone { try await Task.sleep(for: $0) }
        let delivery = Task { await softphone.deliver(claim) }
        let serving = Task { try await softphone.run() }
        // The device is not known to this ledger, which can be told only once registrations are read.
        #expect(await delivery.value == .deferred(Failure(.notRegistered), until: .distantFuture))
        serving.cancel()
    }
}
