import NIOCore

/// Which of our sockets a connection came in by. Trust hangs on this, never on what is or is not known of the peer: a peer that is
/// gone before it was looked at has no address.
enum Door: Sendable {
    case network, local

    func source(of peer: SocketAddress?) -> Source {
        switch self {
        case .local: .local
        case .network: .network(peer?.ipAddress ?? "unknown")
        }
    }
}
