/// An answer. Every answer is marked uncacheable and unsniffable by the site.
public struct Response: Sendable {
    public enum Body: Sendable {
        case octets([UInt8])
        /// Pulled until nil, one piece at a time as the peer reads.
        case stream(next: @Sendable () async throws -> [UInt8]?)
    }

    public let status: Int
    public var contentType: String
    /// Further header fields.
    public var headers: [(name: String, value: String)] = []
    public let body: Body

    public init(status: Int, contentType: String, body: Body) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    public static func json(_ status: Int = 200, _ document: JSON) -> Response {
        Response(status: status, contentType: "application/json", body: .octets(document.encoded))
    }

    public static func text(_ text: String, contentType: String = "text/plain; charset=utf-8") -> Response {
        Response(status: 200, contentType: contentType, body: .octets(Array(text.utf8)))
    }
}
