import Exchange
import HTTPStack
import Messaging
import Telephony

/// A text in the app's own list of what it received, by `GET /inbox`.
struct SMSGateInboxEntry: Hashable, Sendable {
    let sim: Int?
    let at: Instant
    let arrival: Inbox.Arrival

    /// Nil for what is no text, or is not whole.
    ///
    /// The list has no name for a message that a webhook has, but one that is made of the same number. And it has a preview instead of a text:
    /// whether that is all of it, the number tells, for the text went into it.
    init?(_ entry: JSON) {
        guard entry["type"]?.text == "SMS", let id = entry["id"]?.text, id.hasPrefix("text:"), let mark = Int32(id.dropFirst(5)),
            let sender = entry["sender"]?.text, let text = entry["contentPreview"]?.text, let at = entry["createdAt"]?.instant,
            SMSGateMark(sender: sender, at: at, text: text).explains(mark)
        else { return nil }
        sim = entry.present("simNumber")?.wholeNumber.flatMap { Int(exactly: $0) }
        self.at = at
        let name = String(UInt32(bitPattern: mark), radix: 16)
        let message = HandedMessage(from: sender, parts: [.text(text)], sentAt: at)
        arrival = Inbox.Arrival(place: "sms/\(name)", format: .handover, octets: Handover.message(message).encoded())
    }
}
