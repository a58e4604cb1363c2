import Telephony

/// One method on one path, with what it needs and how it answers. Kinds contribute these; the site serves them.
public struct Operation: Sendable {
    /// Who may call.
    public enum Access: Hashable, Sendable {
        /// Anybody; the operation looks at the caller itself.
        case open
        /// A token with this scope, or the local socket.
        case scope(Token.Scope)
        /// Who calls proves who they are to the operation, in its own way: what they say of themselves is not taken for a token.
        case own
    }

    public typealias Respond = @Sendable (Request) async throws -> Response
    public typealias RespondReading = @Sendable (Request, RequestBody) async throws -> Response

    /// How an operation gets the body.
    enum Answer: Sendable {
        /// JSON, read whole before the operation is asked.
        case whole(Respond)
        /// Octets of any kind, read by the operation as they come.
        case reading(RespondReading)
    }

    public let method: Method
    /// A path template, `/api/v1/messages/{id}`; a parameter stands for one whole segment.
    public let path: String
    public let access: Access
    /// Octets of body that are read at most; more are answered 413.
    public let bodyLimit: Int
    /// What its request line may have, where that is more than the listener allows everywhere.
    private(set) var longTarget: LongTarget?
    let answer: Answer

    public init(_ method: Method, _ path: String, access: Access, bodyLimit: Int = 0, respond: @escaping Respond) {
        self.init(method, path, access: access, bodyLimit: bodyLimit, answer: .whole(respond))
    }

    /// One that reads its body in pieces, at most `reading` octets of it.
    public init(_ method: Method, _ path: String, access: Access, reading limit: Int, respond: @escaping RespondReading) {
        self.init(method, path, access: access, bodyLimit: limit, answer: .reading(respond))
    }

    /// Answers in the place of another operation, which has admitted the caller. Only for one without a body.
    public func respond(to request: Request) async throws -> Response {
        switch answer {
        case .whole(let respond): try await respond(request)
        case .reading(let respond): try await respond(request, RequestBody([], limit: 0))
        }
    }

    /// The same, for clients that send files in the query: a GET whose request line may have so many octets, which the budget holds. Not for a
    /// path with parameters.
    public func takingTargets(of octets: Int, within budget: OctetBudget) -> Operation {
        var operation = self
        operation.longTarget = LongTarget(limit: octets, budget: budget)
        return operation
    }

    private init(_ method: Method, _ path: String, access: Access, bodyLimit: Int, answer: Answer) {
        self.method = method
        self.path = path
        self.access = access
        self.bodyLimit = bodyLimit
        self.answer = answer
    }
}

/// The methods that operations use (RFC 9110 §9).
public enum Method: String, Hashable, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
}
