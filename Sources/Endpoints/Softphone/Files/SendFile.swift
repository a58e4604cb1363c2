import Exchange
import HTTPStack
import Synchronization
import Telephony

/// `GET /files/{token}/{name}`: a file, whole or a range of it. Who has the address has the file.
struct SendFile: Sendable {
    let server: FileServer

    /// Octets read at a time: enough to keep a fast network busy, and all that a download holds.
    static let piece = 256 * 1024

    func respond(_ request: Request) async throws -> Response {
        guard let link = server.links.link(token: request.parameter("token"), name: request.parameter("name")) else {
            throw Problem.notFound("There is nothing at this path")
        }
        guard server.mint.now() < link.expires else { throw Self.gone }
        let file = try await file(of: link)
        let fields = Self.fields(of: link, file)
        if request.header("If-None-Match").map({ file.matches($0) }) ?? false { return .empty(304, headers: fields) }
        let isSame = request.header("If-Range").map { file.matches($0) } ?? true
        switch isSame ? ByteRange(request.header("Range"), of: file.size) : .whole {
        case .unsatisfiable: return .empty(416, headers: fields + [("Content-Range", "bytes */\(file.size)")])
        case .whole: return try await response(200, file, 0..<file.size, link, fields)
        case .part(let range):
            let place = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)"
            return try await response(206, file, range, link, fields + [("Content-Range", place)])
        }
    }

    private static let gone = Problem(410, "gone", "This file is no longer kept")

    private func file(of link: FileLink) async throws -> ServedFile {
        switch link.target {
        case .media(let media):
            return ServedFile(media, in: server.media)
        case .part(let id, let index):
            guard let message = try await server.ledger.message(id)?.message, message.parts.indices.contains(index) else { throw Self.gone }
            switch message.parts[index].content {
            case .stored(let media): return ServedFile(media, in: server.media)
            case .inline(let octets): return ServedFile(octets, mark: "\(id)-\(index)")
            }
        }
    }

    private func response(
        _ status: Int, _ file: ServedFile, _ range: Range<Int>, _ link: FileLink, _ fields: [(name: String, value: String)]
    ) async throws -> Response {
        // Read before the head is sent: a file that is not there is an answer and not a broken one.
        let first: [UInt8]
        do {
            first = try await file.read(range.lowerBound, min(Self.piece, range.count))
        } catch MediaError.missing {
            throw Self.gone
        }
        let reading = Mutex((piece: first, next: range.lowerBound + first.count))
        var response = Response(
            status: status, contentType: link.contentType,
            body: .stream(length: range.count) {
                let (piece, next) = reading.withLock { $0 }
                guard !piece.isEmpty else { return nil }
                let following = next < range.upperBound ? try await file.read(next, min(Self.piece, range.upperBound - next)) : []
                reading.withLock { $0 = (following, next + following.count) }
                return piece
            })
        response.headers = fields
        return response
    }

    /// What a browser may show shows nothing but itself: no script, no form, no other address.
    private static func fields(of link: FileLink, _ file: ServedFile) -> [(name: String, value: String)] {
        let kind = link.contentType.prefix { $0 != "/" }
        let isShown = ["image", "audio", "video"].contains(kind) && link.contentType != "image/svg+xml"
        let name = "filename=\"\(link.name.isPlainASCII ? link.name : "file")\"; filename*=UTF-8''\(PercentEncoding.encode(link.name))"
        return [
            ("ETag", file.mark), ("Accept-Ranges", "bytes"), ("Cache-Control", "private, max-age=86400, immutable"),
            ("Content-Disposition", "\(isShown ? "inline" : "attachment"); \(name)"),
            ("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"),
            ("Cross-Origin-Resource-Policy", "same-origin"), ("Referrer-Policy", "no-referrer"),
        ]
    }
}

/// A file to be sent, wherever it lies.
private struct ServedFile: Sendable {
    let size: Int
    /// Its ETag.
    let mark: String
    /// Octets from an offset, at most so many.
    let read: @Sendable (Int, Int) async throws(MediaError) -> [UInt8]

    init(_ media: Media, in store: any MediaStore) {
        size = media.size
        mark = "\"\(media.digest.prefix(32))\""
        read = { offset, count async throws(MediaError) in try await store.read(media, from: offset, count: count) }
    }

    init(_ octets: [UInt8], mark: String) {
        size = octets.count
        self.mark = "\"\(mark)\""
        read = { offset, count async throws(MediaError) in Array(octets[offset..<min(octets.count, offset + count)]) }
    }

    /// Whether one of the marks of a condition is this one's.
    func matches(_ condition: String) -> Bool {
        condition.split(separator: ",").contains { $0.drop { $0 == " " } == mark || $0.drop { $0 == " " } == "*" }
    }
}

extension String {
    /// Whether it may stand between quotation marks in a header field as it is.
    fileprivate var isPlainASCII: Bool { utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") } }
}
