import Exchange
import MMS
import Messaging
import Telephony

/// A picture message as an MMSC would give it, from those it was for.
struct LoopbackPicture: Sendable {
    let media: any MediaStore

    /// M-Retrieve.conf: from the first, to the others. Its sender wants to know when it is read.
    func retrieved(_ claim: Claim, from recipients: [Telephony.Address]) async throws(Failure) -> [UInt8] {
        var parts: [FittedPart] = []
        for part in claim.message.parts {
            parts.append(FittedPart(mediaType: part.mediaType, octets: try await octets(of: part), name: part.name))
        }
        let pdu = try MultimediaComposer().compose(
            parts, subject: claim.message.subject, to: recipients, transaction: "\(claim.delivery.id)",
            date: claim.message.recordedAt)
        guard case .sendRequest(let sent)? = try? PDU(decoding: pdu) else { throw Failure(.refused, "the picture message cannot be written") }
        // The line has no number. Of several recipients one is always ourselves; the last stands twice in its place.
        let others = Array(sent.to.dropFirst())
        let message = RetrieveConfirmation(
            messageID: "\(claim.delivery.id)", date: claim.message.recordedAt.seconds, from: sent.to.first, to: others + others.suffix(1),
            subject: sent.subject, messageClass: .personal, readReport: true, body: sent.body)
        return PDU.retrieveConfirmation(message).encoded()
    }

    private func octets(of part: Telephony.Part) async throws(Failure) -> [UInt8] {
        switch part.content {
        case .inline(let octets): return octets
        case .stored(let stored):
            do {
                return try await media.read(stored, from: 0, count: stored.size)
            } catch {
                throw Failure(.refused, error.description)
            }
        }
    }
}
