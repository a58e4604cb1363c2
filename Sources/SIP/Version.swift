/// Protocol version of a start line.
public struct Version: Hashable, Sendable, CustomStringConvertible {
    public var major: Int
    public var minor: Int

    public init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// The only version there is.
    public static let sip2 = Version(major: 2, minor: 0)

    public var description: String { "SIP/\(major).\(minor)" }
}
