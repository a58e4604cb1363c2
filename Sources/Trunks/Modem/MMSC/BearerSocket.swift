import Glibc
import HTTPStack
import NIOCore
import NIOPosix
import Synchronization
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

    /// A TCP connection over the bearer. Who is cancelled does not wait for a peer that says nothing.
    func connect<Output: Sendable>(
        to address: IPAddress, port: Int, within limit: Duration, _ initializer: @escaping @Sendable (any Channel) -> EventLoopFuture<Output>
    ) async throws -> Output {
        var bootstrap = ClientBootstrap(group: group).connectTimeout(TimeAmount(limit))
        if let interface = context.interface { bootstrap = bootstrap.channelOption(Self.bindToInterface, value: try index(of: interface)) }
        if let own = context.address, own.octets.count == address.octets.count {
            bootstrap = bootstrap.bind(to: try SocketAddress(ipAddress: own.description, port: 0))
        }
        let (target, attempt) = (try SocketAddress(ipAddress: address.description, port: port), ConnectionAttempt())
        return try await withTaskCancellationHandler {
            try await bootstrap.connect(to: target) { channel in
                attempt.began(channel)
                return initializer(channel)
            }
        } onCancel: {
            attempt.giveUp()
        }
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

/// A connection that is being made, and may be wanted no longer.
private final class ConnectionAttempt: Sendable {
    private let state = Mutex<(channel: (any Channel)?, isGivenUp: Bool)>((nil, false))

    func began(_ channel: any Channel) {
        let isGivenUp = state.withLock { state in
            state.channel = channel
            return state.isGivenUp
        }
        if isGivenUp { close(channel) }
    }

    func giveUp() {
        let channel = state.withLock { state in
            state.isGivenUp = true
            return state.channel
        }
        if let channel { close(channel) }
    }

    /// In a turn of its own: at its beginning it is not yet known to its loop.
    private func close(_ channel: any Channel) {
        channel.eventLoop.execute { channel.close(promise: nil) }
    }
}
