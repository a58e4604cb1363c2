/// A response (RFC 3261 §7.2).
public struct Response: Hashable, Sendable {
    public var status: Status
    /// Reason phrase, for people only.
    public var reason: String
    public var headers: Headers
    public var body: [UInt8]

    public init(_ status: Status, reason: String? = nil, headers: Headers = Headers(), body: [UInt8] = []) {
        self.status = status
        self.reason = reason ?? status.defaultReason
        self.headers = headers
        self.body = body
    }

    /// The response a server makes of a request (RFC 3261 §8.2.6): Via, From, Call-ID and CSeq as they came, To with `toTag` where it
    /// had none. 100 Trying takes no tag: give nil.
    public init(to request: Request, _ status: Status, reason: String? = nil, toTag: String?) {
        self.init(status, reason: reason)
        headers = request.headers.repeated(in: status)
        guard let toTag, let to = headers.to, to.tag == nil else { return }
        headers.append(tag: toTag, to: .to)
    }

    /// Wire form; see `Message.encoded()`.
    public func encoded() -> [UInt8] {
        MessageEncoder.encode(startLine: "\(Version.sip2) \(status.code) \(reason)", headers: headers, body: body)
    }
}
