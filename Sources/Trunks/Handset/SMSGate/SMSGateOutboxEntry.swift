import Exchange
import HTTPStack
import Messaging
import Telephony

/// A message of ours in the app's own list, by `GET /messages`: what the webhooks would have told.
struct SMSGateOutboxEntry: Hashable, Sendable {
    /// The app says delivered when the first text of several is. After so long the others are taken to be, too.
    static let settling: Duration = .seconds(600)

    let arrivals: [Inbox.Arrival]

    /// Nil for a message that is not of the line with this SIM or of which there is no news.
    init?(_ entry: JSON, sim: Int?, now: Instant) {
        guard let reference = entry["id"]?.text.flatMap({ SMSGateReference($0) }), reference.sim == sim, let recipient = entry["recipients"]?.elements?.first,
            let state = recipient["state"]?.text
        else { return nil }
        let at = entry["states"]?[state]?.instant
        switch state {
        case "Delivered":
            guard reference.segments == 1 || (at.map { now - $0 >= Self.settling } ?? false) else { return nil }
            arrivals = (0..<reference.segments).map { part in
                SMSGateEnvelope.arrival(HandedReport(reference: reference.description, fate: .delivered, at: at), at: "state/\(reference)/\(part)")
            }
        case "Failed":
            let words = recipient["error"]?.text ?? ""
            let report = HandedReport(
                reference: reference.description, fate: .failed(code: SMSGateEnvelope.code(words)), detail: String(words.harmlessLine.prefix(200)), at: at)
            arrivals = [SMSGateEnvelope.arrival(report, at: "state/\(reference)/failed")]
        default: return nil
        }
    }
}
