import EndpointLoopback
import Exchange
import Fitting
import HomelineTesting
import Kinds
import Settings
import Store
import Telephony
import Testing
import TrunkLoopback

/// The smallest trunk and the smallest endpoint there are, made as the daemon makes them: by their kinds, from their sections.
@Suite(.timeLimit(.minutes(10))) struct LoopbackTests {
    /// The whole exchange around the two kinds.
    private struct House {
        let happenings = WakeSignal()
        let books = MemoryLedger()
        let submissions: Submissions
        let services: [any Service]

        init(echo: String?, answer: String?) throws {
            let clock = ManualClock()
            let mint = Mint.repeatable(clock), pauses = ManualPauses(clock)
            let workers = WakeGroup(), intakeSignal = WakeSignal()
            let ledger = WatchedLedger(books, ringing: happenings)
            let numbering = try HomeNumbering()
            let plan = RoutingPlan(routes: [Route(endpoint: "loopback", audience: EndpointKind.loopback.audience)])
            let inbox = Inbox(ledger: ledger, mint: mint, intake: intakeSignal, workers: workers)
            submissions = Submissions(ledger: ledger, numbering: numbering, plan: plan, limits: ["home": 1000], mint: mint, workers: workers)

            let media = MemoryMediaStore(clock: ManualClock())
            var trunkSection = try Self.section("lines.home", "echo", echo)
            let trunk = try TrunkKind.loopback.make(
                &trunkSection,
                TrunkContext(
                    line: "home", country: "CH", inbox: inbox, notices: Notices(ledger: ledger, plan: plan, mint: mint, workers: workers),
                    mint: mint, pause: pauses.pause, media: media, fitter: Fitter(directory: ""), directory: "")
            ).ports
            try trunkSection.finish()
            var endpointSection = try Self.section("endpoints.loopback", "answer", answer)
            let endpoint = try EndpointKind.loopback.make(
                &endpointSection,
                EndpointContext(
                    id: "loopback", ledger: ledger, submissions: submissions, workers: workers, mint: mint, pause: pauses.pause, media: media,
                    directory: "")
            ).ports
            try endpointSection.finish()

            let sending = try #require(trunk.messages), bringing = try #require(endpoint.messages)
            func worker(_ scope: ClaimScope, _ capacity: Int, _ perform: @escaping Worker.Perform) -> Worker {
                Worker(
                    scope: scope, capacity: capacity, ledger: ledger, plan: plan, mint: mint, signals: workers, pause: pauses.pause,
                    perform: perform)
            }
            services = [
                trunk.service, endpoint.service,
                Intake(
                    ledger: ledger, interpreter: numbering, numbering: numbering, plan: plan, mint: mint, pause: pauses.pause,
                    signal: intakeSignal, workers: workers),
                Dispatcher(
                    workers: [worker(.trunk("home"), 1, sending.send), worker(.endpoint("loopback"), 4) { claim, _ in await bringing.deliver(claim) }],
                    ledger: ledger, plan: plan, mint: mint, pause: pauseForever),
            ]
        }

        private static func section(_ path: String, _ key: String, _ value: String?) throws -> Section {
            let entries = value.map { [Node.Entry(name: key, value: Node(.scalar($0), line: 2))] } ?? []
            return try Section(Node(.section(entries), line: 1), path: path)
        }

        /// Runs all services until the ledger is as wanted.
        func run(until isWanted: @Sendable ([MessageRecord]) async throws -> Bool) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for service in services { group.addTask { try await service.run() } }
                while try await !isWanted(try await books.messages(after: nil, limit: 100, lines: nil)) { await happenings.wait() }
                group.cancelAll()
                try await group.waitForAll()
            }
        }

        func submit(_ text: String) async throws {
            _ = try await submissions.submit(
                Submission(
                    line: "home", sender: nil, recipients: [.number("+41791234567")], parts: [.text(text)], idempotencyKey: text,
                    origin: Origin(endpoint: "api", person: nil, reference: text)))
        }
    }

    @Test func `a text goes round: out, back as its own echo, answered, and on`() async throws {
        let house = try House(echo: "yes", answer: "You wrote: ")
        try await house.submit("hello")
        try await house.run { $0.count >= 5 }
        let records = try await house.books.messages(after: nil, limit: 5, lines: nil)
        #expect(records.map(\.message.text) == [
            "hello", "hello", "You wrote: hello", "You wrote: hello", "You wrote: You wrote: hello",
        ])
        #expect(records.map(\.message.direction) == [.outgoing, .incoming, .outgoing, .incoming, .outgoing])
        #expect(records[1].message.sender == .number("+41791234567"))
    }

    @Test func `a long text comes back whole`() async throws {
        let house = try House(echo: "yes", answer: nil)
        let text = String(repeating: "a text of several segments 🎉 ", count: 20)
        try await house.submit(text)
        try await house.run { $0.count == 2 }
        #expect(try await house.books.messages(after: nil, limit: 2, lines: nil).map(\.message.text) == [text, text])
    }

    @Test func `without an echo a text is sent and that is all`() async throws {
        let house = try House(echo: nil, answer: "You wrote: ")
        try await house.submit("hello")
        try await house.run { records in records.map(\.state) == [.sent] }
    }

    @Test func `a value that means nothing is refused on its line`() throws {
        #expect(throws: SettingsError(line: 2, path: "lines.home.echo", reason: "yes or no expected")) { try House(echo: "perhaps", answer: nil) }
    }
}
