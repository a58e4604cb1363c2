import Certificates
import Console
import Exchange
import HTTPStack
import Logging
import SMS
import Settings
import Store
import Telephony

/// The HTTP API over what was assembled.
enum API {
    /// The listener and the event feed, as services. Throws `SettingsError` where the address cannot be read.
    static func services(
        _ assembly: Assembly, ledger: SQLiteLedger, settings: DaemonSettings, state: StateDirectory, connections: Int, doors: OpenDoors,
        installation: any Installation, house: HouseCertificate, care: Care, refusals: RefusedSignIns,
        people: PeopleDesk, backups: BackupDesk?, restoration: any Restoration, program: Program
    ) throws -> [Lifecycle] {
        let log = Logger(label: "http")
        let clock = SystemClock()
        let feed = EventFeed(ledger: assembly.ledger, signal: assembly.workers.watcher(), pause: systemPause)
        let counts = RequestCounts()
        let parts = Self.parts(of: assembly, house)
        let personal = personal(assembly, ledger, settings, state)
        let audit = AuditTrail(assembly.ledger, clock: assembly.mint.now, log: Logger(label: "console"))
        let desk = Desk(
            ledger: assembly.ledger, submissions: assembly.submissions, decisions: assembly.decisions, lines: settings.lines.map(\.id),
            mint: assembly.mint, feed: feed, parts: parts,
            metrics: { [endpoints = assembly.endpoints] in counts.metrics + (await Metric.all(of: endpoints)) + ProcessMetrics.current() },
            ussd: { line in assembly.trunks.first { $0.line == line }?.ussd }, count: Self.count,
            wakeIntake: { assembly.intakeSignal.ring() }, workers: assembly.workers,
            scrapers: settings.http.metricsReaders, sendRate: settings.http.sendsPerMinute.map { SendRate(perMinute: $0) }, media: assembly.media, audit: audit,
            strangersHealth: assembly.routes.first { $0.path == "/health" }, personal: personal.desk, installation: installation, surroundings: MachineSurroundings(), devices: ledger, care: care,
            phones: try settings.phones(), publicURL: settings.http.publicURL, renewCertificate: { await house.renewNow() }, tunnel: state.tunnelStore,
            people: people, backups: backups, restoration: restoration,
            program: program)
        let signIns = SignIns(
            ledger: assembly.ledger, clock: assembly.mint.now, random: { UInt64.random(in: .min ... .max) }, key: FactorKey(directory: state.path), audit: audit,
            refused: refusals,
            log: Logger(label: "console"))
        let pages = ConsolePages.all(
            desk, signIns: signIns, transport: settings.http.certificate == nil ? .plain : .encrypted, exposure: settings.http.console,
            recordings: assembly.recordings, log: Logger(label: "console"))
        let site = Site(
            operations: assembly.routes + house.operations + Operations.all(desk) + pages, tokens: TokenGuard(ledger: assembly.ledger, uses: assembly.ledger, clock: clock),
            counts: counts, logger: log, proxies: Proxies(settings.http.proxies, saying: settings.http.proxyField))
        var listening = try listenerSettings(settings.http, state: state)
        listening.limits.connections = min(listening.limits.connections, connections)
        let listener = Listener(settings: listening, site: site, clock: clock, logger: log, proofs: house.proofs.tls) { _ in doors.open() }
        return [Lifecycle(feed)] + personal.services + [Lifecycle(listener, ending: .byItself)]
    }

    /// The true state of everything, asked anew each time.
    static func parts(of assembly: Assembly, _ house: HouseCertificate) -> @Sendable () async -> [PartHealth] {
        { [trunks = assembly.trunks, endpoints = assembly.endpoints, ledger = assembly.ledger, plan = assembly.plan, intake = assembly.intake] in
            var parts = [PartHealth(.ledger, name: "ledger", health: await ledger.health())]
            let subscribers = try? await ledger.subscribers(.all)
            for trunk in trunks {
                var health = await trunk.health().holding(intake.held(of: trunk.line))
                if let subscribers, !plan.reachesAnybody(trunk.line, subscribers: subscribers) { health.facts["audience"] = nobody }
                parts.append(PartHealth(.trunk, name: trunk.line.name, health: health))
            }
            for endpoint in endpoints { parts.append(PartHealth(.endpoint, name: endpoint.id.name, health: await endpoint.health())) }
            return parts + (await house.health())
        }
    }

    /// Not a fault of the trunk's: what comes in may be meant for programs that read it over the API.
    private static let nobody = "Nobody: no person has the line and no endpoint serves it; what comes in is kept for the API."

    /// Throws `SettingsError` where the address cannot be read.
    static func listenerSettings(_ http: HTTPSettings, state: StateDirectory) throws(SettingsError) -> ListenerSettings {
        var settings = ListenerSettings(host: nil, socketPath: state.socket)
        guard let listen = http.listen else { return settings }
        guard let colon = listen.lastIndex(of: ":"), let port = UInt16(listen[listen.index(after: colon)...]) else {
            throw SettingsError(line: 0, path: "http.listen", reason: "an address and a port expected, such as 127.0.0.1:8080")
        }
        settings.host = listen[..<colon].trimmingBrackets
        settings.port = Int(port)
        if let certificate = http.certificate, let key = http.key {
            settings.tls = CertificateFiles(chain: certificate, privateKey: key)
        }
        return settings
    }

    private static func count(_ text: String) -> Console.SegmentCount {
        let count = Segmentation.count(text)
        return Console.SegmentCount(
            encoding: count.alphabet == .ucs2 ? "ucs2" : "gsm7", segments: count.segments, unitsLeft: count.unitsLeftInLast,
            because: count.alphabet == .ucs2 ? text.first { Segmentation.count(String($0)).alphabet == .ucs2 } : nil)
    }
}

extension Substring {
    /// An IPv6 address without its brackets.
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : String(self)
    }
}
