import Certificates
import NIOCore
import NIOPosix
import NIOSSL
import SIP

/// Ways to a peer: a flow there is, or one to be made.
extension UserAgent {
    func flow(to destination: Destination) async throws(SendFailure) -> Flow {
        let found =
            switch destination {
            case .flow(let flow): flow
            case .uri(let uri): try await flow(to: uri)
            }
        guard found.remote.port != 0 else { throw .unreachable("port 0") }
        return found
    }

    private func flow(to uri: URI) async throws(SendFailure) -> Flow {
        guard uri.isSIP else { throw .unreachable("neither sip nor sips") }
        guard let transport = uri.scheme == .sips ? .tls : Transport(rawValue: uri.transport ?? "udp") else {
            throw .unreachable("transport \(uri.transport ?? "")")
        }
        let name = uri.parameters["maddr"] ?? uri.host.text
        let remote = try await resolve(name, port: uri.port.flatMap(UInt16.init(exactly:)) ?? transport.defaultPort)
        switch transport {
        case .udp:
            guard let local = sockets.keys.first(where: { $0.ip.family == remote.ip.family }) else {
                throw .unreachable("no UDP socket of that address family")
            }
            return Flow(udpFrom: local, to: remote)
        case .tcp, .tls:
            if let flow = connections.existing(transport, to: remote, name: name) { return flow }
            return try await connect(transport, to: remote, name: name)
        }
    }

    /// What no datagram holds goes over TCP to the same address (RFC 3261 §18.1.1), unless it is one of UDP alone.
    func connection(insteadOf flow: Flow, for request: Request) async throws(SendFailure) -> Flow {
        guard request.uri.transport != Transport.udp.rawValue else { throw .tooLarge }
        let name = flow.remote.ip.description
        if let flow = connections.existing(.tcp, to: flow.remote, name: name) { return flow }
        do {
            return try await connect(.tcp, to: flow.remote, name: name)
        } catch {
            throw .tooLarge
        }
    }

    private func resolve(_ name: String, port: UInt16) async throws(SendFailure) -> PeerAddress {
        if let ip = IPAddress(name) { return PeerAddress(ip, port: port) }
        let families = Set(sockets.keys.map(\.ip.family))
        do {
            let found = try await NIOThreadPool.singleton.runIfActive { try SocketAddress.makeAddressResolvingHost(name, port: Int(port)) }
            guard let address = PeerAddress(found), families.isEmpty || families.contains(address.ip.family) else {
                throw SendFailure.unreachable("no address of a family we speak")
            }
            return address
        } catch {
            throw (error as? SendFailure) ?? .unreachable("\(name) does not resolve")
        }
    }

    private func connect(_ transport: Transport, to remote: PeerAddress, name: String) async throws(SendFailure) -> Flow {
        let opened = eventLoop.makePromise(of: Flow.self)
        let settings = settings.transport
        let authorities = self.settings.trustedAuthorities
        var bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(settings.connectTimeout))
            .channelOption(.writeBufferWaterMark, value: .init(low: settings.writeBuffer / 2, high: settings.writeBuffer))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if transport == .tls {
                        try channel.pipeline.syncOperations.addHandler(Self.tlsClient(name: name, authorities: authorities))
                    }
                    let outgoing = StreamHandler.Outgoing(peerName: name, opened: opened)
                    try channel.pipeline.syncOperations.addHandler(StreamHandler(self, transport, settings, outgoing: outgoing))
                }
            }
        for (option, value) in LivenessOptions.settings(idle: settings.probeAfter, deadPeer: settings.deadPeerTimeout) {
            bootstrap = bootstrap.channelOption(option, value: value)
        }
        do {
            _ = try await bootstrap.connect(to: remote.socketAddress).get()
        } catch {
            opened.fail(error)
        }
        do {
            return try await opened.futureResult.get()
        } catch {
            throw .unreachable("\(remote): \(error)")
        }
    }

    private static func tlsClient(name: String, authorities: String?) throws -> NIOSSLClientHandler {
        var configuration = TLSConfiguration.client
        if let authorities { configuration.trustRoots = .file(authorities) }
        // An address has no server name indication; its certificate is checked against the address.
        return try NIOSSLClientHandler(context: NIOSSLContext(configuration: configuration), serverHostname: IPAddress(name) == nil ? name : nil)
    }
}
