import Exchange
import Files
import HTTPStack
import Telephony

/// A message as the service's programs see it: numbers without plus, times by New York's clock, files by their addresses.
struct MessageView: Sendable {
    let number: Int64
    let message: Message
    let kind: MessageKind
    /// Our number, and the other party's.
    let did: String
    let contact: String
    let text: String
    /// Addresses of files, in order.
    let media: [String]

    /// - Parameter files: nil where nobody said how we are reached; then files have no addresses.
    init(_ message: Message, number: Int64, did: String, isAtHome home: Bool, files: SharedFiles?) {
        self.number = number
        self.message = message
        self.did = did
        kind = MessageKind(message)
        // The service knows no groups: each member writes as if to us alone.
        let party = message.direction == .incoming ? message.sender ?? message.participants.first : message.participants.first
        contact = party.map { PartyNumber.text(of: $0, isAtHome: home) } ?? ""
        text = Self.text(of: message, from: message.direction == .incoming ? party.flatMap(PartyNumber.name) : nil)
        media = files.map { files in
            message.parts.enumerated().filter { $0.element.text == nil }.map { files.url(of: $0.element, $0.offset, of: message) }
        } ?? []
    }

    private static func text(of message: Message, from name: String?) -> String {
        let words = [message.subject ?? "", message.text].filter { !$0.isEmpty }.joined(separator: "\n")
        return name.map { "\($0): \(words)" } ?? words
    }

    /// When it came, or was written.
    var stamp: String { EasternTime.stamp(message.recordedAt) }

    /// A row of `getSMS` or `getMMS`: every value a text.
    func row(offset: Duration) -> JSON {
        let fields: [(String, String)] = [
            ("id", String(number)), ("date", EasternTime.stamp(message.recordedAt, offset: offset)), ("type", message.direction == .incoming ? "1" : "0"),
            ("did", did), ("contact", contact), ("message", text), ("carrier_status", ""),
        ]
        var members: [JSON.Member] = fields.map { ($0.0, .string($0.1)) }
        guard kind == .multimedia else { return .object(members) }
        let slots = CallbackTemplate.slots(media)
        members += slots.enumerated().map { ("col_media\($0.offset + 1)", .string($0.element)) }
        members.append(("media", .array(slots.map { .string($0) })))
        return .object(members)
    }

    /// The same for a call to the address of somebody's.
    var callback: CallbackTemplate.Values {
        CallbackTemplate.Values(from: contact, to: did, message: text, id: String(number), timestamp: stamp, media: media)
    }

    var envelope: WebhookEnvelope {
        WebhookEnvelope(number: number, from: contact, to: did, text: text, media: media, kind: kind, at: message.recordedAt)
    }
}
