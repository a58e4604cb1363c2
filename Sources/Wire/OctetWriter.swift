/// Collects octets in wire order.
public struct OctetWriter: Sendable {
    public private(set) var octets: [UInt8]

    public init(reserving capacity: Int = 0) {
        octets = []
        octets.reserveCapacity(capacity)
    }

    public mutating func octet(_ octet: UInt8) {
        octets.append(octet)
    }

    /// A 16-bit number, most significant octet first.
    public mutating func uint16(_ number: UInt16) {
        octets.append(UInt8(truncatingIfNeeded: number >> 8))
        octets.append(UInt8(truncatingIfNeeded: number))
    }

    public mutating func octets(_ more: some Sequence<UInt8>) {
        octets.append(contentsOf: more)
    }
}
