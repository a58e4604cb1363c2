import Console
import Exchange
import HTTPStack
import Logging
import ServiceLifecycle
import Settings
import Store
import Telephony
import UnixSignals

/// A daemon from start to clean end, with as many beginnings between as its configuration has.
public enum RunningDaemon {
    /// Runs until SIGTERM or SIGINT, or until a service fails. `companions` run beside it all the time: the demo's outside world.
    ///
    /// When it is asked to begin anew it finishes what it does, and starts again with the file's configuration in the same process. Where that
    /// configuration cannot be begun with (a port is taken), it is taken back, and the one before runs on.
    ///
    /// Throws `StateError` when the state directory cannot be had, `SettingsError` where a kind refuses its section, `LedgerError` when
    /// the ledger cannot be opened or breaks.
    public static func run(_ file: ConfigurationFile, companions: [any Exchange.Service] = [], ready: (@Sendable () -> Void)? = nil) async throws {
        let configuration = try file.read()
        LogSetup.bootstrap(configuration.settings.log)
        let life = DaemonLife(file, running: configuration)
        // Held over every beginning: a signal between two of them is not lost.
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in signals { life.end() } }
            for companion in companions { group.addTask { try? await companion.run() } }
            defer { group.cancelAll() }
            try await runAll(of: life, ready)
        }
    }

    /// One beginning after the other, until the last.
    private static func runAll(of life: DaemonLife, _ ready: (@Sendable () -> Void)?) async throws {
        let log = Logger(label: "homeline")
        var before: ProvenConfiguration?
        var ready = ready
        while true {
            do {
                defer { ready = nil }
                try await runOnce(life.running.settings, life, ready: ready)
            } catch {
                guard let earlier = before, !life.isUp else { throw error }
                log.error("cannot begin with the new configuration, which is taken back: \(error)")
                before = nil
                if let left = life.takeBack(to: earlier, because: "\(error)") { log.error("the file keeps what was refused: \(left)") }
                continue
            }
            switch life.next {
            case .beginning(let next):
                log.notice("beginning anew")
                before = life.running
                LogSetup.bootstrap(next.settings.log)
                life.begin(next, refusal: nil)
            case .moving(let restored):
                log.notice("beginning anew with what was restored")
                before = life.running
                let (next, refusal) = restored.moveIn(life)
                LogSetup.bootstrap(next.settings.log)
                life.begin(next, refusal: refusal)
            case .end, nil:
                log.info("stopped")
                return
            }
        }
    }

    private static func runOnce(_ settings: DaemonSettings, _ life: DaemonLife, ready: (@Sendable () -> Void)?) async throws {
        CrashDumps.forbid()
        let log = Logger(label: "homeline")
        let state = StateDirectory(settings.stateDirectory)
        try state.create()
        let lock = try state.lock()
        defer { withExtendedLifetime(lock) {} }
        let budget = DescriptorBudget()
        let doors = OpenDoors(settings.http.listen == nil ? 1 : 2)
        let ledger = try LedgerAccess.open(state, by: .daemon)
        if let step = ledger.schemaStep { log.notice("\(step)") }
        // Whoever begins anew opens it again in this process, and is to be the only one that has it.
        defer { try? ledger.close() }
        let clock = SteadyClock.system()
        let believed = await BelievedClock.system(state, ledger: ledger, clock: clock)
        let assembly = try Assembly(settings, ledger: ledger, state: state, mint: .system(clock: clock), connections: budget.perDoor, people: PeopleBooks(ledger))
        let house = HouseCertificate(settings, ledger: ledger, mint: .system(clock: clock), clock: clock, pause: systemPause)
        try house.prepare(log: log)
        let supervisor = Supervisor()
        let backups = settings.backup.map {
            BackupDesk($0, state: state, configuration: life.file.path, ledger: ledger, mint: assembly.mint, log: Logger(label: "backup"))
        }
        let refusals = RefusedSignIns()
        let care = CareAssembly(
            assembly, settings: settings, state: state, ledger: ledger, house: house, backups: backups, ring: LogSetup.ring, refusals: refusals)
        let clockWatch = ClockWatch(clock, ledger: ledger, workers: assembly.workers, pause: systemPause) { step in
            assembly.notices.clockWasSet(by: step)
            care.clockWasSet(by: step)
            log.notice("the clock was set", metadata: ["seconds": "\(step.components.seconds)"])
        }

        // Stopped in reverse: first no new delivery is begun and open ones are finished, then the doors close, then the trunks.
        let services: [Lifecycle] =
            [Lifecycle(life.service)] + assembly.trunks.map { Lifecycle($0.service) } + assembly.retrievers.map { Lifecycle($0) }
            + assembly.endpoints.map { Lifecycle($0.service) }
            + (try API.services(
                assembly, ledger: ledger, settings: settings, state: state, connections: budget.perDoor, doors: doors, installation: life, house: house,
                care: care.care, refusals: refusals,
                people: PeopleDesk(contacts: ledger, blocks: ledger, history: ledger, random: { UInt64.random(in: .min ... .max) }), backups: backups,
                restoration: HouseRestoration(state: state, life: life, now: assembly.mint.now), program: life.program))
            + care.services
            + house.services
            + [
                Lifecycle(assembly.intake),
                Lifecycle(assembly.leftovers),
                Lifecycle(
                    Housekeeping(
                        ledger: ledger, media: assembly.media, keep: settings.media.keep, clock: believed, mint: assembly.mint, pause: systemPause, log: log)),
                backups.map {
                    Lifecycle(BackupSchedule(desk: $0, notices: assembly.notices, lines: settings.lines.map(\.id), mint: assembly.mint, pause: systemPause))
                },
                Lifecycle(LedgerWatch(ledger: ledger, log: log, pause: systemPause)), Lifecycle(clockWatch),
                Lifecycle(Watchdog(supervisor: supervisor, ledger: ledger, pause: systemPause)),
                Lifecycle(assembly.dispatcher, ending: .told { assembly.dispatcher.stop() }),
                Lifecycle(
                    Readiness(
                        supervisor: supervisor, log: log, settings: settings, doors: doors, endpoints: assembly.endpoints, ledger: ledger, life: life,
                        ready: ready)),
            ].compactMap(\.self)
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup, failureTerminationBehavior: .cancelGroup) },
                logger: log.quiet))
        for sentence in ledger.lostWrites {
            for line in settings.lines { await assembly.notices.tell(line.id, once: sentence) }
        }
        do {
            try await group.run()
        } catch let error as CannotListen {
            throw StateError(error.description)
        }
    }
}

