import Exchange
import HTTPStack
import Telephony

/// Files of messages under addresses that cannot be guessed and expire: for apps, and for carriers' gateways that fetch what is sent.
public struct SharedFiles: Sendable {
    public let links: FileLinks
    /// Nil where recordings are served as they came.
    public let recordings: Recordings?
    let media: any MediaStore
    let ledger: any Ledger
    let mint: Mint

    public init(links: FileLinks, media: any MediaStore, recordings: Recordings? = nil, ledger: any Ledger, mint: Mint) {
        self.links = links
        self.media = media
        self.recordings = recordings
        self.ledger = ledger
        self.mint = mint
    }

    /// What it serves on the HTTP listener.
    public var routes: [Operation] {
        let send = SendFile(files: self)
        return [Operation(.get, FileLinks.path + "/{token}/{name}", access: .own, respond: send.respond)]
    }

    /// The address of one part of a recorded message, for as long as links last.
    public func url(of part: Part, _ index: Int, of message: Message) -> String {
        let name = part.name ?? FileName.made(for: part.mediaType)
        return links.url(of: FileLink(part, index, of: message.id, name: name, expires: message.recordedAt + FileLinks.lifetime))
    }

    /// What stands in a part's place where a carrier does not take it: `holiday.zip (1 MB): https://…`.
    public func sentence(of part: Part, in message: Message) -> String {
        // The message's own number of the part: those that are empty may have been left out.
        let index = message.parts.firstIndex(of: part) ?? 0
        let name = FileName.harmless(part.name ?? FileName.made(for: part.mediaType))
        let size = part.size < 1 << 20 ? "\(max(1, part.size >> 10)) kB" : "\(part.size >> 20) MB"
        return "\(name) (\(size)): \(url(of: part, index, of: message))"
    }
}

extension FileLink {
    /// To a part as it is.
    public init(_ part: Part, _ index: Int, of message: MessageID, name: String, expires: Instant) {
        let target: Target =
            switch part.content {
            case .stored(let media): .media(media)
            case .inline: .part(message, index)
            }
        self.init(target, name: name, contentType: part.contentType, expires: expires)
    }
}
