import AT
import Exchange
import Kinds
import Logging
import Runtime
import Telephony

/// Serves a line through an AT modem (TS 27.005, TS 27.007): opens its port, sets it up, receives, sends, watches and recovers it.
///
/// The files of this folder each hold one of these concerns; what they decide is in pure values (`PINGuard`, `NotificationRouting`,
/// `RecoveryLadder`, `SendingOutcome`, …), what they do is here.
public actor ModemTrunk: Service {
    let settings: ModemSettings
    let environment: ModemEnvironment
    let box = NotificationBox()
    let registrationChanged = WakeSignal()

    var status = ModemStatus()
    var profile = Profile.generic
    /// The link while the modem serves; nil while it is absent, being set up or blocked.
    var serving: ModemLink? {
        didSet { if serving == nil { access.isGone() } }
    }
    var ladder = RecoveryLadder()
    var rate: RateLimit
    /// Where received messages are kept, and where status reports are kept apart from them.
    var storage: Storage?
    var reportStorage: Storage?
    var storageIsHeld = false
    var storageWaiters: [CheckedContinuation<Void, Never>] = []
    /// Whether the modem waits for `+CNMA`.
    var acknowledges = false
    /// The setting the modem took; nil where it took none.
    var notifications: NotificationSetting?
    /// PDUs handed over directly that are not durable yet.
    var unrecorded: [HeldMessage] = []
    /// When the first of them was handed over.
    var unrecordedSince: ContinuousClock.Instant?
    var returnOwed = ReturnOwed()
    /// The ledger refused something: look again soon, whatever the modem says.
    var mustLookAgain = false
    /// When it restarted by itself, in the last minutes.
    var restarts: [Instant] = []
    /// Until then a start banner is the echo of what we did (PIN, radio), not a restart.
    var bannersExpectedUntil: ContinuousClock.Instant?
    /// What the last trouble asks for at the next opening.
    var recoveringStep: RecoveryLadder.Step?
    var ussd = USSDDialogue()
    /// What somebody typed, until it is tried.
    var typedPIN: String?
    /// Rung when there is a reason to look at a blocked SIM again.
    let unblocking = WakeSignal()
    /// The connection, whether or not the modem serves.
    private(set) var link: ModemLink?
    /// Somebody wants the modem to start anew.
    var mustRestart = false
    let access = ModemAccess()
    /// Nil where the settings have no picture messages.
    let multimedia: ModemMultimedia?
    let pictures: PictureSending?
    let textTurns = Turns()
    let pictureTurns = Turns()
    /// Messages that may be on their way at a time, where pictures are among them; most of them wait for their turn.
    private static let places = 16

    public init(settings: ModemSettings, environment: ModemEnvironment) {
        self.settings = settings
        self.environment = environment
        self.rate = RateLimit(perMinute: settings.segmentsPerMinute, now: environment.now())
        let access = access
        multimedia = settings.multimedia.map { ModemMultimedia($0, access: access, environment: environment) }
        pictures = multimedia.flatMap { PictureSending(over: $0, settings: settings, environment: environment) }
    }

    /// What this trunk offers to the exchange.
    public nonisolated var ports: TrunkPorts {
        TrunkPorts(line: settings.line, service: self, messages: self, capacity: pictures == nil ? 1 : Self.places, ussd: self,
            multimedia: multimedia, care: self, health: { await self.health })
    }

    /// The true state of the modem.
    public var health: Health {
        var health = status.health(of: settings.address)
        health.facts["sendLimit"] = "\(settings.segmentsPerMinute) segments a minute"
        return health
    }

    var line: LineID { settings.line }
    var logger: Logger { environment.logger }

    /// Runs until cancelled: opens the modem again whenever it is lost.
    public func run() async throws {
        while !Task.isCancelled {
            let trouble = await connect()
            if mustRestart {
                mustRestart = false
                recoveringStep = .restart(after: .zero)
                continue
            }
            guard !Task.isCancelled, let trouble else { continue }
            await recover(from: trouble)
        }
        await multimedia?.close()
        status.phase = .absent("Homeline is stopping")
    }

    /// One life of the connection, from finding the modem to losing it; nil when it was used to restart the modem.
    private func connect() async -> RecoveryLadder.Trouble? {
        let step = recoveringStep
        recoveringStep = nil
        do {
            let place = try await ModemFinder(ports: environment.ports, clock: environment.clock).locate(settings.address)
            return try await environment.ports.withPort(at: place) { port in
                guard case .restart = step else { return await self.converse(over: port, at: place) }
                await self.restart(port)
                return nil
            }
        } catch let error as SerialError {
            return .absent("\(error)")
        } catch let error as ModemFinder.NotFound {
            return .absent("\(error)")
        } catch {
            return .absent("the port failed (\(error))")
        }
    }

    private func converse(over port: SerialPort, at place: SerialPlace) async -> RecoveryLadder.Trouble {
        let link = ModemLink(port: port, clock: environment.clock, trace: { [logger] in $0.log(to: logger) }) { [box, clock = environment.clock] in
            box.put($0, at: clock.now)
        }
        status.phase = .starting
        status.place = "\(place)"
        self.link = link
        _ = box.takeAll()
        let trouble = await withTaskGroup(of: RecoveryLadder.Trouble?.self) { group in
            group.addTask {
                switch await link.run() {
                case .hung: return .hung
                case .disconnected: return .disconnected
                // Whoever closed it says why.
                case .closed: return nil
                }
            }
            group.addTask { await self.serve(link) }
            var trouble: RecoveryLadder.Trouble?
            for await ended in group {
                trouble = trouble ?? ended
                await link.close()
                group.cancelAll()
            }
            return trouble
        }
        serving = nil
        self.link = nil
        await keepHandedOver(link)
        await multimedia?.modemIsGone()
        ussd.linkEnded()
        return trouble ?? .disconnected
    }

    /// Sets the modem up and keeps it in service; returns what went wrong, nil when the link ended by itself.
    private func serve(_ link: ModemLink) async -> RecoveryLadder.Trouble? {
        while true {
            let result = await startUp(link)
            // What a link that ended answers means nothing; how it ended is told elsewhere.
            guard !Task.isCancelled, !(await link.hasEnded) else { return nil }
            switch result {
            case .ready:
                await cameUp(link)
                guard await work(link) == .mustSetUpAgain else { return nil }
                serving = nil
                await multimedia?.modemIsGone()
                status.phase = .starting
            case .blocked(let obstacle):
                await block(obstacle)
                await unblocking.wait(until: environment.clock.now.advanced(by: Self.obstaclePause), clock: environment.clock)
            case .failed(let trouble):
                return trouble
            }
        }
    }

    /// Why the modem is in service no longer.
    enum WorkEnding: Sendable {
        case linkEnded
        /// It restarted by itself, or its SIM was taken out.
        case mustSetUpAgain
    }

    private func work(_ link: ModemLink) async -> WorkEnding {
        await withTaskGroup(of: WorkEnding.self) { group in
            group.addTask { await self.receive(over: link) }
            group.addTask { await self.watch(link) }
            defer { group.cancelAll() }
            return await group.next() ?? .linkEnded
        }
    }

    /// Waits; shorter when the task is cancelled.
    func wait(_ duration: Duration) async {
        try? await environment.clock.sleep(for: duration)
    }

    static let obstaclePause = Duration.seconds(30)
}
