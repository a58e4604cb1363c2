import Certificates
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Runtime
import SIP

/// A SIP element that listens, answers requests and sends its own (RFC 3261 §8, §17, §18).
///
/// It lives on one event loop: handlers call it without a hop, everybody else with `await`. What it decides is in values
/// (`ServerTransactions`, `ClientTransactions`, `SourceGuard`, `ConnectionTable`); this actor moves octets between them and the sockets.
public actor UserAgent {
    /// The loop it lives on. An actor with the same executor answers requests without a hop.
    public nonisolated let eventLoop: any EventLoop
    public nonisolated var unownedExecutor: UnownedSerialExecutor { eventLoop.executor.asUnownedSerialExecutor() }

    nonisolated let settings: UserAgentSettings
    nonisolated let log: Logger

    var servers: ServerTransactions
    var clients: ClientTransactions
    var sources: SourceGuard
    var accounts = AccountWatch()
    var strangers: StrangerQueue
    var connections: ConnectionTable
    var counts = Counters()
    var responders: [Method: Responder] = [:]

    /// UDP sockets by their address of ours.
    var sockets: [PeerAddress: any Channel] = [:]
    var listeners: [any Channel] = []
    var identity: ServerIdentity?
    var certificateCheck: RepeatedTask?
    /// Sockets with datagrams written and not flushed while a batch is being read.
    var unflushed: [any Channel] = []
    var isInBatch = false
    /// The next slice of time for strangers is on its way.
    var isSliceDue = false
    var nextSlice = ContinuousClock.now
    private var logBudget = LogBudget(at: .now)
    private var alarm: EventLoopAlarm?

    public init(_ settings: UserAgentSettings, on eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next(), log: Logger) {
        self.settings = settings
        self.eventLoop = eventLoop
        self.log = log
        servers = ServerTransactions(settings.transactions)
        clients = ClientTransactions(settings.transactions)
        sources = SourceGuard(settings.sources)
        strangers = StrangerQueue(settings.strangers)
        connections = ConnectionTable(
            perSource: settings.transport.connectionsPerSource, total: settings.transport.connections, first: .random(in: .min ... .max))
    }

    /// Answers every request of this method from now on. OPTIONS has an answer without one; any other method is answered 405.
    public func respond(to method: Method, with responder: @escaping Responder) {
        responders[method] = responder
    }

    /// What has happened since the start.
    public var counters: Counters { counts }
    /// Where it listens now, with the ports taken.
    public internal(set) var listening: [ListenAddress] = []
    /// Those of them at which nothing is heard now: the system closed the UDP socket, and it is being opened again.
    public internal(set) var reopening: [ListenAddress] = []
    public var connectionCount: Int { connections.count }
    /// Requests being worked on or remembered, and requests of ours under way.
    public var transactionCount: Int { servers.count + clients.count }
    /// Messages of strangers that wait for their turn.
    public var strangersWaiting: Int { strangers.count }
    public var blockedSources: [IPAddress] { sources.blocked(at: .now) }

    /// Whether nothing from this address is heard now.
    public func isBlocked(_ address: IPAddress) -> Bool { sources.isBlocked(address, at: .now) }

    /// Whether a request could be sent over the flow now.
    public func isOpen(_ flow: Flow) -> Bool { channel(for: flow) != nil }

    public func record(_ offence: SourceGuard.Offence, by address: IPAddress, severity: Int = 1) {
        guard sources.record(offence, by: address, severity: severity, at: .now) else { return }
        counts.sourcesBlocked += 1
        note(.notice, "source blocked", ["source": "\(address.source)", "offence": "\(offence)"])
    }

    public func recordSuccess(by address: IPAddress) {
        sources.recordSuccess(by: address, at: .now)
    }

    /// A challenge was answered wrongly from there, in the name of this account, which need not exist.
    public func recordFailedLogin(at account: String, by address: IPAddress) {
        record(.failedLogin, by: address, severity: accounts.severity(ofFailureAt: account, now: .now))
    }

    /// Whoever is at the other end has proven who they are.
    func recordLogin(over flow: Flow) {
        recordSuccess(by: flow.remote.ip)
        connections.prove(flow)
    }

    func keep(_ flow: Flow, for duration: Duration) {
        connections.keep(flow, until: .now + duration)
    }

    /// How much longer the connection's peer may be silent; nil where it was promised nothing, or the time is over.
    func timeKept(_ flow: Flow) -> Duration? {
        guard let until = connections[flow]?.keptUntil else { return nil }
        let left = ContinuousClock.now.duration(to: until)
        return left > .zero ? left : nil
    }

    /// Writes a line that a stranger caused, within the budget of such lines.
    func note(_ level: Logger.Level, _ message: Logger.Message, _ metadata: @autoclosure () -> Logger.Metadata) {
        guard log.logLevel <= level, let omitted = logBudget.admit(at: .now) else { return }
        var metadata = metadata()
        if omitted > 0 { metadata["omitted"] = "\(omitted)" }
        log.log(level: level, message, metadata: metadata)
    }

    /// Lifts a block by hand.
    public func release(_ address: IPAddress) {
        sources.release(address)
    }

    func drop(_ reason: Counters.Drop) {
        counts.drop(reason)
    }

    func noteTransportError() {
        counts.transportErrors += 1
    }

    // MARK: Time

    /// While a batch is read the alarm is left as it is: once is enough for all of it.
    func setAlarm(at now: ContinuousClock.Instant) {
        guard !isInBatch else { return }
        let alarm = alarm ?? EventLoopAlarm(on: eventLoop) { [weak self] in self?.assumeIsolated { $0.alarmRang() } }
        self.alarm = alarm
        alarm.set(for: [servers.nextDeadline, clients.nextDeadline].compactMap(\.self).min(), now: now)
    }

    private func alarmRang() {
        let now = ContinuousClock.now
        alarm?.hasRung()
        isInBatch = true
        carryOut(servers.advance(to: now))
        carryOut(clients.advance(to: now))
        endBatch()
    }

    func cancelAlarm() {
        alarm?.cancel()
    }
}
