import Telephony

/// A text that a gateway told us of.
struct FoundMessage: Hashable, Sendable {
    var id: String?
    var sender: String
    var text: String
    var time: Instant?
    /// Addresses of its files.
    var media: [String] = []
    var segment: FoundSegment?
}
