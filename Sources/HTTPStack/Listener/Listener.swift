import Certificates
import Exchange
import Glibc
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Telephony

/// The one HTTP listener: a network address, optionally with TLS, and the local socket of the command line.
public struct Listener: Exchange.Service {
    /// What is now listened on.
    public enum Bound: Hashable, Sendable {
        case network(host: String, port: Int)
        case socket(path: String)
    }

    private let settings: ListenerSettings
    private let site: Site
    private let dates: DateField
    private let logger: Logger
    private let proofs: TLSProofs
    private let onBound: @Sendable (Bound) async -> Void

    /// `proofs` are shown by TLS to authorities that ask for them.
    public init(
        settings: ListenerSettings, site: Site, clock: any WallClock, logger: Logger, proofs: TLSProofs = TLSProofs(),
        onBound: @escaping @Sendable (Bound) async -> Void = { _ in }
    ) {
        self.settings = settings
        self.site = site
        dates = DateField(clock: clock)
        self.logger = logger
        self.proofs = proofs
        self.onBound = onBound
    }

    /// Serves until cancelled or shut down gracefully; throws when an address cannot be bound or the certificate cannot be read.
    public func run() async throws {
        var services: [any ServiceLifecycle.Service] = []
        if let host = settings.host {
            let identity = try settings.tls.map { try ServerIdentity($0, protocols: ["http/1.1"]) }
            services.append(ListeningServer(server: network(host: host, identity: identity), place: "\(host):\(settings.port)"))
            if let identity { services.append(CertificateWatch(identity: identity, logger: logger)) }
        }
        if let path = settings.socketPath { services.append(ListeningServer(server: socket(path: path), place: path)) }
        try await ServiceGroup(configuration: .init(services: services, logger: quiet)).run()
    }

    private func network(host: String, identity: ServerIdentity?) -> any ServiceLifecycle.Service {
        let channel = ConnectionChannel(
            responder: Conversation(site: site, dates: dates, door: .network).respond, limits: settings.limits,
            census: ConnectionCensus(limits: settings.limits, counts: site.counts), counts: site.counts,
            encryption: identity.map { .init(identity: $0, proofs: proofs) }, longTargets: LongTargets(site.longTargets))
        let configuration = ServerConfiguration(address: .hostname(host, port: settings.port), backlog: 1024)
        return channel.server(
            configuration: configuration, onServerRunning: { await onBound(.network(host: host, port: $0.localAddress?.port ?? 0)) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
    }

    private func socket(path: String) -> any ServiceLifecycle.Service {
        var limits = settings.limits
        limits.connectionsPerSource = limits.connections
        let channel = ConnectionChannel(
            responder: Conversation(site: site, dates: dates, door: .local).respond, limits: limits,
            census: ConnectionCensus(limits: limits, counts: site.counts), counts: site.counts, encryption: nil, longTargets: LongTargets(site.longTargets))
        return channel.server(
            configuration: ServerConfiguration(address: .unixDomainSocket(path: path)),
            onServerRunning: { _ in
                // Until here only the owner could connect as well, unless the process runs with an umask that lets others write.
                chmod(path, 0o600)
                await onBound(.socket(path: path))
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
    }

    /// The server's own chatter is of no use to an owner, and it calls it an error to be stopped; what matters it throws.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = .critical
        return logger
    }
}

/// An address that we may not or cannot listen on.
public struct CannotListen: Error, Hashable, Sendable, CustomStringConvertible {
    public let place: String
    public let reason: String

    public var description: String { "Cannot listen on \(place): \(reason)" }
}

/// Says in words where a server could not listen and why, and cuts short what holds up its end.
private struct ListeningServer: ServiceLifecycle.Service {
    let server: any ServiceLifecycle.Service
    let place: String

    /// How long connections may go on when the process stops. Requests are cut short before; what is left is peers that do not read their answers.
    private static let grace: Duration = .seconds(4)

    func run() async throws {
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                group.addTask {
                    try? await gracefulShutdown()
                    try? await Task.sleep(for: Self.grace)
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        } catch let error as IOError {
            throw CannotListen(place: place, reason: String(cString: strerror(error.errnoCode)))
        } catch let error as SocketAddressError {
            throw CannotListen(place: place, reason: "\(error)")
        }
    }
}

/// Looks at the certificate files every ten seconds.
private struct CertificateWatch: ServiceLifecycle.Service {
    let identity: ServerIdentity
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await Task.sleep(for: .seconds(10)) } catch { return }
                look()
            }
        }
    }

    private func look() {
        do {
            if try identity.reloadIfChanged() { logger.info("The TLS certificate was read again", metadata: ["file": "\(identity.files.chain)"]) }
        } catch {
            // Two files are seldom replaced in one instant: the next look may find them in agreement.
            logger.warning("The changed TLS certificate cannot be used, the old one stays: \(error). \(error.advice)")
        }
    }
}
