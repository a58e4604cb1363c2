import Certificates
import Logging
import SIP
import SIPStack

let loopback = IPAddress(v4: 0x7F00_0001)

/// Settings of a user agent on loopback, on a free port of each transport asked for.
func settings(_ transports: Transport..., certificate: CertificateFiles? = nil, change: (inout UserAgentSettings) -> Void = { _ in }) -> UserAgentSettings {
    var settings = UserAgentSettings(listen: transports.map { ListenAddress($0, loopback, port: 0) }, certificate: certificate)
    settings.sources.rate = 10_000
    settings.sources.burst = 10_000
    change(&settings)
    return settings
}

/// Runs a user agent for the length of the body and stops it, whatever happens.
@discardableResult
func withAgent<Result>(
    _ settings: UserAgentSettings, answering responders: [Method: Responder] = [:], _ body: (UserAgent, [ListenAddress]) async throws -> Result
) async throws -> Result {
    var log = Logger(label: "test")
    log.logLevel = .critical
    let agent = UserAgent(settings, log: log)
    for (method, responder) in responders { await agent.respond(to: method, with: responder) }
    let addresses = try await agent.start()
    do {
        let result = try await body(agent, addresses)
        await agent.stop()
        return result
    } catch {
        await agent.stop()
        throw error
    }
}

extension UserAgent {
    /// Does something while nothing is read from any socket.
    func holdUp(_ work: @Sendable () -> Void) { work() }
}

/// A request as text, with what §8.1.1 demands.
func text(
    _ method: String, branch: String, via: String = "UDP 127.0.0.1:5060", rport: String = ";rport", number: Int = 1, callID: String = "c1",
    cseqMethod: String? = nil, toTag: String = "", more: String = "", body: String = ""
) -> String {
    """
    \(method) sip:bob@127.0.0.1 SIP/2.0\r
    Via: SIP/2.0/\(via);branch=z9hG4bK\(branch)\(rport)\r
    Max-Forwards: 70\r
    From: <sip:alice@127.0.0.1>;tag=a1\r
    To: <sip:bob@127.0.0.1>\(toTag)\r
    Call-ID: \(callID)\r
    CSeq: \(number) \(cseqMethod ?? method)\r
    \(more)Content-Length: \(body.utf8.count)\r
    \r
    \(body)
    """
}

/// A request of ours as a value.
func message(to uri: String = "sip:bob@127.0.0.1", callID: String = "m1", body: String = "hello") throws -> Request {
    var request = Request(method: .message, uri: try URI(decoding: uri), body: Array(body.utf8))
    request.headers.from = try NameAddress(decoding: "<sip:alice@127.0.0.1>;tag=a1")
    request.headers.to = try NameAddress(decoding: "<sip:bob@127.0.0.1>")
    request.headers.callID = callID
    request.headers.cseq = CSeq(1, .message)
    return request
}

let accepting: Responder = { $0.response(.accepted) }
