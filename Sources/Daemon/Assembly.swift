import Exchange
import Fitting
import HTTPStack
import Kinds
import Logging
import Settings
import Store
import Telephony

/// The only place that wires: settings and a ledger in, services out. Nothing is started here, so `homeline check` makes one too.
public struct Assembly: Sendable {
    public let trunks: [TrunkPorts]
    public let endpoints: [EndpointPorts]
    /// What kinds serve on the HTTP listener.
    let routes: [Operation]
    public let submissions: Submissions
    let decisions: Decisions
    let intake: Intake
    let retrievers: [Retriever]
    let media: any MediaStore
    let dispatcher: Dispatcher
    let notices: Notices
    let plan: RoutingPlan
    let ledger: any Ledger
    let mint: Mint
    /// Rung when deliveries were made due; whoever watches the ledger rings with them.
    let workers: WakeGroup
    let intakeSignal: WakeSignal

    /// Throws `SettingsError` where a kind does not understand its section, `StateError` and `MediaError` where a directory cannot be made.
    public init(_ settings: DaemonSettings, ledger: any Ledger, state: StateDirectory, mint: Mint = .system(), connections: Int = 1024) throws {
        try state.create()
        let media = try FileMediaStore(directory: state.media, limit: settings.media.limit)
        let fitter = Fitter(directory: media.workDirectory)
        let renditions = Renditions(fitter: fitter, directory: media.renditionsDirectory)
        let workers = WakeGroup()
        let intakeSignal = WakeSignal()
        let numbering = LineNumbering(
            countries: Dictionary(settings.lines.map { ($0.id, $0.country) }, uniquingKeysWith: { $1 }),
            numbers: Dictionary(settings.lines.compactMap { line in line.number.map { (line.id, $0) } }, uniquingKeysWith: { $1 }),
            talkative: Set(settings.lines.filter(\.tellsWhenRead).map(\.id)))
        let routes = try settings.endpoints.map { endpoint in
            let kind = try Self.kind(named: endpoint.kind, in: Catalog.endpoints, \.name, for: endpoint.section, key: "kind")
            return Route(endpoint: endpoint.id, audience: kind.audience, lines: endpoint.lines)
        }
        let groupLines = try settings.lines.filter { line in
            try Self.kind(named: line.kind, in: Catalog.trunks, \.name, for: line.section, key: "trunk").reachesGroups(line.section)
        }
        let plan = RoutingPlan(routes: routes, lifetimes: settings.lifetimes.lifetimes, groupLines: Set(groupLines.map(\.id)))
        let notices = Notices(ledger: ledger, plan: plan, mint: mint, workers: workers)
        let doubts = DoubtPolicies(Dictionary(settings.lines.map { ($0.id, $0.inDoubt) }, uniquingKeysWith: { $1 }))
        let inbox = Inbox(ledger: ledger, mint: mint, intake: intakeSignal, workers: workers)
        decisions = Decisions(ledger: ledger, plan: plan, mint: mint, workers: workers)
        let limits = Dictionary(settings.lines.map { ($0.id, $0.queueLimit) }, uniquingKeysWith: { $1 })
        let submissions = Submissions(
            ledger: ledger, numbering: numbering, plan: plan, limits: limits, mint: mint, workers: workers)

        let lines = try settings.lines.map { line in
            let context = TrunkContext(
                line: line.id, country: line.country, inbox: inbox, notices: notices, mint: mint, pause: systemPause,
                media: media, fitter: fitter, publicURL: settings.http.publicURL, directory: try state.place("trunks", line.id.name))
            var section = line.section
            let made = try Self.kind(named: line.kind, in: Catalog.trunks, \.name, for: section, key: "trunk").make(&section, context)
            try section.finish()
            return made
        }
        let apps = try settings.endpoints.map { endpoint in
            let context = EndpointContext(
                id: endpoint.id, ledger: ledger, submissions: submissions, workers: workers, mint: mint, pause: systemPause,
                media: media, renditions: renditions, publicURL: settings.http.publicURL, directory: try state.place("endpoints", endpoint.id.name), connections: connections)
            var section = endpoint.section
            let made = try Self.kind(named: endpoint.kind, in: Catalog.endpoints, \.name, for: section, key: "kind").make(&section, context)
            try section.finish()
            return made
        }
        trunks = lines.map(\.ports)
        endpoints = apps.map(\.ports)
        self.routes = lines.flatMap(\.routes) + apps.flatMap(\.routes)
        intake = Intake(
            ledger: ledger, interpreter: numbering, numbering: numbering, plan: plan, doubts: doubts, media: media, notices: notices, mint: mint,
            pause: systemPause, signal: intakeSignal, workers: workers)
        retrievers = trunks.map { trunk in
            Retriever(
                line: trunk.line, trunk: trunk.multimedia, ledger: ledger, notices: notices, mint: mint, pause: systemPause, workers: workers,
                intake: intakeSignal)
        }
        let trunkWorkers = trunks.compactMap { trunk in
            trunk.messages.map { messages in
                Worker(
                    scope: .trunk(trunk.line), capacity: trunk.capacity, grace: Worker.trunkGrace, ledger: ledger,
                    policy: RetryPolicy(doubt: doubts[trunk.line]), plan: plan, mint: mint, signals: workers,
                    pause: systemPause, perform: messages.send)
            }
        }
        let endpointWorkers = endpoints.compactMap { endpoint in
            endpoint.messages.map { messages in
                Worker(
                    scope: .endpoint(endpoint.id), capacity: 128, ledger: ledger, plan: plan, mint: mint, signals: workers,
                    pause: systemPause, perform: { claim, _ in await messages.deliver(claim) })
            }
        }
        dispatcher = Dispatcher(
            workers: trunkWorkers + endpointWorkers, ledger: ledger, plan: plan, doubts: doubts, mint: mint, pause: systemPause)
        self.plan = plan
        self.media = media
        self.submissions = submissions
        self.notices = notices
        self.ledger = ledger
        self.mint = mint
        self.workers = workers
        self.intakeSignal = intakeSignal
    }

    private static func kind<Kind>(
        named name: String, in kinds: [Kind], _ path: KeyPath<Kind, String>, for section: Section, key: String
    ) throws(SettingsError) -> Kind {
        guard let kind = kinds.first(where: { $0[keyPath: path] == name }) else {
            throw section.error(key, "there is no kind named \(name); there are \(kinds.map { $0[keyPath: path] }.joined(separator: ", "))")
        }
        return kind
    }
}
