/// A request (RFC 3261 §7.1).
public struct Request: Sendable {
    public var method: Method
    private var target: Target
    /// The version of the request line. Anything but 2.0 is answered 505.
    public var version: Version
    public var headers: Headers
    public var body: [UInt8]

    /// The request URI as it came or as it was set.
    private enum Target: Sendable {
        case octets(ArraySlice<UInt8>)
        case value(URI)
    }

    public init(method: Method, uri: URI, headers: Headers = Headers(), body: [UInt8] = []) {
        self.method = method
        self.target = .value(uri)
        self.version = .sip2
        self.headers = headers
        self.body = body
    }

    init(method: Method, target: ArraySlice<UInt8>, version: Version, headers: Headers, body: [UInt8]) {
        self.method = method
        self.target = .octets(target)
        self.version = version
        self.headers = headers
        self.body = body
    }

    /// The request URI, read from the octets when asked for. Text that is no URI gives one that is not well-formed.
    public var uri: URI {
        get {
            switch target {
            case .octets(let octets): URI(lenient: octets)
            case .value(let uri): uri
            }
        }
        set { target = .value(newValue) }
    }

    /// Wire form; see `Message.encoded()`.
    public func encoded() -> [UInt8] {
        MessageEncoder.encode(startLine: "\(method) \(uri) \(version)", headers: headers, body: body)
    }
}

extension Request: Hashable {
    public static func == (one: Request, other: Request) -> Bool {
        one.method == other.method && one.version == other.version && one.body == other.body && one.uri == other.uri && one.headers == other.headers
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(method)
        hasher.combine(uri)
        hasher.combine(headers)
    }
}
