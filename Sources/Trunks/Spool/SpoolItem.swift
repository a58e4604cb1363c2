import Exchange
import Messaging
import Spooling
import Telephony

/// What a file, or several together, say.
enum SpoolItem: Hashable, Sendable {
    case message(from: String, parts: [Telephony.Part], at: CivilTime?, presentation: Presentation)
    case report(reference: String, recipient: String?, fate: DeliveryReport.Fate, detail: String, at: CivilTime?)
    /// One of several that come each by itself, or octets for an application.
    case segment(SpooledSegment)
    /// Nothing that anybody is to be told: why.
    case nothing(String)

    static func text(_ text: String, from sender: String, at time: CivilTime?, presentation: Presentation = .ordinary) -> SpoolItem {
        .message(from: sender, parts: [.text(text)], at: time, presentation: presentation)
    }

    /// For the inbox; nil for what says nothing.
    ///
    /// - Parameters:
    ///   - clock: when this machine's clock showed a time.
    ///   - written: when the file was, by which a segment without a time is dated.
    func arrival(place: String, written: Instant, clock: (CivilTime) -> Instant) -> Inbox.Arrival? {
        func instant(_ time: CivilTime?) -> Instant? {
            // Service centres write their own zone's time and gammu drops the zone: a time to come is one of another zone.
            time.map(clock).flatMap { $0 <= written + .seconds(60) ? $0 : nil }
        }
        switch self {
        case .message(let sender, let parts, let time, let presentation):
            let message = HandedMessage(from: sender, parts: parts, presentation: presentation, sentAt: instant(time))
            return Inbox.Arrival(place: place, format: .handover, octets: Handover.message(message).encoded())
        case .report(let reference, let recipient, let fate, let detail, let time):
            let report = HandedReport(reference: reference, recipient: recipient, fate: fate, detail: detail, at: instant(time))
            return Inbox.Arrival(place: place, format: .handover, octets: Handover.report(report).encoded())
        case .segment(let segment):
            let time = instant(segment.time)
            if let octets = segment.pdu(at: time ?? written) { return Inbox.Arrival(place: place, format: .modemPDU, octets: octets) }
            // Letters of a national alphabet that no segment of ours has room for, say: a piece by itself is more than none.
            let piece = HandedMessage(from: segment.sender, parts: [segment.part], sentAt: time)
            return Inbox.Arrival(place: place, format: .handover, octets: Handover.message(piece).encoded())
        case .nothing:
            return nil
        }
    }
}
