import Exchange
import HomelineTesting
import Simulator
import Telephony
import Testing

@testable import TrunkHiLink

@Suite(.timeLimit(.minutes(10))) struct ContractTests {
    @Test(arguments: TrunkContract.clauses)
    func `it keeps the contract of trunks`(clause: TrunkContract.Clause) async throws {
        try await Bench.with { bench in
            try await clause.check(TrunkBench(bench.trunk, RouterPeer(bench.router)))
        }
    }
}

/// The simulated router, as the contract sees it.
private struct RouterPeer: TrunkPeer {
    let router: SimulatedRouter

    init(_ router: SimulatedRouter) { self.router = router }

    func set(_ mood: PeerMood) async {
        router.use { router in
            router.clearFaults()
            router.refusesNumbers = mood == .refusing
            switch mood {
            case .working, .away, .refusing: break
            case .slow: router.set(.slow(.milliseconds(300)), of: "sms/send-sms", times: .max)
            case .failing: router.set(.error(113_018), of: "sms/send-sms", times: .max)
            case .losingAnswers:
                router.set(.loseAnswer, of: "sms/send-sms", times: .max)
                router.set(.status(503), of: "sms/sms-list", times: .max)
            case .silent: router.set(.silence, of: "sms/send-sms", times: .max)
            }
        }
        if mood == .away { await router.stop() } else { try? await router.start() }
    }

    func taken() async -> [TakenText] { router.use { $0.routed.map { TakenText(recipient: $0.number, text: $0.text) } } }
}
