import Glibc

/// The tunnel's addresses: 254 of IPv4 and as many of IPv6, this house being the first.
public struct TunnelNetwork: Hashable, Sendable {
    /// The first three octets of a private /24 (RFC 1918).
    public let v4: [UInt8]
    /// The first eight octets of a /64 of our own (RFC 4193).
    public let v6: [UInt8]

    /// Phones there can be.
    public static let places = 2...254

    /// Nil where `v4` is no private IPv4 address with /24 behind it, or `v6` no fd00::/8 address with /64 behind it.
    public init?(v4: String, v6: String) {
        guard let four = Self.octets(v4, suffix: "/24", family: AF_INET, count: 4), let six = Self.octets(v6, suffix: "/64", family: AF_INET6, count: 16),
            Self.isPrivate(four), six[0] == 0xFD
        else { return nil }
        self.v4 = Array(four.prefix(3))
        self.v6 = Array(six.prefix(8))
    }

    /// One that hardly any other network is: 10.x.y.0/24 and a /64 below fd00::/8, by chance as RFC 4193 §3.2 wants it.
    public init(random: () -> UInt64) {
        let dice = random(), global = random()
        // Low numbers are what home routers take.
        v4 = [10, UInt8(truncatingIfNeeded: dice) | 0x40, UInt8(truncatingIfNeeded: dice >> 8)]
        v6 = [0xFD] + (0..<5).map { UInt8(truncatingIfNeeded: global >> (8 * $0)) } + [0, 0]
    }

    private static func octets(_ text: String, suffix: String, family: Int32, count: Int) -> [UInt8]? {
        guard text.hasSuffix(suffix) else { return nil }
        var octets = [UInt8](repeating: 0, count: count)
        return inet_pton(family, String(text.dropLast(suffix.count)), &octets) == 1 ? octets : nil
    }

    private static func isPrivate(_ octets: [UInt8]) -> Bool {
        octets[0] == 10 || (octets[0] == 172 && octets[1] & 0xF0 == 16) || (octets[0] == 192 && octets[1] == 168)
    }

    public func v4Address(_ place: Int) -> String { (v4 + [UInt8(clamping: place)]).map(String.init).joined(separator: ".") }

    public func v6Address(_ place: Int) -> String {
        let octets = v6 + [0, 0, 0, 0, 0, 0, 0, UInt8(clamping: place)]
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, octets, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    public var v4Subnet: String { v4Address(0) + "/24" }
    public var v6Subnet: String { v6Address(0) + "/64" }
}
