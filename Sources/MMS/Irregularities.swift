/// What was wrong with octets that were read nevertheless.
public struct Irregularities: OptionSet, Hashable, Sendable {
    public var rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Fewer octets or parts are there than the lengths and counts say: what was fetched may be cut.
    public static let truncated = Irregularities(rawValue: 1 << 0)
    /// Octets are left after the last part.
    public static let excess = Irregularities(rawValue: 1 << 1)
    /// The content calls itself multipart and does not read as such; it is kept as octets.
    public static let malformed = Irregularities(rawValue: 1 << 2)
}
