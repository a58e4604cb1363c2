import Exchange
import HomelineTesting
import Kinds
import Simulator
import Store
import Telephony
import Testing

@testable import TrunkGateway

/// A gateway that is away for most of a day, with the exchange as it is.
@Suite(.timeLimit(.minutes(10))) struct DayAwayTests {
    private struct PlainNumbering: Numbering {
        func address(_ text: String, line: LineID) -> Address? { .number(text) }
        func refusal(_ address: Address, line: LineID) -> Failure? { nil }
        func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool { one == other }
    }

    @Test func `what was written meanwhile leaves once, in order, when it is back`() async throws {
        let peer = try await GatewayPeer(.telnyx)
        let directory = try TemporaryDirectory()
        let (kind, settings) = SimulatedGateway.Make.telnyx.settings(port: peer.port, secret: try Bench.secret(in: directory))
        let bench = try Bench(kind, settings)
        let pauses = ManualPauses(bench.clock)
        let mint = Mint.repeatable(bench.clock), workers = WakeGroup(), plan = RoutingPlan(routes: [])
        let submissions = Submissions(ledger: bench.ledger, numbering: PlainNumbering(), plan: plan, limits: ["home": 1000], mint: mint, workers: workers)
        let trunk = try bench.trunk
        let worker = Worker(
            scope: .trunk("home"), capacity: 4, ledger: bench.ledger, plan: plan, mint: mint, signals: workers, pause: pauses.pause, perform: trunk.send)
        let dispatcher = Dispatcher(workers: [worker], ledger: bench.ledger, plan: plan, mint: mint, pause: pauseForever)

        await peer.set(.away)
        for text in ["one", "two", "two"] {
            _ = try await submissions.submit(
                Submission(
                    line: "home", sender: nil, recipients: [.number("+12025550123")], parts: [.text(text)], idempotencyKey: "\(mint.identifier(Message.self))",
                    origin: Origin(endpoint: "api", person: nil, reference: text)))
        }
        let running = Task { try await dispatcher.run() }
        // Time passes when nothing is under way.
        for _ in 0..<60 {
            repeat { try await Task.sleep(for: .milliseconds(10)) } while pauses.waits.isEmpty
            pauses.advance(by: .seconds(1200))
        }
        #expect(await peer.taken().isEmpty)
        await peer.set(.working)
        while await peer.taken().count < 3 {
            if !pauses.waits.isEmpty { pauses.advance(by: .seconds(60)) }
            try await Task.sleep(for: .milliseconds(10))
        }
        running.cancel()
        _ = try? await running.value
        #expect(await peer.taken().map(\.text) == ["one", "two", "two"])
    }
}
