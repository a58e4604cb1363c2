/// Reads octets in order and never past the end.
///
/// Offsets in errors are those of the collection it was made from, so a reader over a slice reports places in the whole input.
public struct OctetReader: Sendable {
    @usableFromInline let octets: ArraySlice<UInt8>
    /// Octets from the start of the outermost input to the next one to be read.
    @usableFromInline var position: Int

    @inlinable public var offset: Int { position }

    @inlinable
    public init(_ octets: ArraySlice<UInt8>) {
        self.octets = octets
        self.position = octets.startIndex
    }

    @inlinable
    public init(_ octets: [UInt8]) {
        self.init(octets[...])
    }

    /// Octets not yet read.
    @inlinable public var remaining: Int { octets.endIndex - position }
    @inlinable public var isAtEnd: Bool { remaining == 0 }
    @inlinable public var endOffset: Int { octets.endIndex }

    /// The next octet without consuming it, nil at the end.
    @inlinable public var peek: UInt8? { position < octets.endIndex ? octets[position] : nil }

    /// One octet. Throws `truncated` at the end.
    @inlinable
    public mutating func octet(_ field: StaticString) throws(DecodeError) -> UInt8 {
        guard position < octets.endIndex else { throw truncated(field, needed: 1) }
        defer { position += 1 }
        return octets[position]
    }

    /// A 16-bit number, most significant octet first.
    @inlinable
    public mutating func uint16(_ field: StaticString) throws(DecodeError) -> UInt16 {
        let high = try octet(field)
        return UInt16(high) << 8 | UInt16(try octet(field))
    }

    /// `count` octets as a slice of the input. Throws `truncated` when fewer are left.
    @inlinable
    public mutating func octets(_ count: Int, _ field: StaticString) throws(DecodeError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else {
            throw truncated(field, needed: count)
        }
        defer { position += count }
        return octets[position..<position + count]
    }

    /// All that is left.
    @inlinable
    public mutating func rest() -> ArraySlice<UInt8> {
        defer { position = octets.endIndex }
        return octets[position...]
    }

    /// Kept out of line: what is common must stay small.
    @usableFromInline
    func truncated(_ field: StaticString, needed: Int) -> DecodeError {
        DecodeError("\(field)", at: position, .truncated(needed: max(0, needed), available: remaining))
    }
}
