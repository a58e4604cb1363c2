import Exchange
import Messaging
import Telephony

extension SMSGateEnvelope {
    /// What is to be recorded for the line; empty where the event is another SIM's, or says nothing that is kept.
    func arrivals(for settings: SMSGateSettings) -> [Inbox.Arrival] {
        guard settings.takes(sim: sim) else { return [] }
        switch event {
        // The app tells of a message anew when its inbox is asked for: by its own name for it, it is the same.
        case .message(let kind, let id, let message):
            return [Inbox.Arrival(place: "\(kind)/\(id)", format: .handover, octets: Handover.message(message).encoded())]
        // Each text of a message is reported alone, by reports that look the same: what tells them apart is the telling.
        case .report(let reference, let report) where reference.sim == settings.sim: return [Self.arrival(report, at: "report/\(id)")]
        case .sent(let reference, let parts) where reference.sim == settings.sim: return Self.surplus(reference, parts: parts)
        case .report, .sent, .announced, .started, .other: return []
        }
    }

    /// Where the phone made fewer texts of a message than we thought, nobody will report the others.
    private static func surplus(_ reference: SMSGateReference, parts: Int) -> [Inbox.Arrival] {
        guard parts > 0, parts < reference.segments else { return [] }
        return (parts..<reference.segments).map { part in
            arrival(HandedReport(reference: reference.description, fate: .delivered), at: "surplus/\(reference)/\(part)")
        }
    }

    static func arrival(_ report: HandedReport, at place: String) -> Inbox.Arrival {
        Inbox.Arrival(place: place, format: .handover, octets: Handover.report(report).encoded())
    }
}
