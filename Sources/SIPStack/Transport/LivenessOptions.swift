import Glibc
import NIOCore

/// The kernel's own watch over a connection: a peer that vanished without a word is found out by unanswered probes and segments,
/// while one that sleeps keeps its connection.
enum LivenessOptions {
    static func settings(idle: Duration, deadPeer: Duration) -> [(ChannelOptions.Types.SocketOption, SocketOptionValue)] {
        [
            (.init(level: .socket, name: .so_keepalive), 1),
            (.init(level: .tcp, name: .init(rawValue: TCP_KEEPIDLE)), clamped(idle.components.seconds)),
            (.init(level: .tcp, name: .init(rawValue: TCP_KEEPINTVL)), clamped(deadPeer.components.seconds / 3)),
            (.init(level: .tcp, name: .init(rawValue: TCP_KEEPCNT)), 3),
            (.init(level: .tcp, name: .init(rawValue: TCP_USER_TIMEOUT)), clamped(deadPeer.components.seconds * 1_000)),
        ]
    }

    private static func clamped(_ count: Int64) -> SocketOptionValue {
        SocketOptionValue(min(max(1, count), Int64(Int32.max)))
    }
}
