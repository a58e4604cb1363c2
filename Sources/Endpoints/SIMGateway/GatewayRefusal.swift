import Exchange
import HTTPStack

/// Why a request was not carried out: `{"success":false,"error":"…"}`.
struct GatewayRefusal: Error, Hashable, Sendable {
    let status: Int
    /// One sentence without a secret.
    let text: String
    let retryAfter: Int?

    init(_ status: Int, _ text: String, retryAfter: Int? = nil) {
        self.status = status
        self.text = text
        self.retryAfter = retryAfter
    }

    init(_ error: SubmissionError) {
        switch error {
        case .ledger, .queueFull: self.init(503, "Messages cannot be stored right now", retryAfter: SubmissionError.queuePause)
        case .badRecipient: self.init(400, "That is no telephone number")
        case .unknownLine, .noRecipients, .empty, .tooLarge, .refused: self.init(400, error.description)
        }
    }

    var response: Response {
        var response = Response.json(status, ["success": false, "error": .string(text)])
        if let retryAfter { response.headers.append(("Retry-After", String(retryAfter))) }
        if status == 401 { response.headers.append(("WWW-Authenticate", "Bearer realm=\"homeline\"")) }
        return response
    }
}
