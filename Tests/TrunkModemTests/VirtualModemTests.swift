import AT
import Exchange
import Kinds
import Logging
import NIOPosix
import Runtime
import Simulator
import Store
import Synchronization
import Telephony
import Testing

@testable import TrunkModem

/// The trunk as it runs, over a real port, with the virtual modem of each make at the other end.
@Suite(.timeLimit(.minutes(10))) struct VirtualModemTests {
    static let number = "+15550100100"

    struct Clock: WallClock {
        func now() -> Telephony.Instant { Telephony.Instant(seconds: 1_800_000_000) }
    }

    /// A trunk and a virtual modem in one world; real time passes.
    struct World {
        let host: ModemHost
        let ledger = MemoryLedger()
        let trunk: ModemTrunk

        init(_ personality: Personality, change: (inout ModemSettings) -> Void = { _ in }) async throws {
            host = ModemHost(on: MultiThreadedEventLoopGroup.singleton.next(), clock: { 1_800_000_000 })
            let sim = SIMCard(number: VirtualModemTests.number, imsi: "310150123456789", serviceCentre: "+15550100000")
            try await host.add(VirtualModem(personality: personality, sim: sim), on: [.tcp(host: "127.0.0.1", port: 0)])
            let port = try #require(await host.tcpPort(of: sim.number))
            var settings = ModemSettings(line: "home", address: .place(.network(host: "127.0.0.1", port: port)))
            change(&settings)
            let random = Mutex<UInt64>(0)
            let mint = Mint(
                clock: Clock(),
                random: {
                    random.withLock {
                        $0 += 1
                        return $0
                    }
                })
            let segments = ModemSegments(numbers: try #require(NumberPlan(country: "US")), settings: settings)
            trunk = ModemTrunk(
                settings: settings,
                environment: ModemEnvironment(
                    ports: SystemSerialPorts(lockFile: .none),
                    inbox: Inbox(ledger: ledger, mint: mint, intake: WakeSignal(), workers: WakeGroup()),
                    notices: NoticeBoard(), compose: segments.compose, refusedPINs: VolatileRefusedSecrets(), now: Clock().now,
                    logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })))
        }

        func run(_ body: @Sendable @escaping (World) async throws -> Void) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await trunk.run() }
                do {
                    try await until("it serves") { await trunk.health.state == .working }
                    try await body(self)
                } catch {
                    group.cancelAll()
                    await host.close()
                    throw error
                }
                group.cancelAll()
                await host.close()
            }
        }

        func until(_ what: String, patience: Duration = .seconds(30), _ condition: @Sendable () async throws -> Bool) async throws {
            let end = ContinuousClock.now + patience
            while ContinuousClock.now < end {
                if try await condition() { return }
                try await Task.sleep(for: .milliseconds(5))
            }
            throw Unexpected("never: \(what); \(await trunk.health.summary)")
        }
    }

    @Test(arguments: Personality.all.map(\.name))
    func `each virtual modem is recognised, receives, sends and answers USSD`(name: String) async throws {
        let personality = try #require(Personality.all.first { $0.name == name })
        try await World(personality).run { world in
            for word in ["one", "two", "three"] { try await world.host.text(from: "+15550123", to: Self.number, word) }
            try await world.until("three texts are recorded") { try await world.ledger.unreadReceipts(line: "home").count == 3 }
            let long = String(repeating: "long text 🚀 ", count: 20)
            let outcome = await world.trunk.send(.sending(long, to: "+15550123", at: Clock().now()), journal: Journal())
            guard case .accepted = outcome else { throw Unexpected("\(outcome)") }
            try await world.until("it is outside") { await world.host.network.sent.contains { $0.text == long } }
            let answer = try await world.trunk.request("*100#")
            #expect(answer.text.contains("alance"))
        }
    }

    @Test func `messages handed over directly are acknowledged to the network`() async throws {
        try await World(.generic, change: { $0.route = .direct }).run { world in
            for word in ["one", "two", "three"] { try await world.host.text(from: "+15550123", to: Self.number, word) }
            try await world.until("three texts are recorded") { try await world.ledger.unreadReceipts(line: "home").count == 3 }
            try await world.until("the network has none left") { await world.host.network.waiting(for: Self.number) == 0 }
        }
    }

    @Test(arguments: [
        Fault.trickle(every: .milliseconds(1)), .storm(line: "^BOOT:1,0,0,0,6", every: .milliseconds(2)), .noise([0xFF, 0x00, 0x3E, 0x20]), .echo,
        .negativeIndex,
    ])
    func `a modem with a fault still receives and sends`(fault: Fault) async throws {
        try await World(.e3372s).run { world in
            await world.host.inject(fault, into: Self.number)
            try await world.host.text(from: "+15550123", to: Self.number, "one")
            try await world.until("the text is recorded") { try await world.ledger.unreadReceipts(line: "home").count == 1 }
            let outcome = await world.trunk.send(.sending("hello", to: "+15550123", at: Clock().now()), journal: Journal())
            guard case .accepted = outcome else { throw Unexpected("\(outcome)") }
        }
    }
}
