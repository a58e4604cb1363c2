import Exchange
import HTTPStack
import HomelineTesting
import Kinds
import Simulator
import Synchronization
import Telephony
import Testing

@testable import TrunkGateway

/// A simulated gateway behind a web server, as the contract asks for one.
final class GatewayPeer: TrunkPeer {
    let gateway: SimulatedGateway
    private let server: Mutex<WebPeer?>
    let port: Int

    init(_ make: SimulatedGateway.Make) async throws {
        let gateway = SimulatedGateway(make)
        let server = try await WebPeer.start { await gateway.respond($0) }
        self.gateway = gateway
        self.server = Mutex(server)
        port = server.port
    }

    deinit {
        if let server = server.withLock({ $0 }) { Task { await server.stop() } }
    }

    func set(_ mood: PeerMood) async {
        switch mood {
        case .working:
            gateway.set(.working)
            guard server.withLock({ $0 == nil }) else { return }
            let gateway = gateway
            let server = try? await WebPeer.start(port: port) { await gateway.respond($0) }
            self.server.withLock { $0 = server }
        case .away:
            let gone = server.withLock { server in
                defer { server = nil }
                return server
            }
            await gone?.stop()
        case .slow: gateway.set(.slow)
        case .refusing: gateway.set(.refusing)
        case .failing: gateway.set(.failing)
        case .losingAnswers: gateway.set(.losingAnswers)
        case .silent: gateway.set(.silent)
        }
    }

    func taken() async -> [TakenText] { gateway.sent.map { TakenText(recipient: $0.recipient, text: $0.text) } }
}

extension SimulatedGateway.Make {
    /// The kind that speaks to it, and what an owner writes.
    func settings(port: Int, secret: String) -> (TrunkKind, String) {
        let url = "url: http://127.0.0.1:\(port)\nsecret-file: \(secret)\n"
        let account = "user: \(SimulatedGateway.user)\nfrom: \"+12025550100\"\n"
        let callback = "callback-secret-file: \(secret)\n"
        switch self {
        case .twilio, .telnyx: return (.gateway, "template: \(rawValue)\n" + url + account)
        case .voipms, .vonage, .kannel: return (.gateway, "template: \(rawValue)\n" + url + account)
        case .smseagleV1: return (.smseagle, "api: v1\n" + url)
        case .smseagleRPC: return (.smseagle, "api: jsonrpc\n" + url)
        case .smseagleV2: return (.smseagle, url + callback.prefix(0))
        case .nowsms: return (.nowsms, url + account)
        case .yeastarWeb:
            return (.yeastar, "api: http\nhost: 127.0.0.1\nhttp-port: \(port)\nsim-port: 1\nuser: \(SimulatedGateway.user)\nsecret-file: \(secret)\n")
        }
    }
}

@Suite struct ContractTests {
    @Test(arguments: SimulatedGateway.Make.allCases, TrunkContract.clauses)
    func `every gateway keeps the contract`(make: SimulatedGateway.Make, clause: TrunkContract.Clause) async throws {
        let peer = try await GatewayPeer(make)
        let directory = try TemporaryDirectory()
        let (kind, settings) = make.settings(port: peer.port, secret: try Bench.secret(in: directory))
        let bench = try Bench(kind, settings)
        try await clause.check(TrunkBench(try bench.trunk, peer))
        _ = (bench, directory)
    }

    @Test(arguments: SimulatedGateway.Make.allCases)
    func `a gateway that does not know us makes messages wait, and the owner is told`(make: SimulatedGateway.Make) async throws {
        let peer = try await GatewayPeer(make)
        let directory = try TemporaryDirectory()
        let (kind, settings) = make.settings(port: peer.port, secret: try Bench.secret("another", in: directory))
        let bench = try Bench(kind, settings)
        let claim = Outgoing.claim("Hello")
        guard case .deferred(let failure, _) = try await bench.trunk.send(claim, journal: ScriptedJournal()) else {
            Issue.record("given up")
            return
        }
        #expect(!failure.detail.contains("another") && bench.notices.told == ["gateway.stranger"])
        #expect(await bench.made.ports.health().state == .impaired)
        _ = (peer, directory)
    }
}

/// Messages that leave.
enum Outgoing {
    static func claim(_ text: String, files: [Part] = [], mint: Mint = .repeatable(ManualClock())) -> Claim {
        let recipient = Address.number("+12025550123")
        let message = Message(
            id: mint.identifier(), line: "home", direction: .outgoing, sender: nil, participants: [recipient], parts: (text.isEmpty ? [] : [.text(text)]) + files,
            recordedAt: mint.now())
        let delivery = Delivery(
            id: mint.identifier(), message: message.id, destination: .trunk("home", recipients: [recipient]), content: .message, due: mint.now(),
            expires: mint.now() + .seconds(86_400))
        let attempt = Attempt(id: mint.identifier(), delivery: delivery.id, number: 1, openedAt: mint.now())
        return Claim(
            delivery: delivery, attempt: attempt, queue: DeliveryQueue(destination: delivery.destination, message: message), message: message, messageNumber: 7,
            acceptedSegments: [:])
    }
}
