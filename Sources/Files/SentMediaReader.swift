import Exchange
import Fitting
import HTTPStack
import Synchronization
import Telephony

/// Makes a part of what a caller names as a file: reads what is there, fetches what is elsewhere, and keeps beside the ledger what is large.
public struct SentMediaReader: Sendable {
    private static let fetchTime: Duration = .seconds(30)

    private let client: any WebClient
    private let media: any MediaStore

    /// - Parameter client: one that calls the open internet only.
    public init(client: any WebClient, media: any MediaStore) {
        self.client = client
        self.media = media
    }

    /// - Parameters:
    ///   - number: which of the caller's files it is, from 1; it names the part.
    ///   - limit: octets that are taken.
    public func part(of sent: SentMedia, number: Int, limit: Int) async throws(SentMediaError) -> Part {
        switch sent {
        case .at(let url):
            let (octets, type) = try await fetch(url, limit: limit)
            return try await part(octets, type, number, limit)
        case .data(let octets, let type): return try await part(octets, type, number, limit)
        case .bare(let octets): return try await part(octets, nil, number, limit)
        }
    }

    private func fetch(_ url: WebURL, limit: Int) async throws(SentMediaError) -> (octets: [UInt8], type: String?) {
        let file = FetchedOctets(limit: limit)
        let answer: OutgoingAnswer
        do {
            answer = try await client.send(
                OutgoingRequest(.get, url, timeout: Self.fetchTime, answerBody: .pieces(limit: .max) { try file.append($0) }, redirects: 3))
        } catch {
            throw file.isTooLarge ? .tooLarge : .unreachable(host: url.host)
        }
        guard answer.status == 200, !file.octets.isEmpty else { throw .missing(host: url.host) }
        return (file.octets, answer.header("Content-Type"))
    }

    /// What it is is told by its octets; what its sender says counts only where they tell nothing.
    private func part(_ octets: [UInt8], _ type: String?, _ number: Int, _ limit: Int) async throws(SentMediaError) -> Part {
        guard octets.count <= limit else { throw .tooLarge }
        let format = MediaFormat(sniffing: octets)
        let type = format?.contentType ?? FileLink.plain(type ?? "")
        let name = "media\(number).\(format?.fileExtension ?? "bin")"
        guard octets.count > PartContent.inlineLimit else { return Part(contentType: type, octets: octets, name: name) }
        do {
            return Part(contentType: type, content: .stored(try await media.keep(octets)), name: name)
        } catch {
            throw .notKept
        }
    }
}

/// Why a file that a caller named is none of a message's parts.
public enum SentMediaError: Error, Hashable, Sendable {
    case tooLarge
    /// Where it is said to be nobody answers, or nobody may be asked.
    case unreachable(host: String)
    case missing(host: String)
    /// We cannot store it right now.
    case notKept
}

/// A file as it comes, and whether it is more than is taken.
private final class FetchedOctets: Sendable {
    private let limit: Int
    private let state = Mutex((octets: [UInt8](), isTooLarge: false))

    init(limit: Int) { self.limit = limit }

    var octets: [UInt8] { state.withLock { $0.octets } }
    var isTooLarge: Bool { state.withLock { $0.isTooLarge } }

    func append(_ piece: [UInt8]) throws(MediaError) {
        let fits = state.withLock { state in
            guard state.octets.count + piece.count <= limit else {
                state.isTooLarge = true
                return false
            }
            state.octets += piece
            return true
        }
        guard fits else { throw .tooLarge(limit) }
    }
}
