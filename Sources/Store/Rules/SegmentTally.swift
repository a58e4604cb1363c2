import Telephony

/// What the network has reported of a delivery's segments.
struct SegmentTally: Hashable, Sendable {
    /// Segments of the transmission.
    var total = 0
    /// Segments that the carrier took over.
    var accepted = 0
    /// Segments handed over whose answer never came.
    var unanswered = 0
    /// Segments reported to have reached the far phone.
    var delivered = 0
    /// TP-Status of the first segment reported as failed.
    var failure: Int?

    /// What an accepted delivery has become by these reports, which may have come before the acceptance was settled.
    var state: DeliveryState {
        if failure != nil { return .failed }
        return total > 0 && delivered >= total ? .delivered : .accepted
    }

    /// What a send in doubt has become now that a report answered for a segment of it; pending when segments are still to be sent.
    var stateAfterAnswer: DeliveryState {
        if failure != nil { return .failed }
        if unanswered > 0 { return .inDoubt }
        return accepted < total ? .pending : state
    }

    /// How many of the segments beside one are still unreported as delivered; `total` may be whatever a damaged disk says.
    func othersUnreported(of total: Int) -> Int { max(0, max(1, total) - 1 - delivered) }

    /// Whether the carrier took over all there is.
    var isWhollyAccepted: Bool { total > 0 && unanswered == 0 && accepted >= total }

    var stateFailure: Failure? { failure.map { Failure(.tpStatus($0)) } }
}
