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
            // Our own name for it comes round never, and may be used long before the answer that was awaited.
            let isOfItsTime = segment.acceptedAt + window >= receivedAt && segment.acceptedAt <= receivedAt + overtaking
            return report.speaks(of: segment.parties, sameParty) && (isOfItsTime || report.names(segment.delivery))
        }
    }

    /// How far the service centre's clock may be from ours, with the time in which a modem hands a segment over.
    static let clockSkew: Duration = .seconds(300)

    /// What a report that bears no known reference says of sends in doubt.
    public enum Doubt: Hashable, Sendable {
        /// It can be the answer to this one only.
        case ends(UnansweredSegment)
        /// It fits several, so that none is settled by it.
        case isAmbiguous
        /// It may belong to one whose own answer is still awaited.
        case mustWait
        case none

        /// Whether it is the report's own words that say what it ends. Of a long text under one name each segment has a report of its own,
        /// and none repeats another.
        func isByName(of report: DeliveryReport) -> Bool {
            guard case .ends(let segment) = self else { return false }
            return report.names(segment.delivery)
        }
    }

    /// The answer of a segment in doubt was lost, and with it its reference: our own name for it must do, or party and time, which must leave
    /// no choice.
    public static func doubt(
        endedBy report: DeliveryReport, among unanswered: [UnansweredSegment], sameParty: (Address, Address) -> Bool
    ) -> Doubt {
        // What bears the name that we gave it is of this one and no other, whenever it comes.
        if let named = unanswered.first(where: { report.names($0.delivery) && report.speaks(of: $0.recipients, sameParty) }) {
            return named.waiting == .forAnswer ? .mustWait : .ends(named)
        }
        guard let submittedAt = report.submittedAt else { return .none }
        let fitting = unanswered.filter { segment in
            report.speaks(of: segment.recipients, sameParty)
                && segment.handedOverAt - clockSkew <= submittedAt && submittedAt <= segment.handedOverAt + clockSkew
        }
        guard !fitting.contains(where: { $0.waiting == .forAnswer }) else { return .mustWait }
        guard let only = fitting.first else { return .none }
        return fitting.count == 1 ? .ends(only) : .isAmbiguous
    }

    /// What the writer is told when the report settles the whole delivery: nil while segments are missing or still being tried, and when
    /// a failure was told already.
    public static func notice(for report: DeliveryReport, of segment: SentSegment, now: Instant) -> StatusNotice? {
        guard let recipient = segment.parties.first else { return nil }
        switch report.fate {
        case .pending: return nil
        case .failed(let code): return segment.anotherFailed ? nil : .failed(recipient, Failure(.tpStatus(code), report.detail))
        case .delivered: return segment.othersUnreported == 0 ? .delivered(recipient, at: report.at ?? now) : nil
        }
    }
}

extension DeliveryReport {
    /// The delivery whose name we gave to whoever reports on it, also with more behind a hyphen; nil where the reference is a carrier's.
    var namedDelivery: DeliveryID? { DeliveryID(String(reference.prefix { $0 != "-" })) }

    func names(_ delivery: DeliveryID) -> Bool { namedDelivery == delivery }

    fileprivate func speaks(of parties: [Address], _ sameParty: (Address, Address) -> Bool) -> Bool {
        guard let recipient else { return true }
        return parties.contains { sameParty($0, recipient) }
    }
}
