import Exchange
import Telephony

/// Why a request was not carried out: `{"error":{"code","message","field"?}}`.
public struct Problem: Error, Hashable, Sendable {
    public let status: Int
    /// For programs: stable, one word with underscores.
    public let code: String
    /// For people: one sentence, no secret.
    public let message: String
    /// The input that is at fault.
    public let field: String?
    /// Seconds after which it may be tried again.
    public let retryAfter: Int?

    public init(_ status: Int, _ code: String, _ message: String, field: String? = nil, retryAfter: Int? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.field = field
        self.retryAfter = retryAfter
    }

    public static func badRequest(_ message: String, field: String? = nil) -> Problem {
        Problem(400, "bad_request", message, field: field)
    }

    public static func unprocessable(_ message: String, field: String? = nil) -> Problem {
        Problem(422, "unprocessable", message, field: field)
    }

    public static func notFound(_ message: String) -> Problem { Problem(404, "not_found", message) }
    public static func conflict(_ message: String, field: String? = nil) -> Problem { Problem(409, "conflict", message, field: field) }
    public static let unauthorized = Problem(401, "unauthorized", "A valid token is needed: Authorization: Bearer hl_…")
    public static let internalError = Problem(500, "internal", "Something went wrong here; the log says what")
    static let tooLarge = Problem(413, "too_large", "The body is too large")
    static let unsupportedMediaType = Problem(415, "unsupported_media_type", "The body is to be application/json")
    static let stopping = Problem(503, "unavailable", "Homeline is stopping", retryAfter: 5)
    static let tooSlow = Problem(408, "timeout", "The request did not arrive in time")

    public static func forbidden(_ scope: Token.Scope) -> Problem {
        Problem(403, "forbidden", "The token lacks the scope \(scope.rawValue)")
    }

    /// What the ledger refused. A full or busy ledger is asked again later; its words are for the log.
    public init(_ error: LedgerError) {
        switch error {
        case .conflict: self.init(409, "conflict", error.description)
        case .full, .busy: self.init(503, "unavailable", "Messages cannot be stored right now", retryAfter: 5)
        case .broken, .unusable: self.init(503, "unavailable", "Messages cannot be stored; the log says why", retryAfter: 30)
        }
    }

    /// As it goes over the wire.
    public var response: Response {
        var error: [JSON.Member] = [("code", .string(code)), ("message", .string(message))]
        if let field { error.append(("field", .string(field))) }
        var response = Response.json(status, .object([("error", .object(error))]))
        if let retryAfter { response.headers.append(("Retry-After", String(retryAfter))) }
        if status == 401 { response.headers.append(("WWW-Authenticate", "Bearer realm=\"homeline\"")) }
        return response
    }
}
