import Glibc

/// An IPv4 or IPv6 address: 4 or 16 octets.
public struct IPAddress: Hashable, Sendable {
    public let octets: [UInt8]

    init(octets: [UInt8]) { self.octets = octets }

    /// 4 or 16 octets in network order, as DNS and the kernel hand them over; nil for another number.
    public init?(networkOrder octets: some Collection<UInt8>) {
        guard [4, 16].contains(octets.count) else { return nil }
        self.init(octets: Array(octets))
    }

    /// Reads dotted or colon notation, nothing looser; a zone (`%eth0`) is ignored.
    public init?(_ text: String) {
        let address = String(text.prefix { $0 != "%" })
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, address, &v4) == 1 {
            octets = withUnsafeBytes(of: v4) { Array($0) }
        } else if inet_pton(AF_INET6, address, &v6) == 1 {
            octets = withUnsafeBytes(of: v6) { Array($0) }
        } else {
            return nil
        }
    }

    /// What stands for a peer in counts: its IPv4 address, or the /64 that one IPv6 subscriber holds.
    public static func countingKey(_ address: String) -> String {
        guard let parsed = IPAddress(address)?.unmapped, parsed.octets.count == 16 else { return address }
        return lowercaseHex(parsed.octets.prefix(8))
    }

    /// Whether it is this machine's own (127.0.0.0/8, ::1).
    public var isLoopback: Bool {
        let address = unmapped.octets
        return address.count == 4 ? address[0] == 127 : address.dropLast().allSatisfy { $0 == 0 } && address.last == 1
    }

    /// An IPv4 address written as IPv6 (`::ffff:10.0.0.1`) as itself.
    public var unmapped: IPAddress {
        octets.count == 16 && octets.starts(with: Self.mappedPrefix) ? IPAddress(octets: Array(octets.suffix(4))) : self
    }

    private static let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

    /// Whether it is somebody else's address on the open internet (IANA special-purpose registries): not this machine, this network,
    /// a cloud's metadata service, a multicast group or a reserved range.
    public var isPublic: Bool {
        let address = unmapped
        if address.octets.count == 4 {
            return !Self.reservedV4.contains { address.begins(with: $0.prefix, bits: $0.bits) }
        }
        // Global unicast is 2000::/3; what lies inside it and embeds or documents something is taken out.
        guard address.begins(with: [0x20], bits: 3) else { return false }
        if address.begins(with: [0x20, 0x02], bits: 16) { return IPAddress(octets: Array(address.octets[2..<6])).isPublic }
        return !Self.reservedV6.contains { address.begins(with: $0.prefix, bits: $0.bits) }
    }

    func begins(with prefix: [UInt8], bits: Int) -> Bool {
        for (index, octet) in prefix.enumerated() {
            let significant = min(8, bits - index * 8)
            guard significant > 0 else { return true }
            let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - significant))
            guard index < octets.count, (octets[index] ^ octet) & mask == 0 else { return false }
        }
        return true
    }

    private static let reservedV4: [(prefix: [UInt8], bits: Int)] = [
        ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 0, 0], 24), ([192, 0, 2], 24),
        ([192, 88, 99], 24), ([192, 168], 16), ([198, 18], 15), ([198, 51, 100], 24), ([203, 0, 113], 24), ([224], 4), ([240], 4),
    ]

    /// Teredo and benchmarking and ORCHID (2001::/23), documentation (2001:db8::/32, 3fff::/20).
    private static let reservedV6: [(prefix: [UInt8], bits: Int)] = [
        ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0D, 0xB8], 32), ([0x3F, 0xFF, 0x00], 20),
    ]
}

extension IPAddress: CustomStringConvertible {
    /// The address in numbers, as `init` reads it.
    public var description: String {
        if octets.count == 4 { return octets.map { String($0) }.joined(separator: ".") }
        return stride(from: 0, to: octets.count, by: 2)
            .map { String(UInt16(octets[$0]) << 8 | UInt16(octets[$0 + 1]), radix: 16) }.joined(separator: ":")
    }
}
