import Exchange
import Files
import Fitting
import HTTPStack
import Telephony

/// Makes parts of what callers name as files: an address on the open internet, one of our own, or the octets themselves in base64.
struct MediaFetch: Sendable {
    let reader: SentMediaReader
    let media: any MediaStore
    /// Nil where nobody said how we are reached.
    let files: SharedFiles?
    let ledger: any Ledger
    let mint: Mint

    /// Parameters that name a file.
    static let places = ["media1", "media2", "media3"]
    /// Octets of one file: more than any carrier takes, so that pictures of today's phones can be made smaller here.
    static let limit = 5_000_000

    func part(of text: String, number: Int) async throws(Refusal) -> Part {
        switch files?.links.reading(of: text) {
        case .ours(let link): return try await part(of: link)
        case .forged: throw Refusal(.failed, "There is no such file here")
        case .foreign, .unreadable, nil: break
        }
        guard let sent = SentMedia(text), Self.isFile(sent) else { throw Refusal(.failed, "media\(number) is no address and no data URI in base64") }
        do throws(SentMediaError) {
            return try await reader.part(of: sent, number: number, limit: Self.limit)
        } catch {
            throw Refusal(error)
        }
    }

    /// Some programs leave the beginning of a data URI out; then its octets must show what they are.
    private static func isFile(_ sent: SentMedia) -> Bool {
        if case .bare(let octets) = sent { MediaFormat(sniffing: octets) != nil } else { true }
    }

    /// A program may send on what it was sent.
    private func part(of link: FileLink) async throws(Refusal) -> Part {
        guard mint.now() < link.expires else { throw Refusal(.failed, "The file is no longer here") }
        switch link.target {
        case .media(let stored):
            guard (try? await media.read(stored, from: 0, count: 1)) != nil else { throw Refusal(.failed, "The file is no longer here") }
            return Part(contentType: link.contentType, content: .stored(stored), name: link.name)
        case .part(let id, let index), .playable(let id, let index):
            guard let message = try? await ledger.message(id)?.message, message.parts.indices.contains(index) else {
                throw Refusal(.failed, "The file is no longer here")
            }
            return message.parts[index]
        }
    }
}

extension Refusal {
    fileprivate init(_ error: SentMediaError) {
        switch error {
        case .tooLarge: self.init(Status.tooLarge)
        case .unreachable(let host): self.init(.failed, "The file on \(host) could not be fetched")
        case .missing(let host): self.init(.failed, "\(host) has no such file")
        case .notKept: self.init(.failed, "Files cannot be stored right now")
        }
    }
}
