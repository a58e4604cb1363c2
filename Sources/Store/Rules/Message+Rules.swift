import Telephony

extension Message {
    /// With the parts of a piece, which is known to the app by its own name; nil where one of them came from nowhere.
    func joining(_ piece: Message) -> Message? {
        guard let origin, let reference = piece.origin?.reference else { return nil }
        return Message(
            id: id, line: line, direction: direction, sender: sender, participants: participants, parts: parts + piece.parts,
            presentation: presentation, sentAt: sentAt, recordedAt: recordedAt,
            origin: Origin(
                endpoint: origin.endpoint, person: origin.person, device: origin.device, reference: origin.reference,
                joined: origin.joined + [reference]), subject: subject, readReportReference: readReportReference)
    }
}
