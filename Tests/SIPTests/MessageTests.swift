import SIP
import Testing

@Suite struct MessageTests {
    private static let text = [
        "MESSAGE sip:bob@127.0.0.1 SIP/2.0", "Via: SIP/2.0/UDP 127.0.0.1:5081;branch=z9hG4bK.U8DjGhWFZ;rport",
        "From: <sip:alice@127.0.0.1>;tag=Iz10AzNZj", "To: sip:bob@127.0.0.1", "CSeq: 20 MESSAGE", "i: Q1aPwdJ3El", "Max-Forwards: 70",
        "Content-Type: text/plain", "Content-Length: 24", "", "Plain text żółć 🎉",
    ].joined(separator: "\r\n")

    @Test func `a MESSAGE is decoded and its response made`() throws {
        guard case .request(let request) = try Message(decoding: Array(Self.text.utf8)) else {
            Issue.record("a request expected")
            return
        }
        #expect(request.method == .message)
        #expect(request.uri.user == "bob")
        #expect(request.headers.topVia?.branch == "z9hG4bK.U8DjGhWFZ")
        #expect(request.headers.from?.tag == "Iz10AzNZj")
        #expect(request.headers.to?.uri.description == "sip:bob@127.0.0.1")
        #expect(request.headers.cseq == CSeq(20, .message))
        #expect(request.headers.callID == "Q1aPwdJ3El")
        #expect(request.headers.contentType == .plainText)
        #expect(String(decoding: request.body, as: UTF8.self) == "Plain text żółć 🎉")
        #expect(try Message(decoding: request.encoded()) == .request(request))
        let response = Response(to: request, .accepted, toTag: "x1")
        #expect(response.headers.to?.tag == "x1")
        #expect(String(decoding: response.encoded(), as: UTF8.self).hasPrefix("SIP/2.0 202 Accepted\r\nVia: SIP/2.0/UDP 127.0.0.1:5081;"))
    }
}
