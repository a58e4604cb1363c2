import Telephony

/// What a phone or a gateway hands over: put together and decoded by it, the parties in its own words.
///
/// A trunk writes one from what it was given and records its octets as a receipt of the format `handover`.
public enum Handover: Hashable, Sendable {
    case message(HandedMessage)
    case report(HandedReport)
}

/// A whole message.
public struct HandedMessage: Hashable, Sendable {
    /// Who wrote it, as the peer writes it: a number in any form, a name, an e-mail address.
    public var sender: String
    /// The other members of a group, without the line's own number.
    public var others: [String]
    /// In the order shown; their octets are inline.
    public var parts: [Part]
    public var subject: String?
    public var presentation: Presentation
    public var sentAt: Instant?

    public init(
        from sender: String, others: [String] = [], parts: [Part], subject: String? = nil, presentation: Presentation = .ordinary, sentAt: Instant? = nil
    ) {
        self.sender = sender
        self.others = others
        self.parts = parts
        self.subject = subject
        self.presentation = presentation
        self.sentAt = sentAt
    }

    public init(from sender: String, text: String, sentAt: Instant? = nil) {
        self.init(from: sender, parts: [.text(text)], sentAt: sentAt)
    }
}

/// What became of a message that was sent through the peer.
public struct HandedReport: Hashable, Sendable {
    /// The peer's name for the message, as `SendJournal.accepted` was told it.
    public var reference: String
    /// Nil where the peer does not say, and the reference alone names the message.
    public var recipient: String?
    public var fate: DeliveryReport.Fate
    /// The peer's words for why it failed; empty for none.
    public var detail: String
    public var at: Instant?

    public init(reference: String, recipient: String? = nil, fate: DeliveryReport.Fate, detail: String = "", at: Instant? = nil) {
        self.reference = reference
        self.recipient = recipient
        self.fate = fate
        self.detail = detail
        self.at = at
    }
}
