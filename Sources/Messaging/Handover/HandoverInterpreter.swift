import Telephony

/// Says what a handover is, in the line's own forms of numbers.
struct HandoverInterpreter: Sendable {
    let numbers: NumberPlan
    /// The line's number, where it is known.
    let own: Address?

    func meaning(of octets: [UInt8]) -> Interpretation.Meaning {
        do {
            switch try Handover(decoding: octets) {
            case .message(let message): return meaning(of: message)
            case .report(let report):
                return .report(
                    DeliveryReport(
                        reference: report.reference, recipient: report.recipient.map(address), fate: report.fate, at: report.at,
                        detail: report.detail))
            }
        } catch {
            return .undecodable(error.description)
        }
    }

    private func meaning(of message: HandedMessage) -> Interpretation.Meaning {
        let parts = message.parts.filter { $0.size > 0 }
        guard !parts.isEmpty || message.subject?.isEmpty == false else { return .notForPeople("a message with nothing in it") }
        let sender = address(message.sender)
        var seen: Set<Address> = [sender]
        let others = message.others.map(address).filter { other in
            if let own, numbers.isSameParty(own, other) { return false }
            return seen.insert(other).inserted
        }
        return .message(
            Interpretation.Content(
                sender: sender, others: others, parts: parts.isEmpty ? [.text("")] : parts, presentation: message.presentation, sentAt: message.sentAt,
                subject: message.subject.flatMap { $0.isEmpty ? nil : $0 }))
    }

    private func address(_ text: String) -> Address { numbers.interpret(handed: text) }
}

extension NumberPlan {
    /// The party that a phone or a gateway means by what it wrote. Never refuses: what is no number is a name.
    public func interpret(handed text: String) -> Address {
        let visible = text.split { $0.isWhitespace || $0 == "\0" }.joined(separator: " ")
        if let number = normalise(visible) { return number }
        let halves = visible.split(separator: "@", omittingEmptySubsequences: false)
        if halves.count == 2, visible.utf8.count <= Self.mailLimit, halves.allSatisfy({ !$0.isEmpty }), !visible.contains(" ") { return .email(visible) }
        return visible.isEmpty ? .alphanumeric("Unknown") : .alphanumeric(String(visible.prefix(64)))
    }

    /// Octets of an e-mail address (RFC 5321 §4.5.3.1.3).
    private static let mailLimit = 254
}