/// One of our services under the lifecycle's rules: it ends when the group shuts down.
struct Lifecycle: ServiceLifecycle.Service {
    /// How a service ends when the group shuts down.
    enum Ending: Sendable {
        /// Its task is cancelled.
        case cancelled
        /// It is told, and finishes what it has begun.
        case told(@Sendable () -> Void)
        /// It listens to the lifecycle itself.
        case byItself
    }

    private let service: any Exchange.Service
    private let ending: Ending

    init(_ service: any Exchange.Service, ending: Ending = .cancelled) {
        self.service = service
        self.ending = ending
    }

    func run() async throws {
        do {
            switch ending {
            case .cancelled: try await cancelWhenGracefulShutdown { try await service.run() }
            case .told(let stop): try await withGracefulShutdownHandler { try await service.run() } onGracefulShutdown: { stop() }
            case .byItself: try await service.run()
            }
        } catch is CancellationError {
            // The ordinary end of a service that was told to stop.
        }
    }
}

/// Says that everything is up, to whoever waits for it, and when it is being stopped: last to start, it is the first to be told.
private struct Readiness: Exchange.Service {
    let supervisor: Supervisor
    let log: Logger
    let settings: DaemonSettings
    let doors: OpenDoors
    let endpoints: [EndpointPorts]
    let ledger: any Ledger
    let life: DaemonLife
    let ready: (@Sendable () -> Void)?

    func run() async throws {
        while await !isUp() { try await systemPause(.milliseconds(10)) }
        life.cameUp()
        supervisor.ready()
        log.info("ready", metadata: ["lines": "\(settings.lines.map(\.id.name).joined(separator: ","))"])
        if settings.lines.isEmpty { log.notice("no line is set up yet: the pages do that, or 'homeline setup'") }
        ready?()
        if settings.http.listen != nil, settings.http.console != .off, (try? await ledger.accounts())?.isEmpty ?? false {
            log.notice("nobody can sign in to the Console yet; 'homeline console link' prints the link to begin with")
        }
        await WakeSignal().untilCancelled()
        switch life.next {
        case .beginning, .moving: supervisor.reloading()
        case .end, nil: supervisor.stopping()
        }
    }

    /// Whoever connects is served. A line whose modem is away comes up when it is there.
    private func isUp() async -> Bool {
        guard doors.areAll else { return false }
        for endpoint in endpoints where await endpoint.health().state == .starting { return false }
        return true
    }
}
