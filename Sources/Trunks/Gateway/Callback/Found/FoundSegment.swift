/// Which segment of a longer text it is.
struct FoundSegment: Hashable, Sendable {
    let reference: String
    let total: UInt8
    let sequence: UInt8
}
