import Exchange
import Telephony

/// The details of timeline entries, the same from every ledger. None tells a message's text.
enum Sentence {
    static func received(_ receipt: Receipt) -> String { "\(receipt.octets.count) octets recorded from \(receipt.place)." }

    static func interpreted(from receipts: Int, for deliveries: [Delivery], blocks: [Block]) -> String {
        (receipts == 1 ? "Interpreted from a receipt." : "Interpreted from \(receipts) receipts.") + (blocks.isEmpty ? audience(deliveries) : "")
    }

    static func blocked(_ blocks: [Block]) -> String {
        let persons = blocks.compactMap { if case .person(let person) = $0.scope { person.name } else { nil } }
        let isOfLine = persons.count < blocks.count
        return isOfLine ? "Its sender is blocked for the line: it is brought to nobody." : "Its sender is blocked: it is not brought to \(persons.joined(separator: ", "))."
    }

    static func submitted(_ origin: Origin?, for deliveries: [Delivery]) -> String {
        guard let origin else { return "Recorded." + audience(deliveries) }
        return "Submitted by \(origin.person.map { "\($0) through " } ?? "")\(origin.endpoint)." + audience(deliveries)
    }

    /// A message that is brought to nobody says so, lest it be waited for.
    private static func audience(_ deliveries: [Delivery]) -> String {
        deliveries.isEmpty ? " Nobody is there to bring it to; it is kept, and the API shows it." : ""
    }

    static func planned(_ delivery: Delivery) -> String {
        switch delivery.content {
        case .message: "To be brought to \(place(delivery.destination))."
        case .readReport: "That it was read is to be told to the carrier."
        case .status: "News of it to be brought to \(place(delivery.destination))."
        }
    }

    static func adopted(_ destination: Destination) -> String { "Now for \(place(destination)), the first to register." }

    static func attempted(_ number: Int) -> String { "Attempt \(number)." }

    static func submitting(_ segment: Int, of total: Int) -> String { "Segment \(segment &+ 1) of \(total) is being handed over." }

    static func segmentAccepted(_ segment: Int, reference: String) -> String { "Segment \(segment &+ 1) was accepted as \(reference)." }

    static func settled(_ result: Settlement.Result) -> String {
        switch result {
        case .accepted(let reference): reference.map { "Accepted as \($0)." } ?? "Accepted."
        case .deferred(let failure, let until) where until >= .distantFuture: failure.sentence
        case .deferred(let failure, let until): "\(failure.sentence) Again at \(CivilDate(until).rfc3339)."
        case .failed(let failure), .inDoubt(let failure), .repeated(let failure): failure.sentence
        }
    }

    static let imported = "Imported from a backup of another phone."

    static let joined = "Joined by another piece that its app sent."

    static func announced(_ retrieval: Retrieval) -> String {
        let announcement = retrieval.announcement
        let sender = announcement.sender.map { " from \($0)" } ?? ""
        return "A picture message\(sender) of \(announcement.size) octets waits at the carrier until \(CivilDate(announcement.expires).rfc3339)."
    }

    /// Of an attempt to fetch a picture message, or to tell the carrier of one that is here.
    static func vain(_ state: RetrievalState, _ failure: Failure, until: Instant?) -> String {
        let again = until.map { " Again at \(CivilDate($0).rfc3339)." }
        guard state == .held else { return "It could not be fetched. \(failure.sentenceOfFetching)" + (again ?? " It is given up.") }
        return "The carrier could not be told that it is here. \(failure.sentenceOfFetching)" + (again ?? " It is told no more.")
    }

    static let announcedBefore = "The carrier announced a picture message once more."

    static let acknowledged = "The carrier was told that it is here."

    static func read(_ report: ReadReport) -> String {
        switch report.act {
        case .read: "\(report.recipient) has looked at it."
        case .deletedUnread: "\(report.recipient) has deleted it unread."
        }
    }

    static let resumed = "The attempt was cut short; it is made again."

    static let foundAccepted = "The attempt was cut short when all of it had been accepted."

    static let repeated = "It is sent once more, as its line's settings say: it may arrive twice."

    static func answered(_ segment: Int) -> String { "The network's report shows that segment \(segment &+ 1) left." }

    static func reported(_ report: DeliveryReport) -> String {
        let what =
            switch report.fate {
            case .delivered: "delivered"
            case .pending(let code): "not yet delivered (status \(code))"
            case .failed(let code): "not deliverable (status \(code))"
            }
        let recipient = report.recipient.map { " to \($0)" } ?? ""
        let detail = report.detail.isEmpty ? "" : ": \(report.detail)"
        return "The network reports segment \(report.reference)\(recipient): \(what)\(detail)."
    }

    static func decided(_ decision: DoubtDecision) -> String {
        switch decision {
        case .sendAgain: "A person had it sent again."
        case .takeAsSent: "A person took it as sent."
        case .takeAsFailed: "A person took it as failed."
        }
    }

    static func retried(by person: PersonID) -> String { "\(person) had it tried again." }

    static func dropped(by person: PersonID) -> String { "\(person) decided that nothing more is to be done about it." }

    private static func place(_ destination: Destination) -> String {
        switch destination {
        case .trunk(let line, let recipients): "\(recipients.map(\.text).joined(separator: ", ")) over \(line)"
        case .device(let endpoint, let person, let device?): "\(person)'s \(device) by \(endpoint)"
        case .device(let endpoint, let person, nil): "the first device that \(person) registers with \(endpoint)"
        case .endpoint(let endpoint): "\(endpoint)"
        case .receiver(let endpoint, let receiver): "\(receiver) by \(endpoint)"
        }
    }
}
