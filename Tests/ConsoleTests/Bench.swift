import Console
import Exchange
import HTTPStack
import HomelineTesting
import Logging
import Store
import Synchronization
import Telephony
import Testing
import WireGuard

/// The console over a memory ledger, with one line, a country of simple rules, and tokens of every scope.
struct Bench {
    let clock = ManualClock()
    let ledger = MemoryLedger()
    let media = MemoryMediaStore(clock: ManualClock())
    let mint: Mint
    let feed: EventFeed
    let site: Site
    let desk: Desk
    let operations: [HTTPStack.Operation]
    let intakeRings = Counter()
    let log = LogRing()
    let channel = HeardChannel()
    let signs: VitalSigns
    let installation = MemoryInstallation()
    let backups = StandInBackups()
    let restoration = StandInRestoration()
    /// Where history is: the memory ledger has none.
    let past: SQLiteLedger
    let directory: TemporaryDirectory
    let tunnel: TunnelStore

    static let reader = "hl_reader"
    static let sender = "hl_sender"
    static let admin = "hl_admin"

    init(
        parts: [PartHealth] = [PartHealth(.trunk, name: "home", health: Health(.working, "Registered.", facts: ["operator": "Test"]))],
        ussd: (any USSDTrunk)? = nil, scrapers: Set<IPAddress> = [], sendRate: SendRate? = nil,
        carriage: [LineID: Carriage] = [:], limits: [LineID: MultimediaLimits] = [:], trunk: (any TendedTrunk)? = nil, vitals: [Vital] = [],
        publicURL: WebURL? = WebURL("https://sms.example.org"), lines: [LineID] = ["home"], tunnel: TunnelStore? = nil
    ) async throws {
        directory = try TemporaryDirectory()
        self.tunnel = tunnel ?? TunnelStore(directory: directory.file("wireguard"))
        mint = .repeatable(clock)
        past = try SQLiteLedger(path: directory.file("ledger"))
        let workers = WakeGroup()
        feed = EventFeed(ledger: ledger, signal: workers.watcher(), pause: pauseForever)
        let plan = RoutingPlan(routes: [Route(endpoint: "hook", audience: .everyone)], carriage: carriage)
        let submissions = Submissions(
            ledger: ledger, numbering: SimpleNumbering(), plan: plan, limits: ["home": 200], mint: mint, workers: workers)
        let trunks = parts.filter { $0.kind == .trunk }.map { Vital(Vital.Place(.line, $0.name), $0.health) }
        signs = VitalSigns(ledger: ledger, mint: mint, pause: pauseForever) { trunks + vitals }
        let alerts = AlertWatch(
            rules: AlertRules(), channels: [channel], ledger: ledger, signs: signs, counts: { AlertCounts() }, mint: mint, pause: pauseForever, report: { _ in })
        let care = Care(
            ledger: ledger,
            repairs: Repairs(ledger: ledger, lifetimes: Lifetimes(), mint: mint, workers: workers, wakeIntake: intakeRings.add), signs: signs,
            alerts: alerts, log: log, trunk: { _ in trunk },
            probe: { (place: Vital.Place) -> Care.Probe? in
                guard place.kind == .line, let trunk else { return nil }
                return { try await trunk.probe() }
            }, support: { "all is well" }, pause: pauseForever)
        desk = Desk(
            ledger: ledger, submissions: submissions,
            decisions: Decisions(ledger: ledger, plan: plan, mint: mint, workers: workers), lines: lines, mint: mint, feed: feed,
            parts: { parts }, metrics: { [] },
            ussd: { _ in ussd }, count: { SegmentCount(encoding: "gsm7", segments: $0.isEmpty ? 0 : 1, unitsLeft: max(0, 160 - $0.count)) },
            wakeIntake: intakeRings.add, workers: workers, scrapers: scrapers, sendRate: sendRate, media: media,
            audit: AuditTrail(ledger, clock: clock.now, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }),
            personal: PersonalDesk(
                book: ledger, withdrawals: Withdrawals(ledger: ledger, plan: plan, repetitions: [:], mint: mint, workers: workers),
                heldMessages: HeldMessages(
                    ledger: ledger, book: ledger, submissions: submissions, media: media, clock: clock.now, pause: pauseForever,
                    log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }),
                limits: { [limits] line in limits[line] }, push: PushKey(directory: "/nonexistent", hosts: ["push.home"])),
            installation: installation, surroundings: StillSurroundings(), devices: ledger, care: care, phones: .test, publicURL: publicURL, tunnel: self.tunnel,
            people: PeopleDesk(contacts: ledger, blocks: ledger, history: past, random: { UInt64.random(in: .min ... .max) }), backups: backups, restoration: restoration,
            program: Program(version: "1.2.3") { .seconds(90_000) })
        operations = Operations.all(desk)
        site = Site(
            operations: operations, tokens: TokenGuard(ledger: ledger, clock: clock), counts: RequestCounts(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        for (name, scopes) in [("reader", [.read]), ("sender", [.send]), ("admin", [.admin])] as [(String, Set<Token.Scope>)] {
            try await ledger.save(
                Token(name: name, hash: TokenSecret.hash("hl_\(name)"), scopes: scopes, createdAt: clock.now(), expiresAt: nil))
        }
    }

    /// Asks from the network with a token, as everybody but the command line does.
    func ask(
        _ method: HTTPStack.Method, _ target: String, token: String? = Self.admin, headers: [String: String] = [:], _ body: String = ""
    ) async -> Response {
        var headers = headers
        if let token { headers["Authorization"] = "Bearer \(token)" }
        return await site.respond(to: Request(method, target, headers: headers, body: Array(body.utf8), source: .network("192.0.2.1")))
    }

    /// Submits one message and gives its id.
    func submit(_ text: String = "hello", to: String = "+15550100", key: String? = nil) async throws -> String {
        let keyMember = key.map { #","idempotencyKey":"\#($0)""# } ?? ""
        let response = await ask(
            .post, "/api/v1/messages", token: Self.sender, #"{"line":"home","to":["\#(to)"],"text":"\#(text)"\#(keyMember)}"#)
        #expect(response.status == 202)
        return try #require(try response.json["id"]?.text)
    }

    /// Records a text from outside.
    func receive(_ text: String, from sender: String = "+15550199") async throws -> Message {
        let receipt = Receipt(
            id: mint.identifier(), line: "home", format: .modemPDU, place: "direct", octets: Array(text.utf8), receivedAt: clock.now())
        let ids = try await ledger.record([receipt])
        let message = Message(
            id: mint.identifier(), line: "home", direction: .incoming, sender: .number(sender), participants: [.number(sender)],
            parts: [.text(text)], sentAt: clock.now(), recordedAt: clock.now())
        try await ledger.commit([Reading(receipts: ids, result: .message(message, deliveries: []), at: clock.now())])
        return message
    }
}

/// A way of alerts that keeps what it was brought.
final class HeardChannel: AlertChannel {
    let name = "test"
    private let heard = Mutex<[String]>([])

    var words: [String] { heard.withLock { $0 } }

    func bring(_ news: AlertNews, avoiding broken: Set<Vital.Place>) async throws(Failure) -> AlertReach {
        heard.withLock { $0.append(news.words) }
        return .somebody
    }
}

final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    @Sendable func add() { count.withLock { $0 += 1 } }
}

/// Numbers of at least three digits; 112 is an emergency number.
struct SimpleNumbering: Numbering {
    func address(_ text: String, line: LineID) -> Address? {
        let digits = text.filter { $0 != " " && $0 != "-" }
        guard digits.drop(while: { $0 == "+" }).allSatisfy(\.isNumber), digits.count >= 3 else { return nil }
        return digits.hasPrefix("+") ? .number(digits) : .shortCode(digits)
    }

    func refusal(_ address: Address, line: LineID) -> Failure? {
        address == .shortCode("112") ? Failure(.refused, "112 is an emergency number and takes no texts") : nil
    }

    func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool { one == other }
}

extension Response {
    var text: String {
        if case .octets(let octets) = body { String(decoding: octets, as: UTF8.self) } else { "" }
    }

    var json: JSON {
        get throws { try JSON(decoding: Array(text.utf8)) }
    }

    /// `422 to[0]`, for comparing refusals.
    var refusal: String {
        let field = (try? json)?["error"]?["field"]?.text
        return field.map { "\(status) \($0)" } ?? "\(status)"
    }
}
