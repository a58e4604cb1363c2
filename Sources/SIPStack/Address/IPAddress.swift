import Glibc
import NIOCore

/// An IPv4 or IPv6 address as a number: small, hashed fast, without its text. IPv4 in an IPv6 mapping is IPv4.
public struct IPAddress: Hashable, Sendable {
    public enum Family: Hashable, Sendable { case v4, v6 }

    public let family: Family
    private let high: UInt64
    private let low: UInt64

    public init(v4 address: UInt32) {
        family = .v4
        high = 0
        low = UInt64(address)
    }

    public init(v6 high: UInt64, _ low: UInt64) {
        let isMapped = high == 0 && low >> 32 == 0xFFFF
        family = isMapped ? .v4 : .v6
        self.high = high
        self.low = isMapped ? low & 0xFFFF_FFFF : low
    }

    /// The numeric text of an address, an IPv6 one with or without brackets; nil for a name.
    public init?(_ text: some StringProtocol) {
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : String(text)
        guard let parsed = try? SocketAddress(ipAddress: bare, port: 0), let peer = PeerAddress(parsed) else { return nil }
        self = peer.ip
    }

    /// What counts as one source: an IPv4 address, an IPv6 /64 (what one household or rented machine is given).
    public var source: IPAddress {
        switch family {
        case .v4: self
        case .v6: IPAddress(v6: high, 0)
        }
    }

    /// Octets that one datagram can carry there: 65,535 without the heads of UDP and, of IPv4, of IP.
    var longestDatagram: Int {
        switch family {
        case .v4: 65_507
        case .v6: 65_527
        }
    }

    public var isLoopback: Bool {
        switch family {
        case .v4: low >> 24 == 127
        case .v6: high == 0 && low == 1
        }
    }

    func socketAddress(port: UInt16) -> SocketAddress {
        switch family {
        case .v4:
            var raw = sockaddr_in()
            raw.sin_family = sa_family_t(AF_INET)
            raw.sin_port = port.bigEndian
            raw.sin_addr.s_addr = UInt32(truncatingIfNeeded: low).bigEndian
            return SocketAddress(raw)
        case .v6:
            var raw = sockaddr_in6()
            raw.sin6_family = sa_family_t(AF_INET6)
            raw.sin6_port = port.bigEndian
            withUnsafeMutableBytes(of: &raw.sin6_addr) { bytes in
                bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
                bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
            return SocketAddress(raw)
        }
    }
}

extension IPAddress: CustomStringConvertible {
    /// Without brackets.
    public var description: String {
        switch family {
        case .v4: "\(low >> 24 & 0xFF).\(low >> 16 & 0xFF).\(low >> 8 & 0xFF).\(low & 0xFF)"
        case .v6: socketAddress(port: 0).ipAddress ?? "::"
        }
    }

    /// As it stands in a URI or a Via's sent-by: IPv6 in brackets.
    public var hostText: String {
        switch family {
        case .v4: description
        case .v6: "[\(description)]"
        }
    }
}
