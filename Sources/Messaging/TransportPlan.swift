import Telephony

/// How a message leaves over a trunk, or why it does not. Picture messages will be a third way.
public enum TransportPlan: Hashable, Sendable {
    /// As one text, in as many segments as it takes.
    case shortMessage(text: String, to: Address)
    case refused(Failure)

    public init(_ message: Message, to recipients: [Address], numbers: NumberPlan, premium: PremiumNumbers = .allowed) {
        do {
            self = try Self.plan(message, to: recipients, numbers: numbers, premium: premium)
        } catch {
            self = .refused(error)
        }
    }

    private static func plan(
        _ message: Message, to recipients: [Address], numbers: NumberPlan, premium: PremiumNumbers
    ) throws(Failure) -> TransportPlan {
        guard let recipient = recipients.first, recipients.count == 1 else {
            throw Failure(.refused, "a text goes to one recipient at a time, not \(recipients.count)")
        }
        if let refusal = numbers.refusal(recipient, premium: premium) { throw refusal }
        guard message.parts.allSatisfy({ $0.text != nil }) else {
            throw Failure(.refused, "pictures and files can't be sent over this line yet")
        }
        // A line feed is one character of the alphabet, a carriage return only costs another.
        let text = message.text.replacing("\r\n", with: "\n")
        guard !text.isEmpty else { throw Failure(.refused, "the text is empty") }
        return .shortMessage(text: text, to: recipient)
    }
}
