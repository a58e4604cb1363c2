/// The network's last word on a segment.
enum SegmentFate: Hashable, Sendable {
    case delivered
    case failed(code: Int)
}
