import Exchange
import Files
import Foundation
import HTTPStack
import HomelineTesting
import Kinds
import Logging
import Store
import Synchronization
import Telephony

@testable import EndpointVoIPms

/// A service with two accounts over two lines of North America, a ledger in memory, and a web that answers by script.
final class House: Sendable {
    static let username = "me@home.example"
    static let password = "s3cret!+@:pass"

    let clock = ManualClock(Instant(seconds: 1_774_880_656))
    let mint: Mint
    let ledger: any Ledger
    let media: MemoryMediaStore
    let web: ScriptedWeb
    /// The web that addresses of apps are in.
    let apps: ScriptedWeb
    let directory: String
    let context: EndpointContext
    let service: VoIPms
    let plan: RoutingPlan
    /// For routes.
    let site: Site

    /// - Parameters:
    ///   - notes: what alice's programs left in another house; nothing where it is nil.
    ///   - adjust: the settings, before anything is made of them.
    init(ledger: any Ledger = MemoryLedger(), web: ScriptedWeb = ScriptedWeb(), apps: ScriptedWeb = ScriptedWeb(), targets: [Target] = [], bobs: [Target] = [],
        password: String = House.password, notes: String? = nil, _ adjust: (inout VoIPmsSettings) -> Void = { _ in }
    ) throws {
        let mint = Mint.repeatable(clock)
        self.mint = mint
        self.ledger = ledger
        self.web = web
        self.apps = apps
        let media = MemoryMediaStore(clock: clock)
        self.media = media
        directory = FileManager.default.temporaryDirectory.appending(path: "voipms-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try notes?.write(toFile: directory + "/alice.json", atomically: false, encoding: .utf8)
        let workers = WakeGroup()
        var settings = VoIPmsSettings(
            accounts: [
                Account(
                    name: "alice", username: Self.username, person: "alice", lines: ["home", "work"],
                    subAccounts: [SubAccount(name: "100001_alice", line: "home"), SubAccount(name: "100001_work", line: "work")], targets: targets),
                Account(name: "bob", username: "bob@home.example", person: nil, lines: ["home"], subAccounts: [], targets: bobs),
            ], passwords: [Self.username: password, "bob@home.example": "another secret"])
        adjust(&settings)
        plan = RoutingPlan(routes: [Route(endpoint: "voipms", audience: .receivers, receivers: settings.receivers)], carriage: ["home": [.files]])
        let submissions = Submissions(
            ledger: ledger, numbering: American(), plan: plan, limits: ["home": 5, "work": 5], mint: mint, workers: workers)
        let health: @Sendable () async -> Health = { Health(.working, "") }
        let url = WebURL("https://sms.example.org")
        let files = url.map {
            // A seal for tests: sixteen octets that hang on all that is sealed.
            SharedFiles(
                links: FileLinks(publicURL: $0, seal: { octets in (0..<16).map { place in octets.reduce(UInt8(place)) { ($0 &* 31) ^ $1 } } }),
                media: media, ledger: ledger, mint: mint)
        }
        context = EndpointContext(
            id: "voipms",
            lines: [
                ServedLine(id: "home", country: "US", number: "+15550100999", health: health),
                ServedLine(id: "work", country: "US", number: "+15550100888", health: health),
            ], ledger: ledger, submissions: submissions, workers: workers, mint: mint, pause: { _ in }, media: media, files: files, publicURL: url,
            directory: directory)
        service = VoIPms(settings: settings, context: context, client: web, publicClient: web, appClient: apps, log: .silent)
        site = Site(
            operations: service.restRoutes + LookAlike(service: service).routes + SOAPService(service: service).routes,
            tokens: TokenGuard(ledger: ledger, clock: clock), counts: RequestCounts(), logger: .silent)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// Calls a method as alice, and says what came.
    func call(_ method: String, _ parameters: [String: String] = [:]) async -> JSON {
        let form = parameters.merging(["api_username": Self.username, "api_password": Self.password, "method": method]) { given, _ in given }
        return await service.answer(Call(Form(form.map { Form.Field(name: $0.key, octets: Array($0.value.utf8)) }))).json
    }

    /// The status alone.
    func status(_ method: String, _ parameters: [String: String] = [:]) async -> String? { await call(method, parameters)["status"]?.text }

    /// An incoming message on a line, committed and to be told.
    ///
    /// - Parameter destinations: where not as the routes have it.
    @discardableResult
    func receive(
        _ text: String, from sender: Address = .number("+15550100123"), line: LineID = "home", files: [Part] = [], subject: String? = nil, to destinations: [Destination]? = nil
    ) async throws -> Message {
        let message = Message(
            id: mint.identifier(), line: line, direction: .incoming, sender: sender, participants: [sender],
            parts: (text.isEmpty ? [] : [.text(text)]) + files, recordedAt: clock.now(), subject: subject)
        let receipt = Receipt(
            id: mint.identifier(), line: line, format: .modemPDU, place: "p/\(message.id)", octets: [1], receivedAt: clock.now())
        let ids = try await ledger.record([receipt])
        let deliveries = plan.deliveries(.message, of: message.id, to: destinations ?? plan.destinations(of: message, subscribers: []), mint: mint)
        try await ledger.commit([Reading(receipts: ids, result: .message(message, deliveries: deliveries), at: clock.now())])
        return message
    }

    func claim() async throws -> Claim? {
        try await ledger.claim(.endpoint("voipms"), limit: 1, now: clock.now(), lease: clock.now() + .seconds(60), mint: mint).claims.first
    }

    /// Everything that was submitted, oldest first.
    func sent() async throws -> [Message] {
        try await ledger.messages(after: nil, limit: 100, lines: nil).map(\.message).filter { $0.direction == .outgoing }
    }
}

/// Reads numbers as somebody in the United States would, as far as these tests need it.
struct American: Numbering {
    func address(_ text: String, line: LineID) -> Address? {
        let digits = text.filter { $0.isASCII && $0.isNumber }
        if text.contains("+") { return digits.count >= 7 ? .number("+" + digits) : nil }
        if digits.count == 10 { return .number("+1" + digits) }
        return (2...8).contains(digits.count) ? .shortCode(digits) : nil
    }
    func refusal(_ address: Address, line: LineID) -> Failure? { address == .shortCode("911") ? Failure(.refused, "an emergency number") : nil }
    func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool { one == other }
}

/// A web that answers by script and keeps what it was asked.
final class ScriptedWeb: WebClient {
    typealias Script = @Sendable (OutgoingRequest) throws(Failure) -> OutgoingAnswer

    private let script: Mutex<Script>
    private let kept = Mutex<[OutgoingRequest]>([])

    init(_ script: @escaping Script = { _ in OutgoingAnswer(status: 404) }) { self.script = Mutex(script) }

    var requests: [OutgoingRequest] { kept.withLock { $0 } }
    func answer(_ script: @escaping Script) { self.script.withLock { $0 = script } }

    func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
        kept.withLock { $0.append(request) }
        let answer = try script.withLock { $0 }(request)
        guard case .pieces(_, let take) = request.answerBody, answer.status == 200 else { return answer }
        do {
            for start in stride(from: 0, to: answer.body.count, by: 65536) {
                try await take(Array(answer.body[start..<min(answer.body.count, start + 65536)]))
            }
        } catch {
            throw Failure(.refused, "\(error)")
        }
        return OutgoingAnswer(status: 200, headers: answer.headers)
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension JSON {
    /// The elements of the member of that name.
    func rows(_ name: String) -> [JSON] { self[name]?.elements ?? [] }
    func texts(_ rows: String, _ name: String) -> [String?] { self.rows(rows).map { $0[name]?.text } }
}
