/// Media that fits.
public struct Fitted: Hashable, Sendable {
    public let contentType: String
    public let octets: [UInt8]
    /// What was done to it, a sentence each for the timeline; empty when it goes as it came.
    public let changes: [String]

    init(_ contentType: String, _ octets: [UInt8], changes: [String] = []) {
        self.contentType = contentType
        self.octets = octets
        self.changes = changes
    }
}
