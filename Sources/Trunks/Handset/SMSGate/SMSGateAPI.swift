import HTTPStack
import Telephony

/// The requests that the app and its server answer.
struct SMSGateAPI: Sendable {
    let settings: SMSGateSettings
    let client: any WebClient

    private var headers: [(name: String, value: String)] {
        [("Authorization", "Basic " + HandsetBase64.encode(Array("\(settings.user):\(settings.password)".utf8)))]
    }

    func request(_ method: Method, _ path: String, _ body: JSON? = nil, limit: Int = 1 << 20) throws(Failure) -> OutgoingRequest {
        guard let url = settings.url.below(path) else { throw Failure(.refused, "the phone's URL is too long") }
        var request = OutgoingRequest(method, url, headers: headers, timeout: .seconds(30), answerBody: .whole(limit: limit))
        if let body {
            request.headers.append(("Content-Type", "application/json"))
            request.body = body.encoded
        }
        return request
    }

    func call(_ method: Method, _ path: String, _ body: JSON? = nil) async throws(Failure) -> OutgoingAnswer {
        try await client.send(try request(method, path, body))
    }

    /// A message to be sent. Sent again under the same name it is known and not sent twice.
    func message(_ content: SMSGateContent, to recipient: Address, as reference: SMSGateReference, seconds: Int64) throws(Failure) -> OutgoingRequest {
        var members: [JSON.Member] = [
            ("id", .string(reference.description)), content.member, ("phoneNumbers", [.string(recipient.text)]),
            ("withDeliveryReport", true), ("ttl", .integer(max(5, seconds))),
        ]
        if let sim = settings.sim { members.append(("simNumber", .integer(Int64(sim)))) }
        if let device = settings.device { members.append(("deviceId", .string(device))) }
        // Our numbers are checked already, and short codes are none to the app.
        return try request(.post, "/messages?skipPhoneValidation=true", .object(members))
    }
}
