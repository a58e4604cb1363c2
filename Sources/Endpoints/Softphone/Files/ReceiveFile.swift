import Exchange
import Files
import HTTPStack
import Telephony

/// `POST /files`, as Linphone does it: first without a body, to be challenged and let in with 204; then a form of one file, whose answer is the
/// document that the app puts into its message. Nothing is kept of a file that did not come whole.
struct ReceiveFile: Sendable {
    let server: FileServer

    /// Octets of the form around the file.
    static let surplus = 64 * 1024

    func respond(_ request: Request, _ body: RequestBody) async throws -> Response {
        let person: PersonID
        switch await server.login(request.credentials) {
        case .challenges(let challenges): return .empty(401, headers: challenges.map { ("WWW-Authenticate", $0) })
        case .person(let found): person = found
        }
        guard let reader = MultipartReader(contentType: request.header("Content-Type") ?? "") else { return try await greet(body) }
        if let length = request.header("Content-Length").flatMap({ Int($0) }), length > server.limit + Self.surplus { throw tooLarge }
        guard server.uploads.begin(person) else { throw Problem(429, "rate_limited", "Too many files at a time", retryAfter: 5) }
        defer { server.uploads.ended(person) }
        do {
            return try await receive(body, reader)
        } catch let error as MediaError {
            throw problem(for: error)
        } catch let error as MultipartError {
            throw Problem.badRequest(error.reason)
        }
    }

    /// The request without a body only asks whether its sender is let in.
    private func greet(_ body: RequestBody) async throws -> Response {
        try await body.read { _ in throw Problem(415, "unsupported_media_type", "A file is sent as multipart/form-data") }
        return .empty(204)
    }

    private func receive(_ body: RequestBody, _ reader: MultipartReader) async throws -> Response {
        var reader = reader
        var form = UploadForm(intake: try await server.media.receive(limit: server.limit))
        do {
            try await body.read { piece in
                for event in try reader.feed(piece) { try await form.take(event) }
            }
            guard reader.isComplete, let head = form.head else { throw Problem.badRequest("The form has no whole file") }
            let kept = try await form.intake.keep()
            let contentType = FileLink.plain(head.contentType ?? "")
            let name = PercentEncoding.decode(head.fileName ?? "", plus: .literal) ?? head.fileName ?? FileName.made(for: contentType)
            return answer(kept, FileName.harmless(name), contentType)
        } catch {
            await form.intake.discard()
            throw error
        }
    }

    private func answer(_ kept: Media, _ name: String, _ contentType: String) -> Response {
        let link = FileLink(.media(kept), name: name, contentType: contentType, expires: server.mint.now() + FileLinks.lifetime)
        let document = link.document(url: server.links.url(of: link), name: name, size: kept.size)
        return Response(status: 200, contentType: "application/vnd.gsma.rcs-ft-http+xml; charset=utf-8", body: .octets(document))
    }

    /// 400 is what apps show as too large.
    private var tooLarge: Problem { .badRequest("A file may have at most \(server.limit) octets") }

    private func problem(for error: MediaError) -> Problem {
        switch error {
        case .tooLarge: return tooLarge
        case .full:
            server.log.warning("\(error)")
            return Problem(507, "full", "There is no room for files now", retryAfter: 60)
        case .missing, .damaged, .failed:
            server.log.error("\(error)")
            return .internalError
        }
    }
}

/// The first file of a form, on its way into the store; other fields are passed over.
private struct UploadForm {
    let intake: any MediaIntake
    private(set) var head: MultipartHead?
    private var isWithin = false

    init(intake: any MediaIntake) { self.intake = intake }

    mutating func take(_ event: MultipartReader.Event) async throws {
        switch event {
        case .part(let found):
            isWithin = head == nil && found.fileName != nil
            if isWithin { head = found }
        case .octets(let octets): if isWithin { try await intake.write(Array(octets)) }
        case .partEnds: isWithin = false
        }
    }
}

extension Request {
    var credentials: FileServer.Credentials {
        let address = switch source {
        case .network(let address): address
        case .local: ""
        }
        return FileServer.Credentials(
            authorization: header("Authorization"), method: method, target: query.isEmpty ? path : "\(path)?\(query)", source: address)
    }
}
