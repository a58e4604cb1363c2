import HTTPStack
import Telephony

/// The requests that the server answers.
struct HTTPSMSAPI: Sendable {
    /// Characters that the server takes in one message.
    static let textLimit = 2048
    static let attachmentLimit = 10

    let settings: HTTPSMSSettings
    let client: any WebClient

    func request(_ method: Method, _ path: String, _ body: JSON? = nil) throws(Failure) -> OutgoingRequest {
        guard let url = settings.url.below(path) else { throw Failure(.refused, "the server's URL is too long") }
        var request = OutgoingRequest(method, url, headers: [("x-api-key", settings.key)], timeout: .seconds(30), answerBody: .whole(limit: 1 << 20))
        if let body {
            request.headers.append(("Content-Type", "application/json"))
            request.body = body.encoded
        }
        return request
    }

    func call(_ method: Method, _ path: String, _ body: JSON? = nil) async throws(Failure) -> OutgoingAnswer {
        try await client.send(try request(method, path, body))
    }

    /// - Parameters:
    ///   - files: where the phone fetches each; with any, it is sent as a picture message.
    ///   - name: ours for the message; the server tells it back and does not look whether it had one before.
    func message(_ text: String, files: [String] = [], to recipient: Address, as name: String) throws(Failure) -> OutgoingRequest {
        guard text.unicodeScalars.count <= Self.textLimit else { throw Failure(.refused, "httpSMS takes \(Self.textLimit) characters in one message") }
        guard files.count <= Self.attachmentLimit else { throw Failure(.refused, "httpSMS takes \(Self.attachmentLimit) files in one message") }
        // A message of files alone needs a text all the same: one that shows nothing.
        let content = text.isEmpty ? "\u{200B}" : text
        var members: [JSON.Member] = [
            ("from", .string(settings.number)), ("to", .string(recipient.text)), ("content", .string(content)), ("request_id", .string(name)),
        ]
        if !files.isEmpty { members.append(("attachments", .array(files.map { .string($0) }))) }
        var request = try request(.post, "/v1/messages/send", .object(members))
        request.repetition = .costly
        return request
    }

    /// The newest messages with one party, our names for them among what is told.
    func messages(with contact: String, skip: Int = 0) async throws(Failure) -> OutgoingAnswer {
        let owner = PercentEncoding.encode(settings.number), contact = PercentEncoding.encode(contact)
        return try await call(.get, "/v1/messages?owner=\(owner)&contact=\(contact)&limit=\(HTTPSMSCatchUp.page)&skip=\(skip)")
    }

    /// What a list holds. Throws where it is none: a page that a network puts before all others is no empty list.
    static func entries(of answer: OutgoingAnswer) throws(Failure) -> [JSON] {
        guard answer.status == 200 else { throw Failure(.http(answer.status)) }
        guard answer.isObject else { throw Failure(.unreachable, "what answers is not httpSMS; look at url") }
        return answer.document["data"]?.elements ?? []
    }

    func threads(skip: Int) async throws(Failure) -> OutgoingAnswer {
        try await call(.get, "/v1/message-threads?owner=\(PercentEncoding.encode(settings.number))&limit=\(HTTPSMSCatchUp.page)&skip=\(skip)")
    }

    func lastHeartbeat() async throws(Failure) -> OutgoingAnswer {
        try await call(.get, "/v1/heartbeats?owner=\(PercentEncoding.encode(settings.number))&limit=1")
    }
}
