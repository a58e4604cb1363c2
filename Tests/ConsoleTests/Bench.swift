import Console
import Exchange
import HTTPStack
import HomelineTesting
import Logging
import Store
import Synchronization
import Telephony
import Testing

/// The console over a memory ledger, with one line, a country of simple rules, and tokens of every scope.
struct Bench {
    let clock = ManualClock()
    let ledger = MemoryLedger()
    let media = MemoryMediaStore(clock: ManualClock())
    let mint: Mint
    let feed: EventFeed
    let site: Site
    let operations: [HTTPStack.Operation]
    let intakeRings = Counter()

    static let reader = "hl_reader"
    static let sender = "hl_sender"
    static let admin = "hl_admin"

    init(
        parts: [PartHealth] = [PartHealth(.trunk, name: "home", health: Health(.working, "Registered.", facts: ["operator": "Test"]))],
        ussd: (any USSDTrunk)? = nil, scrapers: Set<IPAddress> = [], sendRate: SendRate? = nil,
        groupLines: Set<LineID> = []
    ) async throws {
        mint = .repeatable(clock)
        let workers = WakeGroup()
        feed = EventFeed(ledger: ledger, signal: workers.watcher(), pause: pauseForever)
        let plan = RoutingPlan(routes: [Route(endpoint: "hook", audience: .everyone)], groupLines: groupLines)
        let submissions = Submissions(
            ledger: ledger, numbering: SimpleNumbering(), plan: plan, limits: ["home": 10], mint: mint, workers: workers)
        let desk = Desk(
            ledger: ledger, submissions: submissions,
            decisions: Decisions(ledger: ledger, plan: plan, mint: mint, workers: workers), lines: ["home"], mint: mint, feed: feed,
            parts: { parts }, metrics: { [] },
            ussd: { _ in ussd }, count: { SegmentCount(encoding: "gsm7", segments: $0.isEmpty ? 0 : 1, unitsLeft: max(0, 160 - $0.count)) },
            wakeIntake: intakeRings.add, workers: workers, scrapers: scrapers, sendRate: sendRate, media: media)
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
