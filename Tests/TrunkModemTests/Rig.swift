import AT
import Exchange
import Kinds
import Logging
import Messaging
import Runtime
import Store
import Synchronization
import Telephony
import Testing

@testable import TrunkModem

/// A modem trunk with a scripted modem, a ledger in memory and time that passes when nothing else happens.
final class Rig: Sendable {
    let modem: ScriptedModem
    let time = ManualTime()
    let ledger: any Ledger
    let notices = NoticeBoard()
    let memory: any RefusedSecrets
    let trunk: ModemTrunk
    private let thread = OneThread()

    init(
        _ modem: ScriptedModem = ScriptedModem(), ledger: any Ledger = MemoryLedger(), memory: any RefusedSecrets = VolatileRefusedSecrets(),
        address: ModemAddress = .place(.device(path: "/dev/ttyUSB0")), change: (inout ModemSettings) -> Void = { _ in }
    ) throws {
        self.modem = modem
        self.ledger = ledger
        self.memory = memory
        var settings = ModemSettings(line: "home", address: address)
        change(&settings)
        let time = time
        let wall = WallView(time: time)
        let random = Mutex<UInt64>(0)
        let mint = Mint(
            clock: wall,
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
                ports: modem, inbox: Inbox(ledger: ledger, mint: mint, intake: WakeSignal(), workers: WakeGroup()), notices: notices,
                compose: segments.compose,
                refusedPINs: memory, clock: time, now: { time.wall }, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })))
    }

    struct WallView: WallClock {
        let time: ManualTime
        func now() -> Telephony.Instant { time.wall }
    }

    /// Runs the trunk while `body` looks on.
    func run(_ body: @Sendable @escaping (Rig) async throws -> Void) async throws {
        try await withTaskExecutorPreference(thread) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await self.trunk.run() }
                try await body(self)
                group.cancelAll()
            }
        }
    }

    /// Runs it from the moment at which the modem serves.
    func serve(_ body: @Sendable @escaping (Rig) async throws -> Void) async throws {
        try await run { rig in
            try await rig.until("the modem serves") { await rig.trunk.status.phase == .serving }
            try await rig.settle()
            try await body(rig)
        }
    }

    /// Lets tasks run, and time pass when they all wait, until the condition holds.
    func until(_ what: Comment, within limit: Duration = .seconds(4000), _ condition: @Sendable () async throws -> Bool) async throws {
        let end = time.elapsed + limit
        while time.elapsed < end {
            for _ in 0..<600 {
                if try await condition() { return }
                await Task.yield()
            }
            if !time.passToNextDeadline() { for _ in 0..<2000 { await Task.yield() } }
        }
        Issue.record("never: \(what)")
        throw Never()
    }

    struct Never: Error {}

    /// Lets tasks run that are not waiting for time.
    func settle() async throws {
        for _ in 0..<300 { await Task.yield() }
    }

    func receipts() async throws -> [Receipt] { try await ledger.unreadReceipts(line: "home") }
    var health: Health { get async { await trunk.health } }

    /// Begins something on the trunk's own thread, so that time does not overtake it.
    func begin<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) -> Task<Value, any Error> {
        Task(executorPreference: thread) { try await work() }
    }

    /// Begins a send and lets no time pass.
    func sending(_ text: String) -> Task<Outcome, Swift.Never> {
        let claim = Claim.sending(text, to: "+15550123", accepted: [:], at: time.wall)
        return Task(executorPreference: thread) { await self.trunk.send(claim, journal: Journal()) }
    }

    /// Sends a text while time passes.
    func send(_ text: String, to number: String = "+15550123", accepted: [Int: String] = [:], journal: Journal = Journal()) async throws -> Outcome {
        let claim = Claim.sending(text, to: number, accepted: accepted, at: time.wall)
        let done = Mutex<Outcome?>(nil)
        let task = Task(executorPreference: thread) {
            let outcome = await self.trunk.send(claim, journal: journal)
            done.withLock { $0 = outcome }
        }
        try await until("the send ends") { done.withLock { $0 } != nil }
        await task.value
        let outcome = done.withLock { $0 }
        return try #require(outcome)
    }
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

    static func readReport(on text: String, from number: String, at now: Instant) -> Claim {
        let message = Message(
            id: Identifier(high: 1, low: 1), line: "home", direction: .incoming, sender: .number(number), participants: [.number(number)],
            parts: [.text(text)], recordedAt: now, readReportReference: "m-1@mmsc")
        let delivery = Delivery(
            id: Identifier(high: 2, low: 2), message: message.id, destination: .trunk("home", recipients: [.number(number)]), content: .readReport, due: now,
            expires: now + .seconds(86400))
        return Claim(
            delivery: delivery, attempt: Attempt(id: Identifier(high: 3, low: 3), delivery: delivery.id, number: 1, openedAt: now),
            queue: DeliveryQueue(name: "q"), message: message, messageNumber: 7, acceptedSegments: [:])
    }
}

/// What a test did not get.
struct Unexpected: Error {
    let what: String
    init(_ what: String) { self.what = what }
}

/// A diary that a test reads, or that refuses.
final class Journal: SendJournal {
    enum Entry: Equatable {
        case willSubmit(Int, of: Int)
        case accepted(Int, String)
    }
    private let kept = Mutex<[Entry]>([])
    private let refusal: LedgerError?
    private let look: @Sendable () -> Void

    init(refusing refusal: LedgerError? = nil, look: @escaping @Sendable () -> Void = {}) {
        self.refusal = refusal
        self.look = look
    }

    var entries: [Entry] { kept.withLock { $0 } }

    func fitted(_ changes: [String]) async throws(LedgerError) {}

    func willSubmit(segment: Int, of total: Int) async throws(LedgerError) {
        if let refusal { throw refusal }
        look()
        kept.withLock { $0.append(.willSubmit(segment, of: total)) }
    }

    func accepted(segment: Int, reference: String) async throws(LedgerError) {
        kept.withLock { $0.append(.accepted(segment, reference)) }
    }
}

/// What owners are told, by topic.
final class NoticeBoard: OwnerNotices {
    private let board = Mutex<[String]>([])
    private let open = Mutex<Set<String>>([])

    var all: [String] { board.withLock { $0 } }

    func tell(_ line: LineID, topic: String, _ sentence: String) async {
        guard open.withLock({ $0.insert(topic).inserted }) else { return }
        board.withLock { $0.append(sentence) }
    }

    func clear(_ line: LineID, topic: String, _ sentence: String) async {
        guard open.withLock({ $0.remove(topic) }) != nil else { return }
        board.withLock { $0.append(sentence) }
    }
}
