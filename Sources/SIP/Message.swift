import Wire

/// A SIP request or response (RFC 3261 §7).
public enum Message: Hashable, Sendable {
    case request(Request)
    case response(Response)

    /// The message in one datagram.
    ///
    /// Throws where there is nothing that could be answered: no start line, no header section, over the limits. What can be
    /// answered is decoded however wrong it is; `RequestCheck` and `ResponseCheck` judge it.
    public init(decoding octets: [UInt8]) throws(DecodeError) {
        try self.init(decoding: octets, within: .datagram)
    }

    /// Wire form. Content-Length is always that of the body, and no field holds CR, LF or NUL.
    public func encoded() -> [UInt8] {
        switch self {
        case .request(let request): request.encoded()
        case .response(let response): response.encoded()
        }
    }

    public var headers: Headers {
        switch self {
        case .request(let request): request.headers
        case .response(let response): response.headers
        }
    }

    public var body: [UInt8] {
        switch self {
        case .request(let request): request.body
        case .response(let response): response.body
        }
    }
}
