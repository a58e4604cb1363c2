import Telephony

/// A request we make.
public struct OutgoingRequest: Sendable {
    /// What is wanted of an answer's body.
    public enum AnswerBody: Sendable {
        /// All of it; an answer with more octets is a failure.
        case whole(limit: Int)
        /// All of it, if the status is 200, in pieces as it comes; the next when the last was taken. More octets are a failure.
        case pieces(limit: Int, take: @Sendable ([UInt8]) async throws -> Void)
        /// Nothing: the status says it all. A short one is taken off the wire so that the connection can serve again.
        case none
    }

    /// What it means when it is made twice.
    public enum Repetition: Hashable, Sendable {
        case harmless
        /// A text would be sent twice: an answer that was lost after the request may have left is told as `lostAnswer`.
        case costly
    }

    public let method: Method
    public let url: WebURL
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// For everything: resolving, connecting, sending, and the whole answer.
    public var timeout: Duration
    public var answerBody: AnswerBody
    /// How many redirects of a GET are followed, each checked like the first address.
    public var redirects: Int
    public var repetition: Repetition

    public init(
        _ method: Method, _ url: WebURL, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        timeout: Duration = .seconds(30), answerBody: AnswerBody = .whole(limit: 64 * 1024), redirects: Int = 0,
        repetition: Repetition = .harmless
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.answerBody = answerBody
        self.redirects = min(redirects, 3)
        self.repetition = repetition
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
    /// Throws a failure when there was no answer: unreachable, timeout, or refused by our own policy; `lostAnswer` only of what is costly to
    /// repeat, and then every other failure means that nothing left.
    func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer
}
