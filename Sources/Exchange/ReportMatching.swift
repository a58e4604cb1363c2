import Telephony

/// Finds the sent segment that a delivery report speaks of. Carriers number segments modulo 256, so the number alone is not enough.
public enum ReportMatching {
    /// A report that comes later than this after the sending is taken for one of another, newer segment's number.
    static let window: Duration = .seconds(7 * 86400)
    /// How far a report can overtake the commit of the acceptance it speaks of; a segment accepted later is another one.
    static let overtaking: Duration = .seconds(60)

    /// `candidates` carry the report's reference, newest first.
    public static func segment(
        for report: DeliveryReport, among candidates: [SentSegment], receivedAt: Instant, sameParty: (Address, Address) -> Bool
    ) -> SentSegment? {
        candidates.first { segment in
            segment.recipients.contains { sameParty($0, report.recipient) }
                && segment.acceptedAt + window >= receivedAt && segment.acceptedAt <= receivedAt + overtaking
        }
    }

    /// What the writer is told when the report settles the whole delivery: nil while segments are missing or still being tried, and when
    /// a failure was told already.
    public static func notice(for report: DeliveryReport, of segment: SentSegment, now: Instant) -> StatusNotice? {
        guard let recipient = segment.recipients.first else { return nil }
        switch report.fate {
        case .pending: return nil
        case .failed(let code): return segment.anotherFailed ? nil : .failed(recipient, Failure(.tpStatus(code)))
        case .delivered: return segment.othersUnreported == 0 ? .delivered(recipient, at: report.at ?? now) : nil
        }
    }
}
