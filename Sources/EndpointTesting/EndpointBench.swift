import Exchange
import HTTPStack
import HomelineTesting
import Kinds
import Logging
import Messaging
import Settings
import Store
import Telephony

/// An endpoint of a kind over a memory ledger, with a line in the United States, a token of every scope, and a site that serves its routes.
public struct EndpointBench: Sendable {
    public let clock: ManualClock
    public let ledger: MemoryLedger
    public let directory: TemporaryDirectory
    public let made: Made<EndpointPorts>
    private let site: Site
    private let plan: RoutingPlan
    private let mint: Mint

    /// What every test's endpoint is called.
    public static let id: EndpointID = "app"
    /// Tokens: `hl_read`, `hl_send`, `hl_admin`.
    public static let sendToken = "hl_send"
    /// A secret long enough for every kind, in the file that `secret` names.
    public static let secret = "0123456789abcdef-secret"

    /// - Parameters:
    ///   - settings: the section; `SECRET` in it stands for a file with the secret.
    ///   - carriage: what the line takes beside texts.
    ///   - state: of a bench before this one, whose directory and ledger it goes on with.
    ///   - asking: what stands between the endpoint and the ledger, to fail it.
    public init(
        _ kind: EndpointKind, _ settings: Written, carriage: Carriage = [], health: Health = Health(.working, "Registered."),
        queueLimit: Int = 100, after state: EndpointBench? = nil, asking: @Sendable (MemoryLedger) -> any Ledger = { $0 }
    ) async throws {
        clock = state?.clock ?? ManualClock()
        ledger = state?.ledger ?? MemoryLedger()
        directory = try state?.directory ?? TemporaryDirectory()
        let file = directory.file("secret")
        try EndpointBench.secret.write(toFile: file, atomically: true, encoding: .utf8)
        mint = Mint.repeatable(clock, seed: state == nil ? 1 : 2)
        var section = try Section(settings.replacing("SECRET", with: file).node, path: "endpoints.app")
        let receivers = try kind.receivers(section, ["home"])
        plan = RoutingPlan(routes: [Route(endpoint: Self.id, audience: kind.audience, receivers: receivers)], carriage: ["home": carriage])
        let workers = WakeGroup()
        let asked = asking(ledger)
        let submissions = Submissions(
            ledger: asked, numbering: USNumbering(), plan: plan, limits: ["home": queueLimit], mint: mint, workers: workers)
        let context = EndpointContext(
            id: Self.id, lines: [ServedLine(id: "home", country: "US", number: "+15550100999", health: { health })], ledger: asked,
            submissions: submissions, workers: workers, mint: mint, pause: { _ in }, media: MemoryMediaStore(clock: clock), directory: directory.path)
        made = try kind.make(&section, context)
        try section.finish()
        for (name, scope) in [("read", .read), ("send", .send), ("admin", .admin)] as [(String, Token.Scope)] {
            try await ledger.save(Token(name: name, hash: TokenSecret.hash("hl_\(name)"), scopes: [scope], createdAt: clock.now(), expiresAt: nil))
        }
        site = Site(
            operations: made.routes, tokens: TokenGuard(ledger: ledger, clock: clock), counts: RequestCounts(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Asks from the network.
    public func ask(
        _ method: HTTPStack.Method, _ target: String, headers: [String: String] = [:], _ body: String = "", from address: String = "192.0.2.1"
    ) async -> Response {
        await site.respond(to: Request(method, target, headers: headers, body: Array(body.utf8), source: .network(address)))
    }

    public func post(_ path: String, _ body: String, type: String = "application/json", bearer: String? = nil) async -> Response {
        var headers = ["Content-Type": type]
        if let bearer { headers["Authorization"] = "Bearer \(bearer)" }
        return await ask(.post, path, headers: headers, body)
    }

    /// A text comes in, is committed, and is to be told.
    public func receive(_ text: String) async throws {
        let sender = Address.number("+12125550123")
        let message = Message(
            id: mint.identifier(), line: "home", direction: .incoming, sender: sender, participants: [sender], parts: [.text(text)], recordedAt: clock.now())
        let receipt = Receipt(
            id: mint.identifier(), line: "home", format: .handover, place: "\(message.id)", octets: Array(text.utf8), receivedAt: clock.now())
        let deliveries = plan.deliveries(.message, of: message.id, to: plan.destinations(of: message, subscribers: []), mint: mint)
        try await ledger.commit([Reading(receipts: ledger.record([receipt]), result: .message(message, deliveries: deliveries), at: clock.now())])
    }

    /// Messages on record, oldest first.
    public func messages() async throws -> [Message] {
        try await ledger.messages(after: nil, limit: 500, lines: nil).map(\.message)
    }
}

/// The numbers of the United States.
private struct USNumbering: Numbering {
    private let plan = NumberPlan(country: "US")

    func address(_ text: String, line: LineID) -> Address? { plan?.normalise(text) }
    func refusal(_ address: Address, line: LineID) -> Failure? { plan?.refusal(address) }
    func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool { one == other }
}

extension Response {
    public var octets: [UInt8] {
        if case .octets(let octets) = body { octets } else { [] }
    }

    public var text: String { String(decoding: octets, as: UTF8.self) }

    /// Null where it is no JSON.
    public var json: JSON { (try? JSON(decoding: octets)) ?? .null }

    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
