import Glibc
import HTTPStack
import NIOCore
import NIOPosix
import Telephony

/// Sockets that use a bearer and nothing else.
struct BearerSocket: Sendable {
    let context: BearerContext
    let group: any EventLoopGroup

    /// SO_BINDTOIFINDEX of Linux 5.0, which needs no privilege for a socket that is not bound yet.
    private static let bindToInterface = ChannelOptions.Types.SocketOption(level: .socket, name: .init(rawValue: 62))

    enum NoInterface: Error { case named(String) }

    private func index(of interface: String) throws -> ChannelOptions.Types.SocketOption.Value {
        let index = if_nametoindex(interface)
        guard index > 0 else { throw NoInterface.named(interface) }
        return .init(index)
    }

    /// A TCP connection over the bearer.
    func connect<Output: Sendable>(
        to address: IPAddress, port: Int, within limit: Duration, _ initializer: @escaping @Sendable (any Channel) -> EventLoopFuture<Output>
    ) async throws -> Output {
        var bootstrap = ClientBootstrap(group: group).connectTimeout(TimeAmount(limit))
        if let interface = context.interface { bootstrap = bootstrap.channelOption(Self.bindToInterface, value: try index(of: interface)) }
        if let own = context.address, own.octets.count == address.octets.count {
            bootstrap = bootstrap.bind(to: try SocketAddress(ipAddress: own.description, port: 0))
        }
        return try await bootstrap.connect(to: try SocketAddress(ipAddress: address.description, port: port), channelInitializer: initializer)
    }

    /// A UDP socket for one peer.
    func datagrams(to address: IPAddress, port: Int) async throws -> NIOAsyncChannel<AddressedEnvelope<ByteBuffer>, AddressedEnvelope<ByteBuffer>> {
        var bootstrap = DatagramBootstrap(group: group)
        if let interface = context.interface { bootstrap = bootstrap.channelOption(Self.bindToInterface, value: try index(of: interface)) }
        return try await bootstrap.connect(to: try SocketAddress(ipAddress: address.description, port: port)) { channel in
            channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
        }
    }
}
