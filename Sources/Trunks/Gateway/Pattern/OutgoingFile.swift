/// A file of a message as it leaves.
struct OutgoingFile: Hashable, Sendable {
    let mediaType: String
    let name: String
    let octets: [UInt8]
    /// Where it can be fetched for a while; nil where nobody outside reaches us.
    let url: String?
}
