import EndpointTesting
import EndpointVoIPms
import EndpointWebhook
import Exchange
import HomelineTesting
import Kinds
import Simulator
import Telephony
import Testing

/// What every program that is told of what comes in is promised, whatever happens to it.
@Suite(.timeLimit(.minutes(10))) struct ReceiverScenarioTests {
    typealias Form = SimulatedReceiver.Form

    /// An endpoint that tells a receiver, over real HTTP.
    private struct Scene {
        let receiver: SimulatedReceiver
        let bench: EndpointBench
        let mint: Mint

        /// One look at what is due: each is tried once.
        func look() async throws {
            let now = bench.clock.now()
            let endpoint = try #require(bench.made.ports.messages)
            for claim in try await bench.ledger.claim(.endpoint(EndpointBench.id), limit: 10, now: now, lease: now + .seconds(60), mint: mint).claims {
                let result = RetryPolicy().result(of: await endpoint.deliver(claim), claim: claim, now: now, fraction: 0)
                try await bench.ledger.settle([Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: result, at: now, following: [])])
            }
        }
    }

    /// - Parameter timeout: how long the endpoint waits for an answer; long where it is to come, however busy this machine is.
    private func with(_ form: Form, timeout: String = "120s", _ body: (Scene) async throws -> Void) async throws {
        let receiver = try await SimulatedReceiver.start(form)
        let bench = try await EndpointBench(form == .webhook ? .webhook : .voipms, form.settings(port: receiver.port, timeout: .text(timeout)))
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(Scene(receiver: receiver, bench: bench, mint: Mint.repeatable(bench.clock, seed: 9))))
        } catch {
            result = .failure(error)
        }
        await receiver.stop()
        // Its client is closed before it goes.
        let running = Task { try? await bench.made.ports.service.run() }
        running.cancel()
        await running.value
        try result.get()
    }

    @Test(arguments: Form.allCases)
    func `it is told at once, and words meant twice are told twice under two names`(form: Form) async throws {
        try await with(form) { scene in
            for text in ["Grüße & 你好 😀", "Yes", "Yes"] {
                try await scene.bench.receive(text)
                try await scene.look()
            }
            #expect(scene.receiver.told.map(\.text) == ["Grüße & 你好 😀", "Yes", "Yes"])
            #expect(Set(scene.receiver.told.map(\.name)).count == 3)
        }
    }

    @Test(arguments: Form.allCases, [SimulatedReceiver.Mood.away, .failing])
    func `one that is away or fails for a day is told of everything, once and in order, when it is well`(form: Form, mood: SimulatedReceiver.Mood) async throws {
        try await with(form) { scene in
            try await scene.receiver.set(mood)
            for text in ["one", "two", "two"] { try await scene.bench.receive(text) }
            for _ in 0..<48 {
                try await scene.look()
                scene.bench.clock.advance(by: .seconds(1800))
            }
            #expect(scene.receiver.told.isEmpty)
            try await scene.receiver.set(.working)
            for _ in 0..<3 { try await scene.look() }
            #expect(scene.receiver.told.map(\.text) == ["one", "two", "two"])
            scene.bench.clock.advance(by: .seconds(3600))
            try await scene.look()
            #expect(scene.receiver.told.count == 3)
        }
    }

    @Test(arguments: Form.allCases)
    func `one that is too slow is told again under the same name`(form: Form) async throws {
        try await with(form, timeout: "1s") { scene in
            try await scene.receiver.set(.slow)
            try await scene.bench.receive("one")
            try await scene.look()
            try await scene.receiver.set(.working)
            // On a busy machine a second may be short for one that is well, too.
            while scene.receiver.told.count < 2 {
                scene.bench.clock.advance(by: .seconds(1800))
                try await scene.look()
            }
            #expect(Set(scene.receiver.told.map(\.name)).count == 1)
        }
    }

    @Test(arguments: Form.allCases)
    func `one whose answer is lost is told again under the same name`(form: Form) async throws {
        try await with(form) { scene in
            try await scene.receiver.set(.losingAnswers)
            try await scene.bench.receive("one")
            try await scene.look()
            try await scene.receiver.set(.working)
            scene.bench.clock.advance(by: .seconds(3600))
            try await scene.look()
            #expect(scene.receiver.told.map(\.text) == ["one", "one"])
            #expect(Set(scene.receiver.told.map(\.name)).count == 1)
        }
    }
}

extension SimulatedReceiver.Form {
    /// What an owner writes.
    fileprivate func settings(port: Int, timeout: EndpointTesting.Written) -> EndpointTesting.Written {
        let url = "http://127.0.0.1:\(port)/"
        switch self {
        case .callback:
            let callback = EndpointTesting.Written.text(url + "?from={FROM}&message={MESSAGE}&id={ID}")
            return ["timeout": timeout, "users": ["alice": ["api-username": "alice", "password-file": "SECRET", "callback": callback, "private": "yes"]]]
        case .mmsgate:
            return ["timeout": timeout, "users": ["alice": ["api-username": "alice", "password-file": "SECRET", "webhook": .text(url), "private": "yes"]]]
        case .webhook: return ["url": .text(url), "secret-file": "SECRET", "private": "yes", "timeout": timeout]
        }
    }
}
