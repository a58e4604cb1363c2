import Telephony

/// Whether a line has a way to send picture messages.
public enum MultimediaSupport: String, Sendable, CaseIterable {
    case available, missing
}

/// How a message leaves over a trunk, or why it does not.
public enum TransportPlan: Hashable, Sendable {
    /// As one text, in as many segments as it takes.
    case shortMessage(text: String, to: Address)
    /// As one picture message to all of them; its parts are still to be fitted to what the carrier takes.
    case multimedia(parts: [Part], to: [Address])
    case refused(Failure)

    public init(
        _ message: Message, to recipients: [Address], numbers: NumberPlan, premium: PremiumNumbers = .allowed,
        multimedia: MultimediaSupport = .missing
    ) {
        do {
            self = try Self.plan(message, to: recipients, numbers: numbers, premium: premium, multimedia: multimedia)
        } catch {
            self = .refused(error)
        }
    }

    private static func plan(
        _ message: Message, to recipients: [Address], numbers: NumberPlan, premium: PremiumNumbers, multimedia: MultimediaSupport
    ) throws(Failure) -> TransportPlan {
        guard let recipient = recipients.first else { throw Failure(.refused, "nobody to send to") }
        let isText = message.parts.allSatisfy { $0.text != nil } && message.subject == nil
        if isText, recipients.count == 1, recipient.isDialable {
            if let refusal = numbers.refusal(recipient, premium: premium) { throw refusal }
            // A line feed is one character of the alphabet, a carriage return only costs another.
            let text = message.text.replacing("\r\n", with: "\n")
            guard !text.isEmpty else { throw Failure(.refused, "the text is empty") }
            return .shortMessage(text: text, to: recipient)
        }
        guard multimedia == .available else { throw refusal(of: recipients, isText: isText) }
        for recipient in recipients where !recipient.isMailbox {
            if let refusal = numbers.refusal(recipient, premium: premium) { throw refusal }
        }
        let parts = message.parts.filter { $0.size > 0 }
        guard !parts.isEmpty || message.subject != nil else { throw Failure(.refused, "the message is empty") }
        return .multimedia(parts: parts, to: recipients)
    }

    private static func refusal(of recipients: [Address], isText: Bool) -> Failure {
        guard isText else { return Failure(.refused, "pictures and files can't be sent over this line: it has no settings for picture messages (mms)") }
        guard recipients.count == 1 else { return Failure(.refused, "a text goes to one recipient at a time, not \(recipients.count)") }
        return Failure(.refused, "\(recipients[0]) is not a number that texts can be sent to")
    }
}

extension Address {
    fileprivate var isMailbox: Bool {
        if case .email = self { true } else { false }
    }
}
