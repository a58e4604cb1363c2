import Exchange
import Files
import Kinds
import Logging
import SIP
import SIPStack
import Telephony

/// SIP apps: a registrar, a door for the texts people write, and a durable queue per device for those that come.
final class Softphone: Sendable {
    let agent: UserAgent
    let directory: Directory
    let authenticator: Authenticator
    let context: EndpointContext
    let renderer: MessageRenderer
    let registration: Registration
    let bringing = Bringing()
    let uploads = UploadWatch()
    let named: NamedFiles
    let log: Logger
    private let fileLimit: Int

    /// How long one try at a device lasts; a phone that is awake answers within a second or two.
    static let deliveryTimeout: Duration = .seconds(10)

    /// How often it is looked whether the sockets are open after a start.
    static let startPause: Duration = .milliseconds(10)

    init(settings: SoftphoneSettings, context: EndpointContext, foreign: ForeignFiles) {
        self.context = context
        log = Logger(label: "softphone")
        agent = UserAgent(settings.agent, log: Logger(label: "softphone.sip"))
        directory = Directory(ledger: context.ledger)
        authenticator = Authenticator(realm: settings.domain.text, directory: directory)
        let links = context.files?.links
        renderer = MessageRenderer(
            uris: PartyURIs(domain: settings.domain), links: links, converted: context.files?.recordings == nil ? [] : Recordings.types)
        registration = Registration(limits: settings.registration)
        fileLimit = settings.fileLimit
        named = NamedFiles(links: links, foreign: foreign, media: context.media, ledger: context.ledger, mint: context.mint)
    }

    var uris: PartyURIs { renderer.uris }

    /// Nil where nobody said under which address apps reach it.
    var files: FileServer? {
        renderer.links.map { links in
            FileServer(
                links: links, media: context.media, mint: context.mint, uploads: uploads, limit: fileLimit, log: log,
                login: { await self.login($0) })
        }
    }
}

extension Softphone: Service {
    func run() async throws {
        let registered = try await directory.load(now: context.mint.now())
        // Phones we knew before the restart are no strangers, whatever others do from now on.
        for binding in registered {
            if let flow = Flow(binding.flow) { await agent.recordSuccess(by: flow.remote.ip) }
        }
        // The methods themselves: a closure around them would leave the event loop, and strangers' requests would crowd the pool of threads.
        await agent.respond(to: .register, with: register)
        await agent.respond(to: .message, with: receive)
        await agent.respond(to: .invite, with: refuseCall)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await self.agent.run() }
            group.addTask { try await self.keepDirectory() }
        }
    }

    /// Picks up persons that the command line added, writes refreshed registrations, drops expired ones.
    private func keepDirectory() async throws {
        while !Task.isCancelled {
            try await context.pause(.seconds(1))
            do {
                try await directory.refresh(now: context.mint.now())
                try await bringWhatWaitedForMoved()
            } catch {
                log.warning("the directory could not be refreshed: \(error)")
            }
        }
    }

    private func bringWhatWaitedForMoved() async throws(LedgerError) {
        let moved = directory.takeMoved()
        do {
            for binding in moved { try await bringWhatWaited(for: binding.person, [.save(binding)]) }
        } catch {
            directory.takeBack(moved)
            throw error
        }
    }

    func health() async -> Health {
        guard await !agent.listening.isEmpty else { return Health(.starting, "It does not listen yet.") }
        return Self.health(devices: directory.registeredDevices(now: context.mint.now()), closed: await agent.reopening)
    }

    /// - Parameter closed: where it should listen and cannot.
    static func health(devices: Int, closed: [ListenAddress]) -> Health {
        let facts = ["devices": "\(devices)"]
        guard closed.isEmpty else {
            let places = closed.map(\.description).joined(separator: ", ")
            let advice = "see whether the network is up and the port is not taken."
            return Health(.impaired, "The system closed \(places), which is being opened again; \(advice)", facts: facts)
        }
        let summary = switch devices {
        case 0: "No app is registered now."
        case 1: "1 app is registered."
        default: "\(devices) apps are registered."
        }
        return Health(.working, summary, facts: facts)
    }

    /// The person who sent the request, or the answer that sends them away.
    nonisolated(nonsending) func identify(_ incoming: IncomingRequest) async -> Result<Person, Refusal> {
        await prove(incoming).map(\.person)
    }

    /// The person who sent the request and the password of their app's own that it was proven by, or the answer that sends them away.
    nonisolated(nonsending) func prove(_ incoming: IncomingRequest) async -> Result<(person: Person, app: AppPassword.ID?), Refusal> {
        let now = context.mint.now()
        let source = incoming.source.ip.description
        var verdict = authenticator.verdict(for: incoming.request, source: source, now: now)
        // The account may have been made, or its password changed, a moment ago.
        if case .wrong = verdict, await directory.hasNews(now: now) {
            verdict = authenticator.verdict(for: incoming.request, source: source, now: now)
        }
        switch verdict {
        case .person(let person, let app):
            // The account is who they are: nobody writes in another's name.
            guard let from = incoming.request.headers.from?.uri, uris.user(of: from) == person.id.name else {
                return .failure(Refusal(incoming.response(.forbidden, reason: "From is not your account")))
            }
            await incoming.recordLogin()
            return .success((person, app))
        case .challenge(let stale):
            return .failure(challenge(incoming, stale: stale, source: source, now: now))
        case .wrong(let account):
            await incoming.recordFailedLogin(at: account)
            return .failure(challenge(incoming, stale: false, source: source, now: now))
        }
    }

    private func challenge(_ incoming: IncomingRequest, stale: Bool, source: String, now: Instant) -> Refusal {
        var response = incoming.response(.unauthorized)
        let userAgent = incoming.request.headers[.userAgent]
        response.headers.wwwAuthenticate = authenticator.challenges(stale: stale, source: source, userAgent: userAgent, now: now)
        return Refusal(response)
    }

    func figures() async -> [Figure] {
        let counters = await agent.counters
        return Figure.all(
            of: counters, connections: await agent.connectionCount, transactions: await agent.transactionCount,
            blocked: await agent.blockedSources.count, waiting: await agent.strangersWaiting,
            devices: directory.registeredDevices(now: context.mint.now()))
    }

    private nonisolated(nonsending) func refuseCall(_ incoming: IncomingRequest) async -> Response {
        switch await identify(incoming) {
        case .failure(let refusal): refusal.response
        case .success: incoming.response(.notImplemented, reason: "Calls are not supported yet")
        }
    }
}

/// A response that ends a request early.
struct Refusal: Error, Sendable {
    let response: Response

    init(_ response: Response) { self.response = response }
}
