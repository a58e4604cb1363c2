import Telephony

/// One method on one path, with what it needs and how it answers. Kinds contribute these; the site serves them.
public struct Operation: Sendable {
    /// Who may call.
    public enum Access: Hashable, Sendable {
        /// Anybody; the operation looks at the caller itself.
        case open
        /// A token with this scope, or the local socket.
        case scope(Token.Scope)
    }

    public typealias Respond = @Sendable (Request) async throws -> Response

    public let method: Method
    /// A path template, `/api/v1/messages/{id}`; a parameter stands for one whole segment.
    public let path: String
    public let access: Access
    /// Octets of body that are read at most; more are answered 413.
    public let bodyLimit: Int
    let respond: Respond

    public init(_ method: Method, _ path: String, access: Access, bodyLimit: Int = 0, respond: @escaping Respond) {
        self.method = method
        self.path = path
        self.access = access
        self.bodyLimit = bodyLimit
        self.respond = respond
    }
}

/// The methods that operations use (RFC 9110 §9).
public enum Method: String, Hashable, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
}
