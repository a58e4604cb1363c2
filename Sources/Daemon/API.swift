import Console
import Exchange
import HTTPStack
import Logging
import SMS
import Settings
import Telephony

/// The HTTP API over what was assembled.
enum API {
    /// The listener and the event feed, as services. Throws `SettingsError` where the address cannot be read.
    static func services(_ assembly: Assembly, settings: DaemonSettings, state: StateDirectory, connections: Int, doors: OpenDoors) throws -> [Lifecycle] {
        let log = Logger(label: "http")
        let clock = SystemClock()
        let feed = EventFeed(ledger: assembly.ledger, signal: assembly.workers.watcher(), pause: systemPause)
        let counts = RequestCounts()
        let parts = Self.parts(of: assembly)
        let desk = Desk(
            ledger: assembly.ledger, submissions: assembly.submissions, decisions: assembly.decisions, lines: settings.lines.map(\.id),
            mint: assembly.mint, feed: feed, parts: parts,
            metrics: { [endpoints = assembly.endpoints] in counts.metrics + (await Metric.all(of: endpoints)) + ProcessMetrics.current() },
            ussd: { line in assembly.trunks.first { $0.line == line }?.ussd }, count: Self.count,
            wakeIntake: { assembly.intakeSignal.ring() }, workers: assembly.workers,
            scrapers: settings.http.metricsReaders, sendRate: settings.http.sendsPerMinute.map { SendRate(perMinute: $0) }, media: assembly.media)
        let site = Site(
            operations: Operations.all(desk) + assembly.routes, tokens: TokenGuard(ledger: assembly.ledger, clock: clock), counts: counts, logger: log)
        var listening = try listenerSettings(settings.http, state: state)
        listening.limits.connections = min(listening.limits.connections, connections)
        let listener = Listener(settings: listening, site: site, clock: clock, logger: log) { _ in doors.open() }
        return [Lifecycle(feed), Lifecycle(listener, ending: .byItself)]
    }

    /// The true state of everything, asked anew each time.
    static func parts(of assembly: Assembly) -> @Sendable () async -> [PartHealth] {
        { [trunks = assembly.trunks, endpoints = assembly.endpoints, ledger = assembly.ledger, plan = assembly.plan] in
            var parts = [PartHealth(.ledger, name: "ledger", health: await ledger.health())]
            let subscribers = try? await ledger.subscribers(.all)
            for trunk in trunks {
                var health = await trunk.health()
                if let subscribers, !plan.reachesAnybody(trunk.line, subscribers: subscribers) { health.facts["audience"] = nobody }
                parts.append(PartHealth(.trunk, name: trunk.line.name, health: health))
            }
            for endpoint in endpoints { parts.append(PartHealth(.endpoint, name: endpoint.id.name, health: await endpoint.health())) }
            return parts
        }
    }

    /// Not a fault of the trunk's: what comes in may be meant for programs that read it over the API.
    private static let nobody = "Nobody: no person has the line and no endpoint serves it; what comes in is kept for the API."

    private static func listenerSettings(_ http: HTTPSettings, state: StateDirectory) throws(SettingsError) -> ListenerSettings {
        var settings = ListenerSettings(host: nil, socketPath: state.socket)
        guard let listen = http.listen else { return settings }
        guard let colon = listen.lastIndex(of: ":"), let port = UInt16(listen[listen.index(after: colon)...]) else {
            throw SettingsError(line: 0, path: "http.listen", reason: "an address and a port expected, such as 127.0.0.1:8080")
        }
        settings.host = listen[..<colon].trimmingBrackets
        settings.port = Int(port)
        if let certificate = http.certificate, let key = http.key {
            settings.tls = ListenerSettings.TLSFiles(certificateChain: certificate, privateKey: key)
        }
        return settings
    }

    private static func count(_ text: String) -> Console.SegmentCount {
        let count = Segmentation.count(text)
        return Console.SegmentCount(
            encoding: count.alphabet == .ucs2 ? "ucs2" : "gsm7", segments: count.segments, unitsLeft: count.unitsLeftInLast)
    }
}

extension Substring {
    /// An IPv6 address without its brackets.
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : String(self)
    }
}
