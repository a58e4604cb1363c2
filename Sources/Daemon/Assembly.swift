import Exchange
import Files
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
    let recordings: Recordings
    let dispatcher: Dispatcher
    let leftovers: Leftovers
    let notices: Notices
    let plan: RoutingPlan
    let ledger: any ConsoleLedger
    let mint: Mint
    /// Rung when deliveries were made due; whoever watches the ledger rings with them.
    let workers: WakeGroup
    let intakeSignal: WakeSignal

    /// Throws `SettingsError` where a kind does not understand its section, `StateError` and `MediaError` where a directory cannot be made.
    public init(_ settings: DaemonSettings, ledger: any ConsoleLedger, state: StateDirectory, mint: Mint = .system(), connections: Int = 1024, people: PeopleBooks = PeopleBooks()) throws {
        try state.create()
        let media = try FileMediaStore(directory: state.media, limit: settings.media.limit)
        let fitter = Fitter(directory: media.workDirectory)
        let recordings = Recordings(renditions: Renditions(fitter: fitter, directory: media.renditionsDirectory), media: media)
        let files = settings.http.publicURL.map { url in
            SharedFiles(
                links: FileLinks(publicURL: url, seal: LinkKey(directory: state.path).seal), media: media, recordings: recordings, ledger: ledger, mint: mint)
        }
        let workers = WakeGroup()
        let intakeSignal = WakeSignal()
        let numbering = LineNumbering(
            countries: Dictionary(settings.lines.map { ($0.id, $0.country) }, uniquingKeysWith: { $1 }),
            numbers: Dictionary(settings.lines.compactMap { line in line.number.map { (line.id, $0) } }, uniquingKeysWith: { $1 }),
            talkative: Set(settings.lines.filter(\.tellsWhenRead).map(\.id)))
        let routes = try settings.endpoints.map { endpoint in
            let kind = try Self.kind(named: endpoint.kind, in: Catalog.endpoints, \.name, for: endpoint.section, key: "kind")
            let lines = settings.lines.map(\.id).filter { endpoint.lines?.contains($0) ?? true }
            return Route(endpoint: endpoint.id, audience: kind.audience, lines: endpoint.lines, receivers: try kind.receivers(endpoint.section, lines))
        }
        let carriage = try settings.lines.map { line in
            (line.id, try Self.kind(named: line.kind, in: Catalog.trunks, \.name, for: line.section, key: "trunk").carries(line.section))
        }
        let plan = RoutingPlan(routes: routes, lifetimes: settings.lifetimes.lifetimes, carriage: Dictionary(carriage, uniquingKeysWith: { $1 }))
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
                media: media, fitter: fitter, files: files, publicURL: settings.http.publicURL, directory: try state.place("trunks", line.id.name))
            var section = line.section
            let made = try Self.kind(named: line.kind, in: Catalog.trunks, \.name, for: section, key: "trunk").make(&section, context)
            try section.finish()
            return made
        }
        let served = zip(settings.lines, lines).map { line, made in
            ServedLine(id: line.id, country: line.country, number: line.number.flatMap { numbering.address($0, line: line.id)?.text }, health: made.ports.health)
        }
        let apps = try settings.endpoints.map { endpoint in
            let context = EndpointContext(
                id: endpoint.id, lines: served.filter { endpoint.lines?.contains($0.id) ?? true }, ledger: ledger, submissions: submissions, workers: workers, mint: mint, pause: systemPause,
                media: media, files: files, publicURL: settings.http.publicURL, directory: try state.place("endpoints", endpoint.id.name), connections: connections,
                certificate: settings.houseFiles, contacts: people.contacts)
            var section = endpoint.section
            let made = try Self.kind(named: endpoint.kind, in: Catalog.endpoints, \.name, for: section, key: "kind").make(&section, context)
            try section.finish()
            return made
        }
        trunks = lines.map(\.ports)
        endpoints = apps.map(\.ports)
        self.routes = (files?.routes ?? []) + lines.flatMap(\.routes) + apps.flatMap(\.routes)
        let answers = Dictionary(grouping: self.routes) { "\($0.method.rawValue) \($0.path)" }
        if let twice = answers.filter({ $0.value.count > 1 }).keys.min() {
            throw SettingsError(line: 0, path: "", reason: "two sections serve \(twice), and one of them would never be asked; leave one out, or give it another path")
        }
        intake = Intake(
            ledger: ledger, interpreter: numbering, numbering: numbering, plan: plan, doubts: doubts, media: media, notices: notices, blocks: people.blocks, mint: mint,
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
                    policy: RetryPolicy(doubt: doubts[trunk.line], repetition: trunk.repetition), plan: plan, mint: mint, signals: workers,
                    pause: systemPause, settle: messages.settle, perform: messages.send)
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
            workers: trunkWorkers + endpointWorkers, ledger: ledger, plan: plan, doubts: doubts,
            resumable: Set(trunks.filter { $0.repetition == .harmless }.map(\.line)), mint: mint, pause: systemPause)
        let carried: [ClaimScope] = trunks.filter { $0.messages != nil }.map { .trunk($0.line) }
        let brought: [ClaimScope] = endpoints.filter { $0.messages != nil }.map { .endpoint($0.id) }
        leftovers = Leftovers(
            served: Set(carried + brought), lines: Set(trunks.map(\.line)), ledger: ledger, plan: plan, mint: mint, notices: notices, workers: workers,
            pause: systemPause, report: { Logger(label: "exchange").warning("\($0)") })
        self.plan = plan
        self.media = media
        self.recordings = recordings
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
