import Exchange
import HTTPStack
import Telephony

/// `GET /files/{token}/{name}`: a file, whole or a range of it. Who has the address has the file.
struct SendFile: Sendable {
    let files: SharedFiles

    func respond(_ request: Request) async throws -> Response {
        guard let link = files.links.link(token: request.parameter("token"), name: request.parameter("name")) else {
            throw Problem.notFound("There is nothing at this path")
        }
        guard files.mint.now() < link.expires else { throw ServedFile.gone }
        let (file, contentType) = try await file(of: link)
        return try await file.response(to: request, contentType: contentType, headers: Self.fields(of: link))
    }

    private func file(of link: FileLink) async throws -> (ServedFile, contentType: String) {
        switch link.target {
        case .media(let media):
            return (ServedFile(media, in: files.media), link.contentType)
        case .part(let id, let index):
            return (ServedFile(try await part(id, index), index, of: id, in: files.media), link.contentType)
        case .playable(let id, let index):
            let part = try await part(id, index)
            if let made = try await files.recordings?.playable(part) { return (ServedFile(made.octets, mark: made.mark), link.contentType) }
            return (ServedFile(part, index, of: id, in: files.media), FileLink.plain(part.contentType))
        }
    }

    private func part(_ id: MessageID, _ index: Int) async throws -> Part {
        guard let message = try await files.ledger.message(id)?.message, message.parts.indices.contains(index) else { throw ServedFile.gone }
        return message.parts[index]
    }

    /// What a browser may show shows nothing but itself: no script, no form, no other address.
    private static func fields(of link: FileLink) -> [(name: String, value: String)] {
        let isShown = ["image", "audio", "video"].contains(link.contentType.prefix { $0 != "/" }) && link.contentType != "image/svg+xml"
        return [
            ("Content-Disposition", (isShown ? ContentDisposition.inline : .attachment).value(name: link.name)),
            ("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"),
            ("Cross-Origin-Resource-Policy", "same-origin"), ("Referrer-Policy", "no-referrer"),
        ]
    }
}
