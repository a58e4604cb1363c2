import SMS
import Spooling

/// A text that is to leave, in segments.
struct OutgoingText: Sendable {
    /// With its plus, or a short code.
    let recipient: String
    let plan: SegmentPlan
    /// The number that its segments share.
    let reference: UInt8
    /// Its delivery's name and try.
    let key: String
    /// Of this machine's clock.
    let time: CivilTime

    /// The concatenation element of a segment, without a length octet in front of it all; empty for a text of one.
    func header(of index: Int) -> [UInt8] {
        plan.segments.count > 1 ? [0, 3, reference, UInt8(truncatingIfNeeded: plan.segments.count), UInt8(truncatingIfNeeded: index + 1)] : []
    }
}
