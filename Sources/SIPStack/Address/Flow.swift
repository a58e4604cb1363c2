/// The way back to a peer: a UDP address pair or one connection (RFC 5626 §3.1).
///
/// A UDP flow means the same after a restart; a connection's does not, and sending over it then fails cleanly with `.flowGone`.
public struct Flow: Hashable, Sendable {
    public let transport: Transport
    /// Our end.
    public let local: PeerAddress
    /// Theirs, as seen from here.
    public let remote: PeerAddress
    /// Tells connections apart, across restarts too; zero for UDP.
    let connection: UInt64

    /// A UDP flow, which exists by being named.
    public init(udpFrom local: PeerAddress, to remote: PeerAddress) {
        self.init(.udp, local: local, remote: remote, connection: 0)
    }

    init(_ transport: Transport, local: PeerAddress, remote: PeerAddress, connection: UInt64) {
        self.transport = transport
        self.local = local
        self.remote = remote
        self.connection = connection
    }
}

extension Flow: LosslessStringConvertible {
    /// For a registrar's table: `udp/192.0.2.1:5060/198.51.100.7:40312/0`.
    public var description: String { "\(transport.rawValue)/\(local)/\(remote)/\(String(connection, radix: 16))" }

    public init?(_ description: String) {
        let fields = description.split(separator: "/", omittingEmptySubsequences: false)
        guard fields.count == 4, let transport = Transport(rawValue: String(fields[0])), let local = PeerAddress(fields[1]),
              let remote = PeerAddress(fields[2]), let connection = UInt64(fields[3], radix: 16) else { return nil }
        self.init(transport, local: local, remote: remote, connection: connection)
    }
}
