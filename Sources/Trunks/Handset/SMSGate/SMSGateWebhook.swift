import HTTPStack
import Telephony

/// A webhook as the app or its server lists it.
struct SMSGateWebhook: Hashable, Sendable {
    /// 36 characters at most.
    let id: String
    let event: String
    let url: String

    /// Those that a line needs. Their names are the line's own, so that registering one again replaces it.
    static func wanted(at url: String, mark: String) -> [SMSGateWebhook] {
        SMSGateEvent.names.map { SMSGateWebhook(id: "hl-\(mark)-\($0.replacing(":", with: "-"))", event: $0, url: url) }
    }

    static func list(_ document: JSON) -> [SMSGateWebhook] {
        (document.elements ?? []).compactMap { entry in
            guard let id = entry["id"]?.text, let event = entry["event"]?.text, let url = entry["url"]?.text else { return nil }
            return SMSGateWebhook(id: id, event: event, url: url)
        }
    }

    /// What is to be registered so that all that are wanted are there.
    static func missing(_ wanted: [SMSGateWebhook], in present: [SMSGateWebhook]) -> [SMSGateWebhook] {
        wanted.filter { !present.contains($0) }
    }

    func registration(device: String?) -> JSON {
        var members: [JSON.Member] = [("id", .string(id)), ("event", .string(event)), ("url", .string(url))]
        if let device { members.append(("deviceId", .string(device))) }
        return .object(members)
    }
}
