import NIOCore
import NIOPosix
import SIPStack

/// Whether an address can be listened on.
enum PortCheck {
    static func finding(_ subject: String, _ address: ListenAddress) async -> Finding {
        do {
            let target = try SocketAddress(ipAddress: address.ip.description, port: Int(address.port))
            let group = MultiThreadedEventLoopGroup.singleton
            let channel: any Channel =
                address.transport == .udp
                ? try await DatagramBootstrap(group: group).bind(to: target).get()
                : try await ServerBootstrap(group: group).serverChannelOption(.socketOption(.so_reuseaddr), value: 1).bind(to: target).get()
            try await channel.close()
            return Finding(subject, .good, "can be listened on.")
        } catch {
            return Finding(subject, .bad, "cannot be listened on: \(error)", advice: "Another program has the port, or the address is not this machine's.")
        }
    }
}
