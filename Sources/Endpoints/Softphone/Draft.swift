import Exchange
import SIP
import Telephony

/// What all requests that bring one claim to one device have in common.
struct Draft: Sendable {
    let uris: PartyURIs
    let claim: Claim
    let binding: Binding
    let contact: URI
    /// What the person calls the parties that they know.
    var names: [Telephony.Address: String] = [:]

    /// From whom it is shown to come.
    enum Sender: Sendable {
        /// The other side of the conversation: who wrote it, or the group.
        case party
        case address(Telephony.Address)
        case house
    }

    /// - Parameter number: of the request among those of the claim, from 0.
    func request(_ contentType: String, _ body: [UInt8], from sender: Sender, _ number: Int) -> Request {
        let message = claim.message
        var request = Request(method: .message, uri: contact)
        var from = name(of: sender)
        from.parameters.append(Parameter("tag", String(claim.delivery.id.description.suffix(12))))
        request.headers.from = from
        request.headers.to = NameAddress(uri: uris.uri(of: binding.person))
        request.headers.callID = "\(claim.delivery.id)\(number == 0 ? "" : "-\(number)")@\(uris.domain)"
        // Each try has two, the second for what is said in other words.
        request.headers.cseq = CSeq(2 * claim.attempt.number - 1, .message)
        request.headers.maxForwards = 70
        request.headers.routes = binding.path.compactMap { try? NameAddress(decoding: $0) }
        if case .message = claim.delivery.content { request.headers.set(.date, CivilDate(message.sentAt ?? message.recordedAt).rfc1123) }
        request.headers.set(.contentType, contentType)
        request.body = body
        return request
    }

    func text(_ text: String, from sender: Sender, _ number: Int) -> Request {
        request("text/plain", Array(text.utf8), from: sender, number)
    }

    /// Words after a refusal: the same Call-ID, the next CSeq (RFC 3261 §8.1.3.5). With the same one it would be a second copy of what was refused,
    /// and answered 482 (§8.2.2.2).
    func words(_ text: String, insteadOf number: Int, from sender: Sender) -> Request {
        var request = self.text(text, from: sender, number)
        request.headers.cseq = CSeq(2 * claim.attempt.number, .message)
        return request
    }

    private func name(of sender: Sender) -> NameAddress {
        let message = claim.message
        switch sender {
        case .house: return NameAddress(uri: uris.uri(of: Notices.sender))
        case .address(let address): return NameAddress(displayName: names[address], uri: uris.uri(of: address))
        case .party where message.isOfGroup && claim.conversationNumber > 0:
            // The members stand for a name: apps show it where nobody gave the group another.
            let members = message.participants.map { names[$0] ?? $0.text }.joined(separator: ", ")
            return NameAddress(displayName: members, uri: uris.uri(ofGroup: claim.conversationNumber))
        case .party:
            let party = message.sender ?? message.participants.first ?? Notices.sender
            return NameAddress(displayName: names[party], uri: uris.uri(of: party))
        }
    }
}
