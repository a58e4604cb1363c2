import Glibc
import SIP

/// A SIP app on UDP, as little of one as it takes.
final class PlayedPhone {
    static let domain = "bench.example"

    let user: String
    private let password: String
    private let own: LoopbackAddress
    private let server: LoopbackAddress
    let socket: Socket
    private let ha1: String
    private var sequence = 0
    private var nonceCount: UInt32 = 0
    private var challenge: Digest.Challenge?

    /// Each host of 127.0.0.0/8 is a source of its own to the daemon.
    init(user: String, password: String, host: UInt16, server: LoopbackAddress) throws {
        self.user = user
        self.password = password
        self.server = server
        socket = try Socket(.datagram)
        try socket.bind(LoopbackAddress(host: host, port: 0))
        own = LoopbackAddress(host: host, port: try socket.port())
        try socket.connect(server)
        ha1 = Digest.ha1(username: user, realm: Self.domain, password: password, hash: MD5.hash)
    }

    /// REGISTER, challenged and answered.
    func register() throws {
        let refusal = try exchange(register(proving: false))
        guard case .response(let response) = refusal, let challenge = response.headers.wwwAuthenticate.first(where: { $0.algorithm == .md5 }) else {
            throw BenchError("REGISTER was not challenged")
        }
        self.challenge = challenge
        guard case .response(let answer) = try exchange(register(proving: true)), answer.status.isSuccess else {
            throw BenchError("REGISTER with the right password was refused")
        }
    }

    // MARK: Requests

    /// The next REGISTER; `isProven` puts the answer to the challenge in.
    func register(proving isProven: Bool) throws -> [UInt8] {
        try request(
            "REGISTER", to: "sip:\(Self.domain)", recipient: "sip:\(user)@\(Self.domain)", callID: "register-\(user)-\(own.port)", isProven: isProven,
            fields: ["Contact: <sip:\(user)@\(own.text):\(own.port)>;+sip.instance=\"<urn:uuid:0000-\(own.host)>\"", "Expires: 3600"])
    }

    /// The next MESSAGE, with the answer to the challenge.
    func message(to recipient: String, _ text: String) throws -> [UInt8] {
        let uri = "sip:\(recipient)@\(Self.domain)"
        return try request(
            "MESSAGE", to: uri, recipient: uri, callID: "message-\(user)-\(own.port)-\(sequence)", isProven: true,
            fields: ["Content-Type: text/plain"], body: text)
    }

    private func request(
        _ method: String, to uri: String, recipient: String, callID: String, isProven: Bool, fields: [String], body: String = ""
    ) throws -> [UInt8] {
        sequence += 1
        var lines = [
            "\(method) \(uri) SIP/2.0", "Via: SIP/2.0/UDP \(own.text):\(own.port);branch=z9hG4bK-\(own.host)-\(own.port)-\(sequence);rport",
            "Max-Forwards: 70", "From: <sip:\(user)@\(Self.domain)>;tag=\(own.host)", "To: <\(recipient)>", "Call-ID: \(callID)",
            "CSeq: \(sequence) \(method)",
        ]
        if isProven { lines.append("Authorization: \(try credentials(method, uri))") }
        lines += fields + ["Content-Length: \(body.utf8.count)", "", body]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private func credentials(_ method: String, _ uri: String) throws -> String {
        nonceCount += 1
        guard let challenge,
            let answer = Digest.answer(
                challenge, username: user, ha1: ha1, method: method == "REGISTER" ? .register : .message, uri: try URI(decoding: uri),
                cnonce: "bench", nonceCount: nonceCount, hash: MD5.hash)
        else { throw BenchError("there is no challenge to answer") }
        return answer.description
    }

    // MARK: Datagrams

    /// Sends a request until it is answered: the API may be up before the SIP server.
    private func exchange(_ octets: [UInt8]) throws -> Message {
        for _ in 0..<20 {
            if let answer = try? answer(to: octets) { return answer }
            usleep(100_000)
        }
        throw BenchError("the SIP server does not answer")
    }

    private func answer(to octets: [UInt8]) throws -> Message? {
        try socket.send(octets)
        while let message = try receive(milliseconds: 1000) {
            if case .response(let response) = message, response.status.isFinal { return message }
        }
        return nil
    }

    /// The next message, nil when none comes in time.
    func receive(milliseconds: Int32) throws -> Message? {
        var readiness = Readiness([socket.descriptor])
        guard try !readiness.wait(milliseconds: milliseconds).isEmpty else { return nil }
        var buffer = [UInt8](repeating: 0, count: 8192)
        return try Message(decoding: Array(try socket.receive(into: &buffer)))
    }

    /// 200 to a request, with the fields that name its transaction.
    func accept(_ request: Request) throws {
        try socket.send(Response(to: request, .ok, toTag: "bench").encoded())
    }
}
