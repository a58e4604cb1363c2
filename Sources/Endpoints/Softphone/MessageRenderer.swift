import Exchange
import SIP
import Telephony

/// Makes the SIP MESSAGE that brings a claim to a device. Pure: the same claim gives the same Call-ID on every try, by which the
/// app knows a copy it already has.
struct MessageRenderer: Sendable {
    let uris: PartyURIs

    func request(for claim: Claim, to binding: Binding, contact: URI) -> Request {
        switch claim.delivery.content {
        // A read report is the carrier's, and never comes here.
        case .message, .readReport: message(claim, to: binding, contact: contact)
        case .status(let notice): status(notice, claim, to: binding, contact: contact)
        }
    }

    private func message(_ claim: Claim, to binding: Binding, contact: URI) -> Request {
        let message = claim.message
        var request = skeleton(claim, to: binding, contact: contact, from: message.sender ?? message.participants.first)
        request.headers.set(.date, CivilDate(message.sentAt ?? message.recordedAt).rfc1123)
        request.headers.set(.contentType, "text/plain")
        request.body = Array(Self.text(of: message).utf8)
        return request
    }

    /// News of a message that this person wrote: an IMDN, by which the app draws its ticks, or a sentence where no tick can say it.
    private func status(_ notice: StatusNotice, _ claim: Claim, to binding: Binding, contact: URI) -> Request {
        let reference = claim.message.origin?.reference ?? ""
        switch notice {
        case .delivered(let party, let at):
            let notification = IMDN(messageID: reference, dateTime: CivilDate(at).rfc3339, disposition: .delivered)
            return imdn(notification, from: party, claim, to: binding, contact: contact)
        case .read(let party, let at):
            let notification = IMDN(messageID: reference, dateTime: CivilDate(at).rfc3339, disposition: .displayed)
            return imdn(notification, from: party, claim, to: binding, contact: contact)
        case .failed(let party, let failure):
            let time = CivilDate(claim.attempt.openedAt).rfc3339
            let notification = IMDN(messageID: reference, dateTime: time, disposition: .failed(failure.sentence))
            return imdn(notification, from: party, claim, to: binding, contact: contact)
        case .inDoubt(let party, let failure):
            let when = CivilDate(claim.message.recordedAt).rfc3339
            return plain("Your message to \(party) of \(when) may not have left. \(failure.sentence)", claim, to: binding, contact: contact)
        }
    }

    /// What a client that refuses IMDN is sent instead.
    func sentence(instead notice: StatusNotice, _ claim: Claim, to binding: Binding, contact: URI) -> Request? {
        guard case .failed(let party, let failure) = notice else { return nil }
        return plain("Your message to \(party) was not sent. \(failure.sentence)", claim, to: binding, contact: contact)
    }

    private func plain(_ text: String, _ claim: Claim, to binding: Binding, contact: URI) -> Request {
        var request = skeleton(claim, to: binding, contact: contact, from: Notices.sender)
        request.headers.set(.contentType, "text/plain")
        request.body = Array(text.utf8)
        return request
    }

    private func imdn(_ notification: IMDN, from party: Address, _ claim: Claim, to binding: Binding, contact: URI) -> Request {
        var request = skeleton(claim, to: binding, contact: contact, from: party)
        request.headers.set(.contentType, ContentType.imdn.description)
        request.headers.set(.contentDisposition, "notification")
        request.headers.set(.priority, "non-urgent")
        request.body = notification.encoded()
        return request
    }

    private func skeleton(_ claim: Claim, to binding: Binding, contact: URI, from party: Address?) -> Request {
        var request = Request(method: .message, uri: contact)
        let sender = NameAddress(uri: uris.uri(of: party ?? Notices.sender), parameters: [Parameter("tag", String(claim.delivery.id.description.suffix(12)))])
        request.headers.from = sender
        request.headers.to = NameAddress(uri: uris.uri(of: binding.person))
        request.headers.callID = "\(claim.delivery.id)@\(uris.domain)"
        request.headers.cseq = CSeq(claim.attempt.number, .message)
        request.headers.maxForwards = 70
        request.headers.routes = binding.path.compactMap { try? NameAddress(decoding: $0) }
        return request
    }

    /// The words of a message; parts that are no text are named, never lost silently.
    static func text(of message: Telephony.Message) -> String {
        message.parts.map { part in
            part.text ?? "[\(part.name ?? part.contentType), \(part.size) octets]"
        }.joined(separator: "\n")
    }
}
