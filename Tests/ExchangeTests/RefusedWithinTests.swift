import Exchange
import HomelineTesting
import Telephony
import Testing

/// What somebody hears whose text within the house is not taken.
@Suite(.timeLimit(.minutes(10))) struct RefusedWithinTests {
    private static let bertsPhone = Destination.device(.softphone, "bert", "phone")
    private static let refusal = Failure(.sip(603))

    /// Bert writes to alice, who has two apps.
    private func write(_ bench: Bench) async throws -> MessageID {
        try await bench.haveAlice(devices: ["phone", "laptop"])
        try await bench.books.save(Person(id: "bert", lines: [], credentials: SIPCredentials(realm: "", ha1MD5: "", ha1SHA256: "")))
        let origin = Origin(endpoint: .softphone, person: "bert", device: "phone", reference: "call-1")
        return try await bench.submissions.submit(
            Submission(line: .house, sender: "bert", recipients: [.person("alice")], parts: [.text("hello")], idempotencyKey: "1", origin: origin)
        ).message
    }

    /// What bert's phone is told, once alice's apps have said what they say.
    private func told(_ outcomes: [Outcome]) async throws -> [DeliveryContent] {
        let bench = Bench()
        let peer = ScriptedPeer(bench), message = try await write(bench)
        try await bench.running(bench.dispatcher(bench.worker(for: .endpoint(.softphone), capacity: 2, peer.perform))) {
            try await bench.until { peer.open.count == 2 }
            for outcome in outcomes { peer.answer("hello", outcome) }
            try await bench.until {
                try await bench.books.deliveries(of: message).allSatisfy { $0.delivery.content != .message || $0.attempts > 0 && $0.state != .claimed }
            }
        }
        return try await bench.books.deliveries(of: message).filter { $0.delivery.destination == Self.bertsPhone }.map(\.delivery.content)
    }

    @Test func `its writer is told once when every app refuses it, though they do so together`() async throws {
        let told = try await told([.failed(Self.refusal), .failed(Self.refusal)])
        #expect(told == [.status(.failed(.person("alice"), Self.refusal))])
    }

    @Test(arguments: [Outcome.accepted(reference: nil), .deferred(.away, until: .distantFuture)])
    func `nobody is told of a refusal while another app has it or may take it`(outcome: Outcome) async throws {
        for outcomes in [[outcome, .failed(Self.refusal)], [.failed(Self.refusal), outcome]] {
            let told = try await told(outcomes)
            #expect(!told.contains { if case .status(.failed) = $0 { true } else { false } })
        }
    }

    @Test func `apps that were never there refuse nothing`() async throws {
        let expired = Failure(.expired)
        let (none, one) = try await (told([.failed(expired), .failed(expired)]), told([.failed(Self.refusal), .failed(expired)]))
        #expect(none.isEmpty && one == [.status(.failed(.person("alice"), Self.refusal))])
    }
}
