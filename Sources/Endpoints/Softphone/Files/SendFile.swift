import Exchange
import HTTPStack
import Telephony

/// `GET /files/{token}/{name}`: a file, whole or a range of it. Who has the address has the file.
struct SendFile: Sendable {
    let server: FileServer

    func respond(_ request: Request) async throws -> Response {
        guard let link = server.links.link(token: request.parameter("token"), name: request.parameter("name")) else {
            throw Problem.notFound("There is nothing at this path")
        }
        guard server.mint.now() < link.expires else { throw ServedFile.gone }
        return try await file(of: link).response(to: request, contentType: link.contentType, headers: Self.fields(of: link))
    }

    private func file(of link: FileLink) async throws -> ServedFile {
        switch link.target {
        case .media(let media):
            return ServedFile(media, in: server.media)
        case .part(let id, let index):
            guard let message = try await server.ledger.message(id)?.message, message.parts.indices.contains(index) else { throw ServedFile.gone }
            return ServedFile(message.parts[index], index, of: id, in: server.media)
        }
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
