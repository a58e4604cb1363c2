import Certificates
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import SIP

/// Sockets opened and closed.
extension UserAgent {
    /// Opens every listener. Returns their addresses with the ports that were taken where 0 was asked for.
    ///
    /// Throws the first failure; what had been opened is closed again.
    @discardableResult
    public func start() async throws -> [ListenAddress] {
        do {
            if let files = settings.certificate { try watch(files) }
            var bound: [ListenAddress] = []
            for address in settings.listen { bound.append(try await listen(on: address)) }
            listening = bound
            return bound
        } catch {
            await stop()
            throw error
        }
    }

    /// Starts, serves until the task is cancelled, stops.
    public func run() async throws {
        for address in try await start() { log.info("listening", metadata: ["address": "\(address)"]) }
        let forever = AsyncStream<Never> { _ in }
        for await _ in forever {}
        await stop()
    }

    /// Closes everything. Whoever waits for a response is told `.cancelled`.
    public func stop() async {
        certificateCheck?.cancel()
        certificateCheck = nil
        cancelAlarm()
        for work in servers.work { work.cancel() }
        carryOut(clients.abandonAll(.cancelled))
        let channels = listeners + connections.all.map(\.channel)
        listeners.removeAll()
        listening.removeAll()
        reopening.removeAll()
        sockets.removeAll()
        // All at once: a phone that sleeps takes seconds to not say goodbye, and nobody else is to wait for it.
        let ends = channels.map { channel in
            let end = eventLoop.makePromise(of: Void.self)
            channel.close(promise: end)
            return end.futureResult
        }
        for end in ends { try? await end.get() }
    }

    private func listen(on address: ListenAddress) async throws -> ListenAddress {
        switch address.transport {
        case .udp: try await listenUDP(address)
        case .tcp, .tls: try await listenStream(address)
        }
    }

    private func listenUDP(_ address: ListenAddress) async throws -> ListenAddress {
        let local = try serve(try await bindUDP(address), boundTo: address)
        return ListenAddress(.udp, local.ip, port: local.port)
    }

    func bindUDP(_ address: ListenAddress) async throws -> any Channel {
        let batch = 32
        // No SO_REUSEADDR: over UDP it would let another program share, and steal, the port.
        let bootstrap = DatagramBootstrap(group: eventLoop)
            .channelOption(.socketOption(.so_rcvbuf), value: 4_194_304)
            .channelOption(.datagramVectorReadMessageCount, value: batch)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: batch * (settings.transport.datagramSize + 1)))
            .channelOption(.writeBufferWaterMark, value: .init(low: settings.transport.writeBuffer, high: 4 * settings.transport.writeBuffer))
        return try await (address.ip.family == .v6 ? bootstrap.channelOption(Self.onlyIPv6, value: 1) : bootstrap)
            .bind(to: address.address.socketAddress).get()
    }

    /// Reads from and writes to the socket from now on. Returns its address, with the port that was taken.
    @discardableResult
    func serve(_ socket: any Channel, boundTo address: ListenAddress) throws -> PeerAddress {
        let local = socket.localAddress.flatMap(PeerAddress.init) ?? address.address
        listeners.append(socket)
        sockets[local] = socket
        try socket.pipeline.syncOperations.addHandler(DatagramHandler(self, local: local))
        return local
    }

    private func listenStream(_ address: ListenAddress) async throws -> ListenAddress {
        guard address.transport != .tls || identity != nil else { throw MissingCertificate() }
        let transport = address.transport, settings = settings.transport
        var bootstrap = ServerBootstrap(group: eventLoop, childGroup: eventLoop)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: settings.writeBuffer / 2, high: settings.writeBuffer))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if transport == .tls, let context = self.assumeIsolated({ $0.identity?.context }) {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    try channel.pipeline.syncOperations.addHandler(StreamHandler(self, transport, settings))
                }
            }
        for (option, value) in LivenessOptions.settings(idle: settings.probeAfter, deadPeer: settings.deadPeerTimeout) {
            bootstrap = bootstrap.childChannelOption(option, value: value)
        }
        let channel = try await (address.ip.family == .v6 ? bootstrap.serverChannelOption(Self.onlyIPv6, value: 1) : bootstrap)
            .bind(to: address.address.socketAddress).get()
        listeners.append(channel)
        let local = channel.localAddress.flatMap(PeerAddress.init) ?? address.address
        return ListenAddress(transport, local.ip, port: local.port)
    }

    /// `0.0.0.0` and `::` are two listeners, each for its family.
    private static var onlyIPv6: ChannelOptions.Types.SocketOption { .init(level: .ipv6, name: .ipv6_v6only) }

    // MARK: Connections

    /// A connection has come up; nil when it may not stay.
    func open(_ transport: Transport, _ channel: any Channel, peerName: String?) -> Flow? {
        guard let remote = channel.remoteAddress.flatMap(PeerAddress.init),
              let local = channel.localAddress.flatMap(PeerAddress.init) else { return nil }
        let now = ContinuousClock.now
        switch peerName == nil ? sources.admit(remote.ip, octets: 0, at: now) : .admit {
        case .admit: break
        case .tooFast: return refuse(.tooFast)
        case .blocked: return refuse(.blocked)
        }
        if connections.isFull, connections.hasRoom(for: remote.ip), let oldest = connections.oldestUnproven() {
            drop(.evicted)
            close(oldest)
        }
        let isTrusted = sources.isTrusted(remote.ip, at: now)
        guard let flow = connections.open(transport, local: local, remote: remote, channel: channel, peerName: peerName, isTrusted: isTrusted)
        else { return refuse(.connectionCap) }
        counts.connectionsOpened += 1
        return flow
    }

    private func refuse(_ reason: Counters.Drop) -> Flow? {
        drop(reason)
        return nil
    }

    func closed(_ flow: Flow) {
        guard connections.close(flow) else { return }
        carryOut(clients.flowClosed(flow, at: .now))
    }

    // MARK: Certificate

    private func watch(_ files: CertificateFiles) throws {
        identity = try ServerIdentity(files)
        let interval = TimeAmount(settings.certificateCheckInterval)
        certificateCheck = eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            self.assumeIsolated { $0.checkCertificate() }
        }
    }

    func checkCertificate() {
        do {
            if try identity?.reloadIfChanged() == true { log.notice("certificate reloaded") }
        } catch {
            log.warning("certificate files changed but cannot be used; the old certificate stays", metadata: ["error": "\(error)"])
        }
    }
}

/// A TLS listener without a certificate.
public struct MissingCertificate: Error, CustomStringConvertible {
    public var description: String { "listening on TLS needs a certificate" }
}
