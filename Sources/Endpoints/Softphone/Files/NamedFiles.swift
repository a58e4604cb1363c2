import Exchange
import Files
import SIP
import Telephony

/// Makes parts of the files that an app's message names.
struct NamedFiles: Sendable {
    let links: FileLinks?
    let foreign: ForeignFiles
    let media: any MediaStore
    let ledger: any Ledger
    let mint: Mint

    /// In the order given; all of them or none.
    func parts(of files: [FileTransfer]) async throws(FileRefusal) -> [Part] {
        var parts: [Part] = []
        let end = mint.now() + ForeignFiles.timeout
        for file in files { parts.append(try await part(of: file, until: end)) }
        return parts
    }

    private func part(of file: FileTransfer, until end: Instant) async throws(FileRefusal) -> Part {
        guard !file.isEncrypted else { throw .encrypted }
        switch links?.reading(of: file.url) ?? FileLinks.foreign(file.url) {
        case .ours(let link): return try await part(of: link, name: FileName.harmless(file.name))
        case .forged, .unreadable: throw .unknown
        case .foreign(let url):
            // Not longer either where the clock was set back.
            let fetched = try await foreign.fetch(url, into: media, within: min(end - mint.now(), ForeignFiles.timeout))
            let type = FileLink.plain(file.contentType ?? fetched.contentType ?? "")
            return Part(contentType: type, content: .stored(fetched.media), name: FileName.harmless(file.name))
        }
    }

    /// An app may send on what it was sent.
    private func part(of link: FileLink, name: String) async throws(FileRefusal) -> Part {
        guard mint.now() < link.expires else { throw .gone }
        switch link.target {
        case .media(let media):
            try await prove(media)
            return Part(contentType: link.contentType, content: .stored(media), name: name)
        case .part(let id, let index), .playable(let id, let index):
            let message: Telephony.Message?
            do {
                message = try await ledger.message(id)?.message
            } catch {
                throw .ledger(error)
            }
            guard let message, message.parts.indices.contains(index) else { throw .gone }
            if case .stored(let media) = message.parts[index].content { try await prove(media) }
            // Of a recording the original is sent on.
            return Part(contentType: message.parts[index].mediaType, content: message.parts[index].content, name: name)
        }
    }

    /// What was left here long ago and never sent has been swept away.
    private func prove(_ media: Media) async throws(FileRefusal) {
        do {
            _ = try await self.media.read(media, from: 0, count: 1)
        } catch .missing {
            throw .gone
        } catch {
            throw .store(error)
        }
    }
}

/// Why a file that an app named cannot go into a message.
enum FileRefusal: Error, Hashable, Sendable {
    /// Only those who were given its key can read it.
    case encrypted
    /// An address of ours that we did not give, or none at all.
    case unknown
    case gone
    /// On a server that the owner did not allow.
    case notAllowed(host: String)
    case notFetched(Failure)
    case store(MediaError)
    case ledger(LedgerError)
}

extension FileRefusal: CustomStringConvertible {
    var description: String {
        switch self {
        case .encrypted: "The file is encrypted for others"
        case .unknown: "There is no such file here"
        case .gone: "The file is no longer here"
        case .notAllowed(let host): "Files on \(host) are not fetched; set your app's file server to ours"
        case .notFetched(let failure): failure.sentence
        case .store(let error): error.description
        case .ledger(let error): error.description
        }
    }
}
