/// A request (RFC 3261 §7.1).
public struct Request: Hashable, Sendable {
    public var method: Method
    public var uri: URI
    /// The version of the request line. Anything but 2.0 is answered 505.
    public var version: Version
    public var headers: Headers
    public var body: [UInt8]

    public init(method: Method, uri: URI, headers: Headers = Headers(), body: [UInt8] = []) {
        self.method = method
        self.uri = uri
        self.version = .sip2
        self.headers = headers
        self.body = body
    }

    /// Wire form; see `Message.encoded()`.
    public func encoded() -> [UInt8] {
        MessageEncoder.encode(startLine: "\(method) \(uri) \(version)", headers: headers, body: body)
    }
}
