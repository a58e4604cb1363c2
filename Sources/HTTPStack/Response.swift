/// An answer. Every answer is marked uncacheable and unsniffable by the site.
public struct Response: Sendable {
    public enum Body: Sendable {
        case octets([UInt8])
        /// Pulled until nil, one piece at a time as the peer reads. A length is promised to the peer, and the connection ends if it is not kept.
        case stream(length: Int? = nil, next: @Sendable () async throws -> [UInt8]?)
    }

    public let status: Int
    /// Empty for an answer without a body.
    public var contentType: String
    /// Further header fields; of several values of one name the last counts, but for WWW-Authenticate and Set-Cookie.
    public var headers: [(name: String, value: String)] = []
    public internal(set) var body: Body
    /// Called when the peer had ended the connection before it was answered, so that it may not know the answer.
    public var whenLost: (@Sendable () -> Void)?

    public init(status: Int, contentType: String, body: Body) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// An answer that is all in its status and header fields.
    public static func empty(_ status: Int, headers: [(name: String, value: String)] = []) -> Response {
        var response = Response(status: status, contentType: "", body: .octets([]))
        response.headers = headers
        return response
    }

    public static func json(_ status: Int = 200, _ document: JSON) -> Response {
        Response(status: status, contentType: "application/json", body: .octets(document.encoded))
    }

    public static func text(_ text: String, contentType: String = "text/plain; charset=utf-8") -> Response {
        Response(status: 200, contentType: contentType, body: .octets(Array(text.utf8)))
    }
}
