/// What was wrong with octets that were read nevertheless.
public struct Irregularities: OptionSet, Hashable, Sendable {
    public var rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Fewer octets are there than the length says.
    public static let truncated = Irregularities(rawValue: 1 << 0)
    /// More octets are there than the length says.
    public static let excess = Irregularities(rawValue: 1 << 1)
    /// The length is above 160 septets or 140 octets.
    public static let overlong = Irregularities(rawValue: 1 << 2)
    /// The user data header does not fit the data, or an element does not fit the header.
    public static let malformedHeader = Irregularities(rawValue: 1 << 3)
    /// Sixteen-bit text with half a unit at its end.
    public static let oddOctet = Irregularities(rawValue: 1 << 4)
    /// Compressed text (3GPP TS 23.042), which is left as octets.
    public static let compressed = Irregularities(rawValue: 1 << 5)
}
