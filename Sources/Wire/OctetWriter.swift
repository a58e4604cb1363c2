/// Collects octets in wire order.
public struct OctetWriter: Sendable {
    @usableFromInline var written: [UInt8]

    @inlinable public var octets: [UInt8] { written }

    @inlinable
    public init(reserving capacity: Int = 0) {
        written = []
        written.reserveCapacity(capacity)
    }

    @inlinable
    public mutating func octet(_ octet: UInt8) {
        written.append(octet)
    }

    /// A 16-bit number, most significant octet first.
    @inlinable
    public mutating func uint16(_ number: UInt16) {
        written.append(UInt8(truncatingIfNeeded: number >> 8))
        written.append(UInt8(truncatingIfNeeded: number))
    }

    @inlinable
    public mutating func octets(_ more: some Sequence<UInt8>) {
        written.append(contentsOf: more)
    }
}
