import Exchange
import Files
import SIP
import Telephony

/// Makes the SIP MESSAGEs that bring a claim to a device. Pure: the same claim gives the same Call-IDs on every try, by which the
/// app knows a copy it already has.
struct MessageRenderer: Sendable {
    let uris: PartyURIs
    /// Nil where files cannot be fetched from here.
    var links: FileLinks?
    /// Media types of recordings that are brought in a form that apps play.
    var converted: Set<String> = []
    /// What the person calls the parties that they know, as their address book has it.
    var names: [Telephony.Address: String] = [:]

    /// In the order in which they are to be sent: the words of a message, then its files.
    func pieces(for claim: Claim, to binding: Binding, contact: URI, form: FileForm) -> [Piece] {
        let draft = Draft(uris: uris, claim: claim, binding: binding, contact: contact, names: names)
        return switch claim.delivery.content {
        // A read report is the carrier's, and never comes here.
        case .message, .readReport: message(draft, form)
        case .status(let notice): status(notice, draft)
        }
    }

    // MARK: - Messages

    private func message(_ draft: Draft, _ form: FileForm) -> [Piece] {
        let message = draft.claim.message
        let files = files(of: message)
        let words = words(of: message, with: files)
        switch form {
        case _ where files.isEmpty:
            return [Piece(draft.text(words, from: .party, 0))]
        case .link:
            return [Piece(draft.text(([words] + files.map(\.sentence)).filter { !$0.isEmpty }.joined(separator: "\n"), from: .party, 0))]
        case .acrobits:
            let sentences = ([words] + files.map(\.sentence)).filter { !$0.isEmpty }.joined(separator: "\n")
            let body = AcrobitsFiles(text: words, files: files.map(\.transfer)).encoded()
            let request = draft.request(AcrobitsFiles.mediaType, body, from: .party, 0)
            return [Piece(request, otherwise: .words(draft.words(sentences, insteadOf: 0, from: .party)))]
        case .transfer:
            let captions = words.isEmpty ? [] : [Piece(draft.text(words, from: .party, 0))]
            return captions
                + files.enumerated().map { index, file in
                    let number = captions.count + index
                    let request = draft.request(ContentType.fileTransfer.description, file.transfer.encoded(), from: .party, number)
                    return Piece(request, otherwise: .words(draft.words(file.sentence, insteadOf: number, from: .party)))
                }
        }
    }

    /// Empty where there are no links: then files are named in the words.
    private func files(of message: Telephony.Message) -> [RenderedFile] {
        guard let links else { return [] }
        return message.parts.enumerated().compactMap { index, part in
            guard part.text == nil else { return nil }
            let name = FileName.harmless(part.name ?? FileName.made(for: part.mediaType)), expires = message.recordedAt + FileLinks.lifetime
            guard !converted.contains(part.mediaType) else {
                let name = Recordings.name(name)
                let link = FileLink(.playable(message.id, index), name: name, contentType: Recordings.contentType, expires: expires)
                return RenderedFile(link, name: name, url: links.url(of: link), size: nil)
            }
            let link = FileLink(part, index, of: message.id, name: name, expires: expires)
            return RenderedFile(link, name: name, url: links.url(of: link), size: part.size)
        }
    }

    /// The subject, a line of its own, and the texts; in a group with the name of who wrote them. Files that cannot be brought are named.
    private func words(of message: Telephony.Message, with files: [RenderedFile]) -> String {
        var lines = message.subject.map { $0.isEmpty ? [] : [$0] } ?? []
        lines += message.parts.compactMap { part in
            if let text = part.text { return text }
            return links == nil ? "[\(part.name ?? part.contentType), \(part.size) octets]" : nil
        }
        let words = lines.joined(separator: "\n")
        guard message.isOfGroup, message.direction == .incoming, let sender = message.sender else { return words }
        let told = words.isEmpty ? files.map(\.transfer.name).joined(separator: ", ") : words
        return "\(names[sender] ?? sender.text): \(told)"
    }

    // MARK: - News

    /// News of a message that this person wrote: an IMDN for each name the app knows it by, by which it draws its ticks, or a sentence where
    /// no tick can say it.
    private func status(_ notice: StatusNotice, _ draft: Draft) -> [Piece] {
        let claim = draft.claim
        switch notice {
        case .delivered(let party, let at):
            return notifications(.delivered, at: at, from: party, draft, otherwise: nil)
        case .read(let party, let at):
            return notifications(.displayed, at: at, from: party, draft, otherwise: nil)
        case .failed(let party, let failure):
            let sentence = "Your message to \(party) was not sent. \(failure.sentence)"
            return notifications(.failed(failure.sentence), at: claim.attempt.openedAt, from: party, draft, otherwise: sentence)
        case .inDoubt(let party, let failure):
            let when = CivilDate(claim.message.recordedAt).rfc3339
            return [Piece(draft.text("Your message to \(party) of \(when) may not have left. \(failure.sentence)", from: .house, 0))]
        }
    }

    /// - Parameter otherwise: what a client that refuses notifications is told, once.
    private func notifications(_ disposition: IMDN.Disposition, at: Instant, from party: Telephony.Address, _ draft: Draft, otherwise: String?) -> [Piece] {
        let message = draft.claim.message
        let sender: Draft.Sender = message.isOfGroup ? .party : .address(party)
        return (message.origin?.references ?? [""]).enumerated().map { number, reference in
            let body = IMDN(messageID: reference, dateTime: CivilDate(at).rfc3339, disposition: disposition).encoded()
            var request = draft.request(ContentType.imdn.description, body, from: sender, number)
            request.headers.set(.contentDisposition, "notification")
            request.headers.set(.priority, "non-urgent")
            guard number == 0, let otherwise else { return Piece(request, otherwise: .nothing) }
            return Piece(request, otherwise: .words(draft.words(otherwise, insteadOf: number, from: .house)))
        }
    }
}

/// A file of a message as apps are told of it.
private struct RenderedFile {
    let transfer: FileTransfer
    /// `photo.jpg (48 kB): https://…`, for apps that know texts alone.
    let sentence: String

    /// - Parameter size: octets; nil where they are not known before the file is fetched.
    init(_ link: FileLink, name: String, url: String, size: Int?) {
        transfer = FileTransfer(name: name, contentType: link.contentType, size: size, url: url, until: CivilDate(link.expires).rfc3339)
        sentence = size.map { "\(name) (\(max(1, ($0 + 500) / 1000)) kB): \(url)" } ?? "\(name): \(url)"
    }
}
