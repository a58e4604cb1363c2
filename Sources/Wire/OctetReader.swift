/// Reads octets in order and never past the end.
///
/// Offsets in errors are those of the collection it was made from, so a reader over a slice reports places in the whole input.
public struct OctetReader: Sendable {
    private let octets: ArraySlice<UInt8>
    /// Octets from the start of the outermost input to the next one to be read.
    public private(set) var offset: Int

    public init(_ octets: ArraySlice<UInt8>) {
        self.octets = octets
        self.offset = octets.startIndex
    }

    public init(_ octets: [UInt8]) {
        self.init(octets[...])
    }

    /// Octets not yet read.
    @inlinable public var remaining: Int { endOffset - offset }
    @inlinable public var isAtEnd: Bool { remaining == 0 }
    public var endOffset: Int { octets.endIndex }

    /// The next octet without consuming it, nil at the end.
    public var peek: UInt8? { offset < octets.endIndex ? octets[offset] : nil }

    /// One octet. Throws `truncated` at the end.
    public mutating func octet(_ field: StaticString) throws(DecodeError) -> UInt8 {
        guard offset < octets.endIndex else {
            throw DecodeError("\(field)", at: offset, .truncated(needed: 1, available: 0))
        }
        defer { offset += 1 }
        return octets[offset]
    }

    /// A 16-bit number, most significant octet first.
    public mutating func uint16(_ field: StaticString) throws(DecodeError) -> UInt16 {
        let high = try octet(field)
        return UInt16(high) << 8 | UInt16(try octet(field))
    }

    /// `count` octets as a slice of the input. Throws `truncated` when fewer are left.
    public mutating func octets(_ count: Int, _ field: StaticString) throws(DecodeError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else {
            throw DecodeError("\(field)", at: offset, .truncated(needed: max(0, count), available: remaining))
        }
        defer { offset += count }
        return octets[offset..<offset + count]
    }

    /// All that is left.
    public mutating func rest() -> ArraySlice<UInt8> {
        defer { offset = octets.endIndex }
        return octets[offset...]
    }
}
