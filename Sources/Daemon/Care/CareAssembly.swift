import Console
import Exchange
import HTTPStack
import Kinds
import Logging
import Settings
import Store
import Telephony

/// What the owner looks after, over what was assembled.
struct CareAssembly: Sendable {
    let care: Care
    private let signs: VitalSigns
    private let watch: [any Exchange.Service]
    private let client: GuardedClient?

    /// In the order in which they start.
    var services: [Lifecycle] { watch.map { Lifecycle($0) } + (client.map { [Lifecycle(ClientService($0))] } ?? []) }

    init(
        _ assembly: Assembly, settings: DaemonSettings, state: StateDirectory, ledger: SQLiteLedger, house: HouseCertificate, backups: BackupDesk?, ring: LogRing,
        refusals: RefusedSignIns
    ) {
        let log = Logger(label: "alerts")
        let vitals = HouseVitals(parts: API.parts(of: assembly, house), state: state, mint: assembly.mint) { [mint = assembly.mint] in
            backups.map { [$0.vital(now: mint.now())] } ?? []
        }
        let signs = VitalSigns(ledger: ledger, mint: assembly.mint, pause: systemPause, look: vitals.look)
        self.signs = signs
        let client = settings.alerts.hook.map { GuardedClient(policy: ClientPolicy(allowedHosts: $0.isPrivate ? [$0.url.host] : [])) }
        let alerts = AlertWatch(
            rules: settings.alerts.rules, channels: Self.channels(assembly, settings, client), ledger: ledger, signs: signs,
            counts: { [mint = assembly.mint] in
                let inDoubt = (try? await ledger.backlog())?[.inDoubt] ?? 0
                return AlertCounts(inDoubt: inDoubt, refusedSignIns: refusals.count(since: mint.now() - .seconds(3600)))
            }, mint: assembly.mint, pause: systemPause, report: { log.warning("\($0)") })
        let repairs = Repairs(
            ledger: ledger, lifetimes: settings.lifetimes.lifetimes, mint: assembly.mint, workers: assembly.workers,
            wakeIntake: { assembly.intakeSignal.ring() })
        let bundle = SupportBundle(settings: settings, ledger: ledger, signs: signs, ring: ring)
        let trunk: @Sendable (LineID) -> (any TendedTrunk)? = { [trunks = assembly.trunks] line in trunks.first { $0.line == line }?.care }
        care = Care(
            ledger: ledger, repairs: repairs, signs: signs, alerts: alerts, log: ring, trunk: trunk,
            probe: Self.probe(ledger: ledger, state: state, trunk: trunk), support: bundle.text, pause: systemPause)
        watch = [signs, alerts]
        self.client = client
    }

    func clockWasSet(by step: Duration) { signs.clockWasSet(by: step) }

    private static func channels(_ assembly: Assembly, _ settings: DaemonSettings, _ client: GuardedClient?) -> [any AlertChannel] {
        var channels: [any AlertChannel] = []
        if !settings.alerts.numbers.isEmpty {
            let lines = settings.alerts.lines?.map { LineID($0) } ?? settings.lines.map(\.id)
            channels.append(TextChannel(submissions: assembly.submissions, lines: lines, recipients: settings.alerts.numbers, mint: assembly.mint))
        }
        let apps = settings.endpoints.filter { $0.kind == EndpointKinds.softphone }.map(\.id)
        if settings.alerts.tellsApps, !apps.isEmpty {
            channels.append(AppChannel(notices: assembly.notices, lines: settings.lines.map(\.id), endpoints: apps))
        }
        if let hook = settings.alerts.hook, let client { channels.append(WebhookChannel(hook, client: client, clock: { assembly.mint.now() })) }
        return channels
    }

    private static func probe(
        ledger: SQLiteLedger, state: StateDirectory, trunk: @escaping @Sendable (LineID) -> (any TendedTrunk)?
    ) -> @Sendable (Vital.Place) -> Care.Probe? {
        { (place: Vital.Place) -> Care.Probe? in
            switch place.kind {
            case .ledger:
                return {
                    let took = try await ContinuousClock().measure { try await ledger.probe() }
                    return "A write was on the disk after \(took.wholeMilliseconds) ms."
                }
            case .disk: return { HostCheck.syncTime(at: state.path).first?.sentence ?? "The disk takes no file." }
            case .line:
                guard let trunk = trunk(LineID(place.name)) else { return nil }
                return { try await trunk.probe() }
            case .endpoint, .media, .clock, .certificate, .backup: return nil
            }
        }
    }
}

/// The names of kinds that serve apps.
private enum EndpointKinds {
    static let softphone = "softphone"
}
