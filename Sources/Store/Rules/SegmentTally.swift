import Telephony

/// What the network has reported of a delivery's segments.
struct SegmentTally: Hashable, Sendable {
    /// Segments of the transmission.
    var total = 0
    /// Segments reported to have reached the far phone.
    var delivered = 0
    /// TP-Status of the first segment reported as failed.
    var failure: Int?

    /// What an accepted delivery has become by these reports, which may have come before the acceptance was settled.
    var state: DeliveryState {
        if failure != nil { return .failed }
        return total > 0 && delivered >= total ? .delivered : .accepted
    }

    var stateFailure: Failure? { failure.map { Failure(.tpStatus($0)) } }
}
