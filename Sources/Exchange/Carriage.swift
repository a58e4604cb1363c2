/// What one transmission over a line can be, beside a text to one party.
public struct Carriage: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Pictures and other files.
    public static let files = Carriage(rawValue: 1)
    /// One message to several parties, who see each other.
    public static let groups = Carriage(rawValue: 2)
}
