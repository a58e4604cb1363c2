import Glibc
import HTTPStack

/// An IPv4 address of this machine with the network it is in.
struct NetworkInterface: Hashable, Sendable {
    let address: IPv4
    let mask: UInt32

    /// Four octets as a number, so that networks can be compared.
    struct IPv4: Hashable, Sendable, CustomStringConvertible {
        let value: UInt32

        init(_ value: UInt32) { self.value = value }

        /// Nil for what is no dotted quad.
        init?(_ text: String) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
            guard parts.count == 4, !parts.contains(nil) else { return nil }
            value = parts.compactMap(\.self).reduce(0) { $0 << 8 | UInt32($1) }
        }

        var description: String { [24, 16, 8, 0].map { "\(value >> UInt32($0) & 0xFF)" }.joined(separator: ".") }

        /// RFC 1918.
        var isPrivate: Bool { value >> 24 == 10 || value >> 20 == 0xAC1 || value >> 16 == 0xC0A8 }
    }

    func holds(_ other: IPv4) -> Bool { address.value & mask == other.value & mask }

    /// Those that are up, but for the loopback.
    static func all() -> [NetworkInterface] {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return [] }
        defer { freeifaddrs(list) }
        var found: [NetworkInterface] = []
        var next = list
        while let entry = next?.pointee {
            next = entry.ifa_next
            let isUsed = entry.ifa_flags & UInt32(IFF_UP) != 0 && entry.ifa_flags & UInt32(IFF_LOOPBACK) == 0
            guard isUsed, let address = ipv4(entry.ifa_addr), let mask = ipv4(entry.ifa_netmask) else { continue }
            found.append(NetworkInterface(address: IPv4(address), mask: mask))
        }
        return found
    }

    private static func ipv4(_ address: UnsafeMutablePointer<sockaddr>?) -> UInt32? {
        guard let address, address.pointee.sa_family == sa_family_t(AF_INET) else { return nil }
        return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { UInt32(bigEndian: $0.pointee.sin_addr.s_addr) }
    }
}
