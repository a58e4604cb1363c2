/// A range of addresses, `10.0.0.0/8` or `fd00::/8`; an address alone is a range of one.
public struct NetworkRange: Hashable, Sendable, CustomStringConvertible {
    private let address: IPAddress
    private let bits: Int

    /// Nil for anything else.
    public init?(_ text: String) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count <= 2, let address = IPAddress(String(halves[0])) else { return nil }
        let length = address.octets.count * 8
        let bits = halves.count == 2 ? Int(halves[1]) : length
        guard let bits, (0...length).contains(bits) else { return nil }
        self.address = address
        self.bits = bits
    }

    public func contains(_ other: IPAddress) -> Bool {
        let other = address.octets.count == 4 ? other.unmapped : other
        return other.octets.count == address.octets.count && other.begins(with: address.octets, bits: bits)
    }

    /// Whether all of it is this machine, or a network that the internet does not route (RFC 1918, 4193, 6598, 3927, 4291).
    public var isPrivate: Bool { Self.privateRanges.contains { $0.bits <= bits && $0.contains(address) } }

    private static let privateRanges = [
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1",
    ].compactMap { NetworkRange($0) }

    public var description: String { "\(address)/\(bits)" }
}
