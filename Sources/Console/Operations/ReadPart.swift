import Exchange
import HTTPStack
import Telephony

/// `GET /api/v1/messages/{id}/parts/{number}`: the octets of one part, its number from 0.
struct ReadPart: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.get, "/api/v1/messages/{id}/parts/{number}", access: .scope(.read)) { request in
            _ = try request.queryParameters()
            let message = try await desk.message(request.parameter("id")).message
            let digits = request.parameter("number")
            guard digits.utf8.count <= 4, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
                message.parts.indices.contains(number)
            else { throw Problem.notFound("There is no such part") }
            let part = message.parts[number]
            return try await ServedFile(part, number, of: message.id, in: desk.media).response(
                to: request, contentType: Self.harmless(part.contentType),
                headers: [
                    ("Content-Disposition", ContentDisposition.attachment.value(name: part.name ?? "part-\(number)")),
                    ("Content-Security-Policy", "sandbox; default-src 'none'"),
                ])
        }
    }

    /// A sender's word goes into a header field only where it is one.
    private static func harmless(_ contentType: String) -> String {
        let isType = contentType.contains("/") && contentType.utf8.count <= 200 && contentType.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        return isType ? contentType : "application/octet-stream"
    }
}
