import Exchange
import HTTPStack
import HomelineTesting
import Kinds
import Logging
import Messaging
import Simulator
import Store
import Synchronization
import Telephony
import Testing

@testable import TrunkHiLink

/// A trunk with a simulated router behind it and a ledger in memory. Time passes only in pauses, and those take none.
final class Bench: Sendable {
    let clock: ManualClock
    let router: SimulatedRouter
    let ledger: any Ledger
    let notices = NoticeBoard()
    let refused: any RefusedSecrets
    private let client: GuardedClient
    private let held: Mutex<HiLinkTrunk>
    private let change: @Sendable (inout HiLinkSettings) -> Void
    private let fetch: @Sendable (OutgoingRequest, Set<String>) async throws(Failure) -> OutgoingAnswer

    typealias Change = @Sendable (inout HiLinkSettings) -> Void

    private init(_ model: RouterModel, ledger: any Ledger, password: String?, fetch: @escaping @Sendable (OutgoingRequest, Set<String>) async throws(Failure) -> OutgoingAnswer, change: @escaping Change) async throws {
        let clock = ManualClock()
        self.clock = clock
        self.ledger = ledger
        self.fetch = fetch
        router = SimulatedRouter(model) { Int(clock.now().seconds) }
        try await router.start()
        client = GuardedClient(policy: ClientPolicy(allowedHosts: ["127.0.0.1"]))
        refused = VolatileRefusedSecrets()
        let credentials = password.map { Credentials(user: "admin", password: $0) }
        self.change = { settings in
            settings.credentials = credentials
            settings.clock = RouterClock("UTC") ?? settings.clock
            change(&settings)
        }
        held = Mutex(Self.trunk(router.url, client, ledger, clock, notices, refused, fetch, self.change))
    }

    /// Runs the body on a fresh bench.
    static func with<Value>(
        _ model: RouterModel = RouterModel(), ledger: any Ledger = MemoryLedger(), password: String? = nil,
        fetch: @escaping @Sendable (OutgoingRequest, Set<String>) async throws(Failure) -> OutgoingAnswer = { _, _ throws(Failure) in throw Failure(.unreachable) },
        change: @escaping Change = { _ in }, _ body: (Bench) async throws -> Value
    ) async throws -> Value {
        let bench = try await Bench(model, ledger: ledger, password: password, fetch: fetch, change: change)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(bench))
        } catch {
            result = .failure(error)
        }
        await bench.router.stop()
        await bench.client.close()
        return try result.get()
    }

    var trunk: HiLinkTrunk { held.withLock { $0 } }

    /// As after a restart of the daemon: what was in memory is gone.
    func restart(password: String? = nil) {
        let change = change
        let trunk = Self.trunk(router.url, client, ledger, clock, notices, refused, fetch) { settings in
            change(&settings)
            if let password { settings.credentials = Credentials(user: "admin", password: password) }
        }
        held.withLock { $0 = trunk }
    }

    private static func trunk(
        _ url: String, _ client: GuardedClient, _ ledger: any Ledger, _ clock: ManualClock, _ notices: NoticeBoard, _ refused: any RefusedSecrets,
        _ fetch: @escaping @Sendable (OutgoingRequest, Set<String>) async throws(Failure) -> OutgoingAnswer, _ change: Change
    ) -> HiLinkTrunk {
        guard let url = WebURL(url), let numbers = NumberPlan(country: "CH") else { preconditionFailure("the test's own") }
        var settings = HiLinkSettings(line: "home", address: RouterAddress(url))
        change(&settings)
        let mint = Mint.repeatable(clock)
        let number = Mutex(0)
        return HiLinkTrunk(
            settings: settings,
            environment: HiLinkEnvironment(
                client: client, inbox: Inbox(ledger: ledger, mint: mint, intake: WakeSignal(), workers: WakeGroup()), notices: notices, numbers: numbers,
                refused: refused, fetch: fetch, now: { clock.now() },
                pause: { duration in
                    try Task.checkCancellation()
                    clock.advance(by: duration)
                },
                nonce: {
                    let count = number.withLock { number in
                        number += 1
                        return number
                    }
                    return String(repeating: "0", count: 62) + String(count + 10)
                }, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })))
    }

    func look(_ times: Int = 1) async {
        for _ in 0..<times {
            await trunk.look()
            clock.advance(by: .seconds(5))
        }
    }

    /// What arrived, as the trunk handed it over.
    func handovers() async -> [Handover] {
        do {
            return try await ledger.unreadReceipts(line: "home").filter { $0.format == .handover }.map { try Handover(decoding: $0.octets) }
        } catch {
            Issue.record(error)
            return []
        }
    }

    func texts() async -> [String] {
        await handovers().compactMap { handover in
            if case .message(let message) = handover { message.parts.first?.text } else { nil }
        }
    }

    var health: Health { get async { await trunk.health } }

    func send(_ text: String, to number: String = "+41791112233", accepted: [Int: String] = [:], journal: ScriptedJournal = ScriptedJournal()) async -> Outcome {
        await trunk.send(Claim.sending(text, to: number, accepted: accepted, at: clock.now()), journal: journal)
    }

    func routed() -> [String] { router.use { $0.routed.map(\.text) } }
}

extension Claim {
    static func sending(_ text: String, to number: String, accepted: [Int: String] = [:], at now: Instant) -> Claim {
        let recipient: Address = number.hasPrefix("+") ? .number(number) : .shortCode(number)
        let message = Message(
            id: Identifier(high: 1, low: 1), line: "home", direction: .outgoing, sender: nil, participants: [recipient], parts: [.text(text)],
            recordedAt: now)
        let delivery = Delivery(
            id: Identifier(high: 2, low: 2), message: message.id, destination: .trunk("home", recipients: [recipient]), content: .message, due: now,
            expires: now + .seconds(86400))
        return Claim(
            delivery: delivery, attempt: Attempt(id: Identifier(high: 3, low: 3), delivery: delivery.id, number: 1, openedAt: now),
            queue: DeliveryQueue(name: "q"), message: message, messageNumber: 7, acceptedSegments: accepted)
    }
}

/// What owners are told, by topic.
final class NoticeBoard: OwnerNotices {
    private let board = Mutex<(all: [String], open: Set<String>)>(([], []))

    var all: [String] { board.withLock { $0.all } }

    func tell(_ line: LineID, topic: String, _ sentence: String) async {
        board.withLock { if $0.open.insert(topic).inserted { $0.all.append(sentence) } }
    }

    func clear(_ line: LineID, topic: String, _ sentence: String) async {
        board.withLock { if $0.open.remove(topic) != nil { $0.all.append(sentence) } }
    }
}
