import Exchange
import HTTPStack
import Messaging
import Telephony

/// What the server tells of the phone's messages, in an event (CloudEvents 1.0, structured as JSON) or in its list of them.
enum HTTPSMSEvent: Hashable, Sendable {
    /// A message came in: the server's name for it, where its files are, and the rest of it.
    case received(id: String, files: [String], HandedMessage)
    /// What became of one of ours.
    case report(HandedReport)
    /// Nothing that we need.
    case other

    struct Unreadable: Error, Hashable, Sendable {
        let words: String
    }

    /// An event, if it is of this phone.
    init(decoding body: [UInt8], of number: String) throws(Unreadable) {
        let document: JSON
        do {
            document = try JSON(decoding: body)
        } catch {
            throw Unreadable(words: error.description)
        }
        guard let type = document["type"]?.text, case .object? = document["data"], let payload = document["data"] else {
            throw Unreadable(words: "An event with a type and data is expected")
        }
        guard payload["owner"]?.text == number else {
            self = .other
            return
        }
        switch type {
        case "message.phone.received": self = try Self.received(payload, id: payload["message_id"]?.text)
        case "message.phone.delivered": self = Self.report(payload, .delivered, id: payload["id"]?.text)
        case "message.send.failed": self = Self.report(payload, .failed(code: Self.rejected), id: payload["id"]?.text, detail: payload["error_message"]?.text ?? "")
        case "message.send.expired" where payload["is_final"] == true:
            self = Self.report(payload, .failed(code: Self.expired), id: payload["message_id"]?.text, detail: Self.expiry)
        default: self = .other
        }
    }

    /// An entry of the server's list of messages; nil for what is neither received nor settled, or is not whole.
    init?(listed entry: JSON) {
        let id = entry["id"]?.text
        switch (entry["type"]?.text, entry["status"]?.text) {
        case ("mobile-originated", _):
            guard let event = try? Self.received(entry, id: id, at: "received_at") else { return nil }
            self = event
        case ("mobile-terminated", "delivered"): self = Self.report(entry, .delivered, id: id, at: "delivered_at")
        case ("mobile-terminated", "failed"):
            self = Self.report(entry, .failed(code: Self.rejected), id: id, at: "failed_at", detail: entry["failure_reason"]?.text ?? "")
        case ("mobile-terminated", "expired"):
            guard let made = entry["send_attempt_count"]?.wholeNumber, let most = entry["max_send_attempts"]?.wholeNumber, made >= most else { return nil }
            self = Self.report(entry, .failed(code: Self.expired), id: id, at: "expired_at", detail: Self.expiry)
        default: return nil
        }
    }

    /// TP-Status for a phone that could not: service rejected; and for one that did not in time (3GPP TS 23.040 §9.2.3.15).
    private static let rejected = 0x63, expired = 0x46
    private static let expiry = "the phone did not fetch it in time"

    private static func received(_ payload: JSON, id: String?, at: String = "timestamp") throws(Unreadable) -> HTTPSMSEvent {
        guard let id, (1...100).contains(id.utf8.count), let sender = payload["contact"]?.text, !sender.isEmpty else {
            throw Unreadable(words: "A message with an id and a contact is expected")
        }
        let text = payload["content"]?.text ?? ""
        // What only the phone's owner can decrypt is brought as it is.
        let parts = text.isEmpty ? [] : [Part.text(text)]
        let files = (payload["attachments"]?.elements ?? []).compactMap(\.text)
        return .received(id: id, files: files, HandedMessage(from: sender, parts: parts, sentAt: payload[at]?.instant))
    }

    private static func report(_ payload: JSON, _ fate: DeliveryReport.Fate, id: String?, at: String = "timestamp", detail: String = "") -> HTTPSMSEvent {
        // Only what we sent has a name of ours.
        guard let id, (1...64).contains(id.utf8.count), let name = payload["request_id"]?.text, DeliveryID(name) != nil else { return .other }
        return .report(
            HandedReport(
                reference: id, recipient: payload["contact"]?.text, fate: fate, detail: String(detail.harmlessLine.prefix(200)), at: payload[at]?.instant))
    }
}
