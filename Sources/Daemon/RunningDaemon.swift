import Exchange
import HTTPStack
import Logging
import ServiceLifecycle
import Telephony

/// A daemon from start to clean end.
public enum RunningDaemon {
    /// Runs until SIGTERM or SIGINT, or until a service fails. `companions` run beside the daemon's own services: the demo's outside world.
    ///
    /// Throws `StateError` when the state directory cannot be had, `SettingsError` where a kind refuses its section, `LedgerError` when
    /// the ledger cannot be opened or breaks.
    public static func run(_ settings: DaemonSettings, companions: [any Exchange.Service] = [], ready: (@Sendable () -> Void)? = nil) async throws {
        LogSetup.bootstrap(settings.log)
        let log = Logger(label: "homeline")
        let state = StateDirectory(settings.stateDirectory)
        try state.create()
        let lock = try state.lock()
        defer { withExtendedLifetime(lock) {} }
        let budget = DescriptorBudget()
        let doors = OpenDoors(settings.http.listen == nil ? 1 : 2)
        let ledger = try LedgerAccess.open(state)
        let clock = SteadyClock.system()
        let assembly = try Assembly(settings, ledger: ledger, state: state, mint: .system(clock: clock), connections: budget.perDoor)
        let clockWatch = ClockWatch(clock, ledger: ledger, workers: assembly.workers, pause: systemPause) { step in
            log.notice("the clock was set", metadata: ["seconds": "\(step.components.seconds)"])
        }
        let supervisor = Supervisor()

        // Stopped in reverse: first no new delivery is begun and open ones are finished, then the doors close, then the trunks.
        let services: [Lifecycle] =
            companions.map { Lifecycle($0) } + assembly.trunks.map { Lifecycle($0.service) } + assembly.retrievers.map { Lifecycle($0) }
            + assembly.endpoints.map { Lifecycle($0.service) }
            + (try API.services(assembly, settings: settings, state: state, connections: budget.perDoor, doors: doors))
            + [
                Lifecycle(assembly.intake),
                Lifecycle(
                    Housekeeping(
                        ledger: ledger, media: assembly.media, keep: settings.media.keep, mint: assembly.mint, pause: systemPause, log: log)),
                Lifecycle(LedgerWatch(ledger: ledger, log: log, pause: systemPause)), Lifecycle(clockWatch),
                Lifecycle(Watchdog(supervisor: supervisor, ledger: ledger, pause: systemPause)),
                Lifecycle(assembly.dispatcher, ending: .told { assembly.dispatcher.stop() }),
                Lifecycle(
                    Readiness(
                        supervisor: supervisor, log: log, settings: settings, doors: doors, endpoints: assembly.endpoints, ready: ready)),
            ]
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup, failureTerminationBehavior: .cancelGroup) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: log.quiet))
        for sentence in ledger.lostWrites {
            for line in settings.lines { await assembly.notices.tell(line.id, once: sentence) }
        }
        do {
            try await group.run()
        } catch let error as CannotListen {
            throw StateError(error.description)
        }
        log.info("stopped")
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
    let ready: (@Sendable () -> Void)?

    func run() async throws {
        while await !isUp() { try await systemPause(.milliseconds(10)) }
        supervisor.ready()
        log.info("ready", metadata: ["lines": "\(settings.lines.map(\.id.name).joined(separator: ","))"])
        ready?()
        await WakeSignal().untilCancelled()
        supervisor.stopping()
    }

    /// Whoever connects is served. A line whose modem is away comes up when it is there.
    private func isUp() async -> Bool {
        guard doors.areAll else { return false }
        for endpoint in endpoints where await endpoint.health().state == .starting { return false }
        return true
    }
}
