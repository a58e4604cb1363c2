import Exchange
import HomelineTesting
import Store
import Telephony

/// The exchange on a memory ledger, with a clock and pauses that only the test moves.
struct Bench: Sendable {
    let clock = ManualClock(start)
    let pauses: ManualPauses
    let mint: Mint
    /// What is stored; asked by the test.
    let books = MemoryLedger()
    /// The same, as the exchange sees it.
    let ledger: WatchedLedger
    let plan: RoutingPlan
    let workers = WakeGroup()
    let queueLimit: Int
    let intakeSignal = WakeSignal()
    /// Rung when anything happened.
    let happenings = WakeSignal()

    init(routes: [Route] = [Route(endpoint: .softphone, audience: .devices)], lifetimes: Lifetimes = Lifetimes(), queueLimit: Int = 1000) {
        self.queueLimit = queueLimit
        pauses = ManualPauses(clock, ringing: happenings)
        mint = .repeatable(clock)
        ledger = WatchedLedger(books, ringing: happenings)
        plan = RoutingPlan(routes: routes, lifetimes: lifetimes)
    }

    var now: Instant { clock.now() }

    var inbox: Inbox { Inbox(ledger: ledger, mint: mint, intake: intakeSignal, workers: workers) }

    var submissions: Submissions {
        Submissions(ledger: ledger, numbering: WrittenReceipts(), plan: plan, limits: ["home": queueLimit, "office": queueLimit], mint: mint, workers: workers)
    }

    func intake(
        _ interpreter: WrittenReceipts = WrittenReceipts(), doubts: DoubtPolicies = DoubtPolicies(), notices: (any OwnerNotices)? = nil
    ) -> Intake {
        Intake(
            ledger: ledger, interpreter: interpreter, numbering: interpreter, plan: plan, doubts: doubts, notices: notices, blocks: books, mint: mint,
            pause: pauses.pause, signal: intakeSignal, workers: workers)
    }

    func worker(
        for scope: ClaimScope = .trunk("home"), capacity: Int = 1, doubt: DoubtPolicy = .hold, repetition: Repetition = .costly,
        settle: @escaping Worker.Settle = { _, _ in nil }, _ perform: @escaping Worker.Perform
    ) -> Worker {
        Worker(
            scope: scope, capacity: capacity, ledger: ledger, policy: RetryPolicy(jitter: 0, doubt: doubt, repetition: repetition), plan: plan, mint: mint,
            signals: workers, pause: pauses.pause, settle: settle, perform: perform)
    }

    func dispatcher(
        _ workers: Worker..., doubts: DoubtPolicies = DoubtPolicies(), resumable: Set<LineID> = [], pause: @escaping Pause = pauseForever
    ) -> Dispatcher {
        Dispatcher(workers: workers, ledger: ledger, plan: plan, doubts: doubts, resumable: resumable, mint: mint, pause: pause)
    }

    /// Runs a service until `body` is done with it; throws when the service fails before.
    func running(_ service: any Service, _ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            group.addTask { try await body() }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Waits until the condition holds, looking again whenever anything happened.
    func until(_ condition: @Sendable () async throws -> Bool) async throws {
        while try await !condition() {
            try Task.checkCancellation()
            await happenings.wait()
        }
    }

    // MARK: - What is put in

    func haveAlice(devices: [DeviceID] = ["phone"], lines: [LineID] = ["home"]) async throws {
        let credentials = SIPCredentials(realm: "", ha1MD5: "", ha1SHA256: "")
        try await books.save(Person(id: "alice", lines: lines, credentials: credentials))
        for device in devices {
            try await books.save(
                Binding(
                    person: "alice", device: device, contact: "sip:alice@192.0.2.1", path: [], flow: "", callID: "", cseq: 1, userAgent: "",
                    registeredAt: now, expiresAt: now + .seconds(86400)))
        }
    }

    @discardableResult
    func record(_ text: String, place: String = "SM/1", line: LineID = "home") async throws -> [ReceiptID] {
        try await inbox.record([Inbox.Arrival(place: place, octets: Array(text.utf8))], line: line)
    }

    @discardableResult
    func submit(_ text: String, to recipients: [Address] = [.bob], key: String? = nil, line: LineID = "home", origin: Origin = .alicesPhone) async throws -> MessageID {
        try await submissions.submit(
            Submission(line: line, sender: "alice", recipients: recipients, parts: [.text(text)], idempotencyKey: key ?? text, origin: origin)
        ).message
    }

    // MARK: - What came of it

    func messages() async throws -> [MessageRecord] { try await books.messages(after: nil, limit: 1000, lines: nil) }
    func state(of message: MessageID) async throws -> MessageState? { try await books.message(message)?.state }
    func kinds(of message: MessageID) async throws -> [TimelineEntry.Kind] { try await books.timeline(message).map(\.kind) }

    /// What waits for the softphone's worker, in order, without taking it.
    func waiting(for destination: Destination = .alicesPhone) async throws -> [DeliveryContent] {
        var found: [DeliveryContent] = []
        for message in try await messages() {
            found += try await books.deliveries(of: message.message.id).filter { $0.state == .pending && $0.delivery.destination == destination }
                .map(\.delivery.content)
        }
        return found
    }
}
