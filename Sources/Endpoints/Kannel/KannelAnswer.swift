import Exchange
import HTTPStack

/// What Kannel answers: a status and a line of text that clients compare to the letter.
enum KannelAnswer: Error, Hashable, Sendable {
    case accepted
    case unauthorized(wait: Int?)
    case noReceiver
    case noText
    case badReceiver
    /// A charset or coding we do not send.
    case badText
    case notRoutable
    case later

    init(_ error: SubmissionError) {
        switch error {
        case .ledger, .queueFull: self = .later
        case .badRecipient: self = .badReceiver
        case .noRecipients: self = .noReceiver
        case .empty, .tooLarge: self = .badText
        case .refused, .unknownLine: self = .notRoutable
        }
    }

    private var form: (status: Int, text: String) {
        switch self {
        case .accepted: (202, "0: Accepted for delivery")
        case .unauthorized(nil): (403, "Authorization failed for sendsms")
        case .unauthorized: (429, "Authorization failed for sendsms")
        case .noReceiver: (400, "Empty receiver number not allowed, rejected")
        case .noText: (400, "Empty text not allowed, rejected")
        case .badReceiver: (400, "Garbage `to' field, rejected.")
        case .badText: (400, "Charset or body misformed, rejected")
        case .notRoutable: (403, "Not routable. Do not try again.")
        case .later: (503, "Temporal failure, try again later.")
        }
    }

    var response: Response {
        var response = Response(status: form.status, contentType: "text/html", body: .octets(Array(form.text.utf8)))
        switch self {
        case .unauthorized(let wait?): response.headers.append(("Retry-After", String(wait)))
        case .later: response.headers.append(("Retry-After", String(SubmissionError.queuePause)))
        case .accepted, .unauthorized, .noReceiver, .noText, .badReceiver, .badText, .notRoutable: break
        }
        return response
    }
}
