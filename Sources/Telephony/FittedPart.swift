/// A part with its octets at hand, fitted to what the carrier takes.
public struct FittedPart: Hashable, Sendable {
    /// `image/jpeg`, without parameters.
    public let mediaType: String
    public let octets: [UInt8]
    public let name: String?
    /// What was done to it, a sentence each; empty where it goes as it came.
    public let changes: [String]

    public init(mediaType: String, octets: [UInt8], name: String? = nil, changes: [String] = []) {
        self.mediaType = mediaType
        self.octets = octets
        self.name = name
        self.changes = changes
    }
}
