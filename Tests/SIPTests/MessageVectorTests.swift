import SIP
import Testing
import Wire

/// What holds for every message vector: those of the RFCs and those captured from Linphone 5.1, baresip 1.0 and Kamailio 5.6.
@Suite struct MessageVectorTests {
    @Test(arguments: Vectors.messages)
    func `decoded, encoded and decoded again is the same value`(name: String) throws {
        guard let first = try? Message(decoding: Vectors.octets("\(name).sip")) else { return }
        // Without Content-Length the first has one field fewer; NUL in a value becomes a space; a line that is no field goes.
        let second = try Message(decoding: first.encoded())
        #expect(try Message(decoding: second.encoded()) == second)
        #expect(second.body == first.body)
        guard !name.hasSuffix("intmeth") else { return }
        #expect(Self.fields(second) == Self.fields(first))
    }

    private static func fields(_ message: Message) -> [String] {
        message.headers.filter { $0.name != .contentLength && !$0.name.description.isEmpty }.map { "\($0.name): \($0.value)" }
    }

    @Test(arguments: Vectors.messages)
    func `no truncation and no changed octet traps`(name: String) throws {
        let octets = try Vectors.octets("\(name).sip")
        // Behind the empty line nothing is looked at. Every octet of the two hardest, some of the others; the fuzzer does the rest.
        let end = octets.indices.first { octets[$0...].starts(with: [13, 10, 13, 10]) } ?? octets.count
        let step = ["torture/wsinv", "captured/linphone-register-credentials"].contains(name) ? 1 : 7
        for index in stride(from: 0, to: min(end + 4, octets.count), by: step) {
            Self.exercise(Array(octets[..<index]))
            var mutated = octets
            mutated[index] ^= 1 << UInt8(index % 8)
            Self.exercise(mutated)
        }
    }

    /// Everything a server reads before it trusts a message.
    static func exercise(_ octets: [UInt8]) {
        guard let message = try? Message(decoding: octets) else { return }
        switch message {
        case .request(let request): _ = RequestCheck.verdict(for: request)
        case .response(let response): _ = ResponseCheck.verdict(for: response)
        }
        _ = message.headers.authorization
        _ = message.headers.date
        _ = message.encoded()
    }

    @Test(arguments: Vectors.names(in: "captured"))
    func `what real clients send passes the checks`(name: String) throws {
        switch try Message(decoding: Vectors.octets("captured/\(name).sip")) {
        case .request(let request): #expect(RequestCheck.verdict(for: request) == .ok)
        case .response(let response):
            // A proxy stood between: only the ones with one Via are for us.
            #expect(ResponseCheck.verdict(for: response) == .ok || response.headers.via.count > 1)
        }
    }

    @Test func `a REGISTER of Linphone gives device, credentials and what it takes`() throws {
        let request = try Self.captured("linphone-register-credentials")
        let contact = try #require(request.headers.contacts.first)
        #expect(contact.instance == "urn:uuid:4c41f4c2-ab4a-0022-83e7-8072b567c214")
        #expect(contact.uri?.transport == "udp")
        #expect(request.headers.to?.uri.description == "sip:alice@127.0.0.1")
        #expect(request.headers.contentLength == nil && request.body.isEmpty)
        #expect(request.headers.accept.map(\.mediaType) == ["application/sdp", "text/plain", "application/vnd.gsma.rcs-ft-http+xml"])
        #expect(request.headers.supported == ["replaces", "outbound", "gruu"])
        #expect(request.headers.expires == 300)
        #expect(request.headers.topVia?.asksForResponsePort == true)
        let credentials = try #require(request.headers.authorization.first)
        #expect(credentials.username == "alice" && credentials.nonceCount == 1 && credentials.qop == "auth" && credentials.algorithm == .md5)
    }

    @Test func `a MESSAGE of Linphone gives text, time and an empty charset`() throws {
        let request = try Self.captured("linphone-message")
        #expect(String(decoding: request.body, as: UTF8.self) == "Plain text żółć 🎉")
        #expect(request.headers.date == 1_795_214_881)
        #expect(request.headers.contentType?.charset == nil)
        #expect(try Self.captured("linphone-imdn-deflated").headers.contentEncoding == ["deflate"])
    }

    static func captured(_ name: String) throws -> Request {
        guard case .request(let request) = try Message(decoding: Vectors.octets("captured/\(name).sip")) else { throw TortureTests.NotARequest() }
        return request
    }
}
