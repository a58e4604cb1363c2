/// What a peer may make us hold, in octets unless said.
public struct Limits: Hashable, Sendable {
    /// Start line and all header fields.
    public var headerSection: Int
    /// One line, folded continuations counted on their own.
    public var line: Int
    /// Header fields, in number.
    public var fieldCount: Int
    public var body: Int

    public init(headerSection: Int, line: Int, fieldCount: Int, body: Int) {
        self.headerSection = headerSection
        self.line = line
        self.fieldCount = fieldCount
        self.body = body
    }

    /// A UDP datagram bounds itself; only the number of fields is left to bound.
    public static let datagram = Limits(headerSection: 65_535, line: 65_535, fieldCount: 256, body: 65_535)
    /// One connection of a peer not yet known.
    public static let stream = Limits(headerSection: 32_768, line: 16_384, fieldCount: 256, body: 131_072)
}
