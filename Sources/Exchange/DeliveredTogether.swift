import Telephony

/// Segments that the reports of one pass tell to be delivered. The ledger learns of them when the pass is committed, so a later report
/// of the same pass would count them as missing.
struct DeliveredTogether {
    private var segments: [DeliveryID: Set<Int>] = [:]

    /// The segment as it will stand when the reports noted before are committed; notes this one too.
    mutating func note(_ report: DeliveryReport, on segment: SentSegment) -> SentSegment {
        let others = segments[segment.delivery, default: []].subtracting([segment.index])
        if report.fate == .delivered { segments[segment.delivery, default: []].insert(segment.index) }
        return SentSegment(
            delivery: segment.delivery, message: segment.message, index: segment.index, total: segment.total, reference: segment.reference,
            recipients: segment.recipients, acceptedAt: segment.acceptedAt, othersUnreported: max(0, segment.othersUnreported - others.count))
    }
}
