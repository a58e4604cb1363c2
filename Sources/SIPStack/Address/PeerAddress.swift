import Glibc
import NIOCore

/// An IP address and a port.
public struct PeerAddress: Hashable, Sendable, CustomStringConvertible {
    public var ip: IPAddress
    public var port: UInt16

    public init(_ ip: IPAddress, port: UInt16) {
        self.ip = ip
        self.port = port
    }

    /// Nil for a Unix socket.
    init?(_ address: SocketAddress) {
        switch address {
        case .v4(let v4):
            self.init(IPAddress(v4: UInt32(bigEndian: v4.address.sin_addr.s_addr)), port: UInt16(bigEndian: v4.address.sin_port))
        case .v6(let v6):
            let (high, low) = withUnsafeBytes(of: v6.address.sin6_addr) { bytes in
                (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            }
            self.init(IPAddress(v6: UInt64(bigEndian: high), UInt64(bigEndian: low)), port: UInt16(bigEndian: v6.address.sin6_port))
        case .unixDomainSocket:
            return nil
        }
    }

    var socketAddress: SocketAddress { ip.socketAddress(port: port) }

    /// `192.0.2.1:5060`, `[2001:db8::1]:5060`.
    public var description: String { "\(ip.hostText):\(port)" }

    /// Reads what `description` writes.
    public init?(_ text: some StringProtocol) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]),
              let ip = IPAddress(text[..<colon]) else { return nil }
        self.init(ip, port: port)
    }
}
