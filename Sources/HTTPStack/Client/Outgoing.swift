import Telephony

/// A request we make.
public struct OutgoingRequest: Sendable {
    public let method: Method
    public let url: WebURL
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// For everything: resolving, connecting, sending, and the whole answer.
    public var timeout: Duration
    /// Octets of answer that are taken.
    public var answerLimit: Int
    /// How many redirects of a GET are followed, each checked like the first address.
    public var redirects: Int

    public init(
        _ method: Method, _ url: WebURL, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        timeout: Duration = .seconds(30), answerLimit: Int = 64 * 1024, redirects: Int = 0
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.answerLimit = answerLimit
        self.redirects = min(redirects, 3)
    }
}

/// What a server answered.
public struct OutgoingAnswer: Sendable {
    public let status: Int
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]

    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header field, whatever the case of its name.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Makes HTTP requests; the guarded client, or a script in tests.
public protocol WebClient: Sendable {
    /// Throws a failure when there was no answer: unreachable, timeout, or refused by our own policy.
    func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer
}
