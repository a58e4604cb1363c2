import MMS
import Telephony

/// Says what a fetched picture message is (M-Retrieve.conf, OMA-TS-MMS_ENC 1.3 §6.3).
struct MultimediaInterpreter: Sendable {
    let numbers: NumberPlan
    /// The line's number, where it is known.
    let own: Telephony.Address?
    let readReports: ReportRequest

    /// Names that some phones give to what has none.
    private static let emptySubjects: Set<String> = ["", "nosubject", "no subject", "(no subject)"]

    func meaning(of octets: [UInt8], receivedAt: Instant) -> Interpretation.Meaning {
        do {
            guard case .retrieveConfirmation(let message) = try PDU(decoding: octets) else {
                return .undecodable("a PDU that is no fetched picture message")
            }
            guard let body = message.body else {
                return .undecodable("retrieveConfirmation: no content, \(message.retrieveText ?? "and no reason")")
            }
            return .message(content(of: message, body, receivedAt: receivedAt))
        } catch {
            return .undecodable(error.description)
        }
    }

    private func content(of message: RetrieveConfirmation, _ body: Body, receivedAt: Instant) -> Interpretation.Content {
        let sender = message.from.map(numbers.interpret) ?? .alphanumeric("Unknown")
        let subject = message.subject.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        return Interpretation.Content(
            sender: sender, others: others(of: message, than: sender), parts: parts(of: body),
            sentAt: message.date.flatMap { Instant(multimedia: $0, plausibleAt: receivedAt) },
            subject: subject.flatMap { Self.emptySubjects.contains($0.lowercased()) ? nil : $0 },
            readReportReference: readReports == .wanted && message.readReport == true ? message.messageID : nil)
    }

    /// A message to one recipient is to us, by whatever number. Of several, our own is left out where it is known.
    private func others(of message: RetrieveConfirmation, than sender: Telephony.Address) -> [Telephony.Address] {
        let recipients = (message.to + message.cc).map(numbers.interpret)
        guard recipients.count > 1 else { return [] }
        var seen: Set<Telephony.Address> = [sender]
        return recipients.filter { recipient in
            if let own, numbers.isSameParty(own, recipient) { return false }
            return seen.insert(recipient).inserted
        }
    }

    /// In the order in which they are shown; the presentation itself is for phones.
    private func parts(of body: Body) -> [Telephony.Part] {
        body.presented.map { part in
            guard part.contentType.mediaType == "text/plain" else {
                return Telephony.Part(contentType: part.contentType.mediaType, octets: Array(part.octets), name: part.suggestedName)
            }
            return .text(part.text)
        }
    }
}
