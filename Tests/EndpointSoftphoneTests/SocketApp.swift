import Logging
import SIP
import SIPStack
import Testing

@testable import EndpointSoftphone

/// Alice's app at a socket of its own, which knows her password.
struct SocketApp {
    let agent: UserAgent
    private let server: ListenAddress

    init(at server: ListenAddress) async throws {
        let loopback = try #require(IPAddress("127.0.0.1"))
        agent = UserAgent(UserAgentSettings(listen: [ListenAddress(.udp, loopback, port: 0)]), log: Logger(label: "app"))
        self.server = server
        try await agent.start()
    }

    /// What a request is answered that proves nothing.
    func send(_ request: Request) async throws -> Response {
        try await agent.send(request, to: .uri(try URI(decoding: "sip:127.0.0.1:\(server.port);transport=\(server.transport.rawValue)")))
    }

    /// What the second try is answered, which answers the challenge.
    func prove(_ request: Request) async throws -> Response {
        let challenge = try #require(try await send(request).headers.wwwAuthenticate.first)
        let ha1 = Digest.ha1(username: "alice", realm: "sms.example.org", password: "right", hash: Hashing.sha256)
        let answer = Digest.answer(
            challenge, username: "alice", ha1: ha1, method: request.method, uri: request.uri, cnonce: "c", hash: Hashing.sha256)
        var second = request
        second.headers.authorization = [try #require(answer)]
        second.headers.cseq = CSeq(2, request.method)
        return try await send(second)
    }

    func request(_ method: SIP.Method, to uri: String = "sip:sms.example.org", from host: String = "sms.example.org", callID: String = "c-1") throws -> Request {
        var request = Request(method: method, uri: try URI(decoding: uri))
        request.headers.from = try NameAddress(decoding: "<sip:alice@\(host)>;tag=1")
        request.headers.to = try NameAddress(decoding: "<sip:alice@\(host)>")
        request.headers.callID = callID
        request.headers.cseq = CSeq(1, method)
        return request
    }

    func register() async throws -> Response {
        var request = try request(.register)
        request.headers.append(.contact, "<sip:alice@127.0.0.1:5082>;+sip.instance=\"<urn:uuid:4c41>\";expires=3600")
        return try await prove(request)
    }
}

extension Softphone {
    /// Serves for the length of the body.
    func served(_ body: (ListenAddress) async throws -> Void) async throws {
        let serving = Task { try await run() }
        defer { serving.cancel() }
        while await agent.listening.isEmpty { await Task.yield() }
        try await body(try #require(await agent.listening.first))
    }
}
