import Telephony

extension Message {
    /// An incoming message. Its conversation is of all the other parties, whoever of them wrote: their order must not depend on that.
    init(line: LineID, _ content: Interpretation.Content, id: MessageID, recordedAt: Instant) {
        let others = content.others.filter { $0 != content.sender }
        let participants = others.isEmpty ? [content.sender] : Set(others + [content.sender]).sorted { $0.text < $1.text }
        self.init(
            id: id, line: line, direction: .incoming, sender: content.sender, participants: participants, parts: content.parts,
            presentation: content.presentation, sentAt: content.sentAt, recordedAt: recordedAt, subject: content.subject,
            readReportReference: content.readReportReference)
    }
}
