import HTTPStack
import Messaging
import Telephony

/// An event with what is around it.
struct SMSGateEnvelope: Hashable, Sendable {
    /// The app's name for this telling; the same when it is told again for want of an answer.
    let id: String
    /// Counted from 1; nil where the app does not know.
    let sim: Int?
    let event: SMSGateEvent

    struct Unreadable: Error, Hashable, Sendable {
        let words: String
    }

    /// TP-Status for a failure that the network gave no code for: service rejected (3GPP TS 23.040 §9.2.3.15).
    static let unknownFailure = 0x63

    init(decoding body: [UInt8]) throws(Unreadable) {
        let document: JSON
        do {
            document = try JSON(decoding: body)
        } catch {
            throw Unreadable(words: error.description)
        }
        guard let name = document["event"]?.text, let id = document["id"]?.text, (1...100).contains(id.utf8.count) else {
            throw Unreadable(words: "An event with a name and an id is expected")
        }
        let payload = document["payload"] ?? .null
        self.id = id
        sim = payload.present("simNumber")?.wholeNumber.flatMap { Int(exactly: $0) }
        event = try Self.event(name, payload, id)
    }

    private static func event(_ name: String, _ payload: JSON, _ envelope: String) throws(Unreadable) -> SMSGateEvent {
        switch name {
        case "sms:received":
            return .message(kind: "sms", id: id(payload, envelope), try message(payload, [.text(payload["message"]?.text ?? "")]))
        case "sms:data-received":
            guard let octets = HandsetBase64.decode(payload["data"]?.text ?? "") else { throw Unreadable(words: "data is not base64") }
            return .message(kind: "data", id: id(payload, envelope), try message(payload, [.handed(octets)]))
        case "mms:downloaded":
            return .message(kind: "mms", id: id(payload, envelope), try message(payload, parts(payload), subject: payload["subject"]?.text))
        case "mms:received": return .announced(sender: sender(payload) ?? "")
        case "sms:sent":
            guard let reference = reference(payload), let parts = payload["partsCount"]?.wholeNumber else { return .other(name) }
            return .sent(reference, parts: Int(clamping: parts))
        case "sms:delivered": return report(name, payload, .delivered, at: "deliveredAt")
        case "sms:failed":
            let words = payload["reason"]?.text ?? ""
            return report(name, payload, .failed(code: code(words)), at: "failedAt", detail: words)
        case "sms:cancelled": return report(name, payload, .failed(code: 0x47), at: "cancelledAt", detail: "cancelled on the phone")
        case "app:started": return .started
        default: return .other(name)
        }
    }

    private static func id(_ payload: JSON, _ envelope: String) -> String {
        payload["messageId"]?.text.flatMap { (1...100).contains($0.utf8.count) ? $0 : nil } ?? envelope
    }

    private static func sender(_ payload: JSON) -> String? {
        let text = payload.present("sender")?.text ?? payload.present("phoneNumber")?.text
        return text.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func reference(_ payload: JSON) -> SMSGateReference? { payload["messageId"]?.text.flatMap { SMSGateReference($0) } }

    private static func message(_ payload: JSON, _ parts: [Part], subject: String? = nil) throws(Unreadable) -> HandedMessage {
        guard let sender = sender(payload) else { throw Unreadable(words: "A message without a sender") }
        return HandedMessage(from: sender, parts: parts, subject: subject, sentAt: payload["receivedAt"]?.instant)
    }

    /// A file that the app could not read is said in its place.
    private static func parts(_ payload: JSON) -> [Part] {
        let text = payload["body"]?.text ?? ""
        let files = (payload["attachments"]?.elements ?? []).prefix(Handover.partLimit - 1).map { file in
            guard let data = file["data"]?.text, let octets = HandsetBase64.decode(data), !octets.isEmpty else {
                return Part.text("[A file stayed on the phone]")
            }
            return Part.handed(octets, declared: file["contentType"]?.text, name: file["name"]?.text)
        }
        return (text.isEmpty ? [] : [.text(text)]) + files
    }

    private static func report(_ name: String, _ payload: JSON, _ fate: DeliveryReport.Fate, at: String, detail: String = "") -> SMSGateEvent {
        guard let reference = reference(payload) else { return .other(name) }
        return .report(
            reference,
            HandedReport(
                reference: reference.description, recipient: payload["recipient"]?.text, fate: fate, detail: String(detail.harmlessLine.prefix(200)),
                at: payload[at]?.instant))
    }

    /// `Delivery result from SC +1…: 70`: the network's own code, where the phone gives one.
    static func code(_ words: String) -> Int {
        guard words.contains("from SC"), let digits = words.split(separator: " ").last, let code = UInt8(digits) else { return unknownFailure }
        return Int(code)
    }
}
