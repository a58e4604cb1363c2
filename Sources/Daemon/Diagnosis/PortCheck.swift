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

    /// Whether nothing listens on a port, for UDP nor TCP.
    static func isFree(_ port: Int) async -> Bool {
        let group = MultiThreadedEventLoopGroup.singleton
        do {
            let address = try SocketAddress(ipAddress: "0.0.0.0", port: port)
            let stream = try await ServerBootstrap(group: group).serverChannelOption(.socketOption(.so_reuseaddr), value: 1).bind(to: address).get()
            try await stream.close()
            let datagrams = try await DatagramBootstrap(group: group).bind(to: address).get()
            try await datagrams.close()
            return true
        } catch {
            return false
        }
    }
}
