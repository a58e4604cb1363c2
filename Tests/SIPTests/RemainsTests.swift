import SIP
import Testing

/// What is left of a request that broke off, for the answer that says so.
@Suite struct RemainsTests {
    private let head = "MESSAGE sip:b@h SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\nFrom: <sip:a@h>;tag=1\r\nCall-ID: c\r\n"

    private func remains(_ text: String) -> Request? { Request(remainsOf: Array(text.utf8)) }

    @Test func `fields before the break are read, what is cut within a line is not`() throws {
        let request = try #require(remains(head + "CSeq: 1 MESSAGE\r\nTo: <sip:b@h>;tag=cut"))
        #expect(request.method == .message)
        #expect(request.headers.topVia?.branch == "z9hG4bK1")
        #expect(request.headers.cseq == CSeq(1, .message))
        #expect(request.headers.to == nil)
        #expect(request.body.isEmpty)
    }

    @Test func `a line without end, and fields without number, do not hide those before them`() throws {
        #expect(try #require(remains(head + "Subject: " + String(repeating: "x", count: 70_000))).headers.callID == "c")
        #expect(try #require(remains(head + String(repeating: "X: y\r\n", count: 10_000))).headers.callID == "c")
    }

    @Test(arguments: [
        "", "\r\n\r\n", "GET / HTTP/1.1\r\nVia: 1.1 proxy\r\n\r\n", "MESSAGE sip:b@h SIP/2.0\r\nCall-ID: c\r\n\r\n", "MESSAGE sip:b@h SIP/2.0",
        "SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\n\r\n", "ACK sip:b@h SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\n\r\n",
    ])
    func `what cannot or must not be answered has no remains`(text: String) {
        #expect(remains(text) == nil)
    }
}
