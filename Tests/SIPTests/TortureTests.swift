import SIP
import Testing

/// RFC 4475 and RFC 5118, by name.
@Suite struct TortureTests {
    @Test(arguments: Vectors.rows("torture.txt"))
    func `every torture message gets what its RFC says`(row: [String]) throws {
        let (name, expected) = (row[0], row[1])
        #expect(try Self.outcome(of: Vectors.octets("torture/\(name).sip")) == expected, "\(name): \(row[5])")
    }

    @Test func `every file has a row and every row a file`() {
        #expect(Vectors.rows("torture.txt").map { $0[0] }.sorted() == Vectors.names(in: "torture"))
    }

    private static func outcome(of octets: [UInt8]) -> String {
        guard let message = try? Message(decoding: octets) else { return "undecodable" }
        switch message {
        case .request(let request):
            switch RequestCheck.verdict(for: request) {
            case .ok: return "ok"
            case .reject(let status, _): return "\(status.code)"
            case .drop: return "drop"
            }
        case .response(let response):
            return ResponseCheck.verdict(for: response) == .ok ? "response" : "drop"
        }
    }

    @Test func `the tortuous INVITE means what its plain form means`() throws {
        let request = try Self.request("wsinv")
        let headers = request.headers
        #expect(request.method == .invite)
        #expect(request.uri.parameters.contains("unknownparam"))
        #expect(headers.to == NameAddress(uri: try URI(decoding: "sip:vivekg@chair-dnrc.example.com"), parameters: [Parameter("tag", "1918181833n")]))
        #expect(headers.from?.displayName == "J Rosenberg \\\"")
        #expect(headers.from?.tag == "98asjd8")
        #expect(headers.maxForwards == 68)
        #expect(headers.cseq == CSeq(9, .invite))
        #expect(headers[.subject] == "")
        #expect(headers[try #require(HeaderName("newfangledheader"))] == "newfangled value continued newfangled value")
        #expect(headers[try #require(HeaderName("unknownheaderwithunusualvalue"))] == ";;,,;;,;")
        #expect(headers.via.map(\.description) == [
            "SIP/2.0/UDP 192.0.2.2;branch=390skdjuw", "SIP/2.0/TCP spindle.example.com;branch=z9hG4bK9ikj8",
            "SIP/2.0/UDP 192.168.255.111;branch=z9hG4bK30239",
        ])
        #expect(headers.routes.first?.uri.description == "sip:services.example.com;lr;unknownwith=value;unknown-no-value")
        #expect(headers.contacts.first?.address?.displayName == "Quoted string \"\"")
        #expect(headers.contacts.first?.preference == 330)
        #expect(request.body.count == 150)
    }

    @Test func `escapes are kept on the wire and resolved for who asks`() throws {
        let request = try Self.request("esc01")
        #expect(request.uri.user == "sips:user@example.com")
        #expect(request.uri.description == "sip:sips%3Auser%40example.com@example.net")
        #expect(request.headers.to?.uri.isEquivalent(to: try URI(decoding: "sip:user@example.com")) == true)
        #expect(request.headers.from?.uri.user == "I have spaces")
        #expect(request.headers.contacts.first?.uri?.parameters["n%61me"] == "v%61lue%25%34%31")
        let nulls = try Self.request("escnull").headers.contacts.compactMap(\.uri)
        #expect(nulls.map(\.user) == ["\0", "\0\0"])
        #expect(!nulls[0].isEquivalent(to: nulls[1]))
    }

    @Test func `an escaped name is another name`() throws {
        let request = try Self.request("esc02")
        #expect(request.method != .register)
        #expect(request.headers.contacts.count == 2)
    }

    @Test func `the parameter of an unbracketed Contact is the header's`() throws {
        #expect(try Self.request("cparam01").headers.contacts[0].uri?.parameters.isEmpty == true)
        #expect(try Self.request("cparam01").headers.contacts[0].address?.parameters.contains("unknownparam") == true)
        #expect(try Self.request("cparam02").headers.contacts[0].uri?.parameters.contains("unknownparam") == true)
    }

    @Test func `the body ends where Content-Length says`() throws {
        #expect(try Self.request("dblreq").body.isEmpty)
        #expect(try Self.request("mpart01").body.count == 553)
    }

    @Test func `IPv6 references give address and port`() throws {
        let ambiguous = try Self.request("port-ambiguous").uri
        #expect(ambiguous.host.text == "2001:db8::10:5070" && ambiguous.port == nil)
        let unambiguous = try Self.request("port-unambiguous").uri
        #expect(unambiguous.host.text == "2001:db8::10" && unambiguous.port == 5070)
        #expect(try Self.request("via-received-param-with-delim").headers.topVia?.received == "[2001:db8::9:255]")
        #expect(try Self.request("via-received-param-no-delim").headers.topVia?.received == "2001:db8::9:255")
        #expect(try Self.request("mult-ip-in-header").headers.via.map(\.port) == [6050, nil, nil])
    }

    @Test func `a rejected request can be answered from what was decoded`() throws {
        for name in ["scalar02", "quotbal", "ltgtruri", "multi01", "insuf", "badvers"] {
            let response = Response(to: try Self.request(name), .badRequest, toTag: "t")
            #expect(response.headers.contains(.via) && response.headers.contains(.cseq))
            #expect(throws: Never.self) { try Message(decoding: response.encoded()) }
            #expect(response.headers.topVia != nil)
        }
    }

    static func request(_ name: String) throws -> Request {
        let message = try Message(decoding: Vectors.octets("torture/\(name).sip"))
        guard case .request(let request) = message else { throw NotARequest() }
        return request
    }

    struct NotARequest: Error {}
}
