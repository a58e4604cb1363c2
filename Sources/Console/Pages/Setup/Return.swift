import Telephony

/// What shows that a test text went out and something comes in: the text itself, or an answer from the other phone that it was sent to.
struct Return {
    private let sent: Message
    /// The line's own number, where it is known.
    private let own: String?

    init(of sent: Message, own: String?) {
        self.sent = sent
        self.own = own
    }

    func isMade(by message: Message) -> Bool {
        guard message.direction == .incoming, message.line == sent.line else { return false }
        return message.text.contains(sent.text) || isAnswer(message)
    }

    /// From oneself only the text itself counts.
    private func isAnswer(_ message: Message) -> Bool {
        guard let sender = message.sender, sent.participants.contains(sender) else { return false }
        return own.map { sender != .number($0) } ?? true
    }
}
