import Glibc
import NIOCore

extension IPAddress {
    /// All addresses, as a listener names them.
    var isUnspecified: Bool { self == IPAddress(v4: 0) || self == IPAddress(v6: 0, 0) }

    /// The address of ours that packets to the peer leave from; nil without a route. Nothing is sent.
    init?(localTowards peer: PeerAddress) {
        let family = peer.ip.family == .v4 ? AF_INET : AF_INET6
        let descriptor = socket(family, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let connected = peer.socketAddress.withSockAddr { connect(descriptor, $0, socklen_t($1)) }
        guard connected == 0 else { return nil }
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let named = withUnsafeMutableBytes(of: &storage) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { getsockname(descriptor, $0.baseAddress, &size) }
        }
        guard named == 0 else { return nil }
        let local = withUnsafeBytes(of: storage) { bytes -> PeerAddress? in
            peer.ip.family == .v4
                ? PeerAddress(SocketAddress(bytes.loadUnaligned(as: sockaddr_in.self)))
                : PeerAddress(SocketAddress(bytes.loadUnaligned(as: sockaddr_in6.self)))
        }
        guard let local else { return nil }
        self = local.ip
    }
}
