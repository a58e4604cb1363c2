import EndpointKannel
import EndpointSIMGateway
import EndpointSMSEagle
import EndpointSeedBridge
import EndpointTesting
import EndpointVoIPms
import Exchange
import HTTPStack
import HomelineTesting
import Kinds
import Simulator
import Store
import Telephony

/// One of the APIs that others made known, a program that uses it, and a line that is brought what leaves.
struct APIHouse: Sendable {
    enum LineMood: Sendable {
        case working, away
    }

    let bench: EndpointBench
    private let client: SimulatedClient
    private let mint: Mint

    static let recipient = "2125550123"

    /// - Parameters:
    ///   - secret: what the client shows.
    ///   - ledger: what stands before the bench's own.
    init(
        _ interface: SimulatedClient.Interface, secret: String = EndpointBench.secret, queueLimit: Int = 100,
        ledger: @Sendable (MemoryLedger) -> any Ledger = { $0 }
    ) async throws {
        bench = try await EndpointBench(interface.kind, interface.settings, queueLimit: queueLimit, asking: ledger)
        client = SimulatedClient(interface, user: "alice", secret: secret, number: "5550100999")
        mint = Mint.repeatable(bench.clock, seed: 9)
    }

    func send(_ text: String) async -> SimulatedClient.Verdict {
        let wish = client.wish(text, to: Self.recipient)
        let answer = await bench.ask(wish.method == "GET" ? .get : .post, wish.target, headers: wish.headers, wish.body)
        return client.verdict(status: answer.status, body: answer.text)
    }

    /// What is due, taken for an attempt.
    func claim() async throws -> [Claim] {
        let now = bench.clock.now()
        return try await bench.ledger.claim(.trunk("home"), limit: 100, now: now, lease: now + .seconds(60), mint: mint).claims
    }

    /// Brings what was claimed to the line; returns the texts that it took.
    func settle(_ claims: [Claim], _ mood: LineMood = .working) async throws -> [String] {
        let now = bench.clock.now()
        for claim in claims {
            let outcome: Outcome =
                switch mood {
                case .working: .accepted(reference: "\(claim.messageNumber)")
                case .away: .deferred(Failure(.unreachable), until: nil)
                }
            let result = RetryPolicy().result(of: outcome, claim: claim, now: now, fraction: 0)
            try await bench.ledger.settle([Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: result, at: now, following: [])])
        }
        return mood == .working ? claims.map(\.message.text) : []
    }

    /// Brings all that is due to the line.
    func drain(_ mood: LineMood = .working) async throws -> [String] {
        var taken: [String] = []
        while true {
            let claims = try await claim()
            guard !claims.isEmpty else { return taken }
            taken += try await settle(claims, mood)
        }
    }
}

extension SimulatedClient.Interface {
    var kind: EndpointKind {
        switch self {
        case .voipms, .voipmsForm, .voipmsSOAP, .voipmsOfBridge: .voipms
        case .bridgeLinphone, .bridgeSIP: .seedBridge
        case .simGateway: .simGateway
        case .smseagle, .smseagleRPC: .smsEagle
        case .kannel, .kannelForm: .kannel
        }
    }

    /// What an owner writes.
    var settings: EndpointTesting.Written {
        switch self {
        case .voipms, .voipmsForm, .voipmsSOAP, .voipmsOfBridge: ["users": ["alice": ["api-username": "alice", "password-file": "SECRET"]]]
        case .bridgeLinphone, .bridgeSIP: ["secret-file": "SECRET"]
        case .simGateway: ["key-file": "SECRET", "per-hour": "100"]
        case .smseagle, .smseagleRPC: ["token-file": "SECRET"]
        case .kannel, .kannelForm: ["username": "alice", "password-file": "SECRET"]
        }
    }
}
