import SIP
import Testing

@Suite struct TransactionKeyTests {
    private func request(_ method: String, via: String, to: String = "<sip:b@example.net>", cseq: String? = nil) throws -> Request {
        let text = """
            \(method) sip:b@example.net SIP/2.0\r
            Via: \(via)\r
            From: <sip:a@example.net>;tag=1\r
            To: \(to)\r
            Call-ID: c1\r
            CSeq: \(cseq ?? "7 \(method)")\r
            Max-Forwards: 70\r
            \r\n
            """
        guard case .request(let request) = try Message(decoding: Array(text.utf8)) else { throw NotARequest() }
        return request
    }

    private func key(_ method: String, via: String, to: String = "<sip:b@example.net>", cseq: String? = nil) throws -> TransactionKey? {
        let request = try request(method, via: via, to: to, cseq: cseq)
        return TransactionKey(of: request, via: try #require(request.headers.topVia))
    }

    private func cancelledKey(via: String) throws -> TransactionKey? {
        let cancel = try request("CANCEL", via: via)
        return TransactionKey(cancelledBy: cancel, via: try #require(cancel.headers.topVia))
    }

    private struct NotARequest: Error {}

    private let modern = "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKabc"
    private let ancient = "SIP/2.0/UDP 192.0.2.1:5060;branch=1"

    @Test func `branch, sender and method make a transaction`() throws {
        let first = try key("MESSAGE", via: modern)
        #expect(first != nil)
        #expect(try first == key("MESSAGE", via: modern, cseq: "8 MESSAGE"))
        #expect(try first != key("OPTIONS", via: modern))
        #expect(try first != key("MESSAGE", via: modern.replacing("192.0.2.1:5060", with: "192.0.2.2:5060")))
        #expect(try first != key("MESSAGE", via: modern.replacing("192.0.2.1:5060", with: "192.0.2.1")))
    }

    @Test(arguments: ["SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKabc", "SIP/2.0/UDP 192.0.2.1:5060;branch=1"])
    func `ACK and CANCEL find their INVITE, with and without an RFC 3261 branch`(via: String) throws {
        let invite = try key("INVITE", via: via)
        #expect(try invite == key("ACK", via: via, to: "<sip:b@example.net>;tag=ours"))
        #expect(try invite == cancelledKey(via: via))
        #expect(try invite != key("CANCEL", via: via))
    }

    @Test func `an RFC 2543 request is told from the next one by its number`() throws {
        #expect(try key("MESSAGE", via: ancient) == key("MESSAGE", via: ancient))
        #expect(try key("MESSAGE", via: ancient) != key("MESSAGE", via: ancient, cseq: "8 MESSAGE"))
    }

    @Test func `a response belongs to the request whose branch it returns`() throws {
        let response = try Response(to: request("MESSAGE", via: modern), .ok, toTag: "t")
        #expect(TransactionKey(of: response) == TransactionKey(sending: .message, branch: "z9hG4bKabc"))
        #expect(TransactionKey(of: response) != TransactionKey(sending: .options, branch: "z9hG4bKabc"))
    }

    @Test func `the ACK of a failure has the INVITE's Via, number and route and the failure's To`() throws {
        var invite = try request("INVITE", via: modern)
        invite.headers.append(.route, "<sip:proxy.example.net;lr>")
        let ack = Request(acknowledging: Response(to: invite, .busyHere, toTag: "t"), of: invite)
        #expect(ack.method == .ack)
        #expect(ack.headers.cseq == CSeq(7, .ack))
        #expect(ack.headers.to?.tag == "t")
        #expect(ack.headers[.via] == invite.headers[.via])
        #expect(ack.headers.values(.route) == ["<sip:proxy.example.net;lr>"])
        #expect(RequestCheck.verdict(for: ack) == .ok)
        #expect(RequestCheck.verdict(for: Request(cancelling: invite)) == .ok)
    }
}
