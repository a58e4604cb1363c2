import MMS
import Testing

@Suite struct ContentTypeTests {
    @Test func `a type is read as MIME writes it`() {
        let type = ContentType("Text/Plain ; Charset=\"UTF-8\"; name=a.txt;;x")
        #expect(type.mediaType == "text/plain")
        #expect(type.charset == .utf8)
        #expect(type["name"] == "a.txt")
        #expect(type.parameters.count == 2)
        #expect(type.isText)
        #expect(!type.isMultipart)
    }

    @Test func `an empty type is octets of which nothing is known`() {
        #expect(ContentType(" ") == .octetStream)
    }

    @Test(arguments: [
        ContentType("text/plain"), ContentType("audio/amr"), ContentType("application/vnd.wap.multipart.related", parameters: [Parameter("type", .number(0x33))]),
        ContentType("image/jpeg", parameters: [Parameter("name", .text("\"a\"")), Parameter("filename", .text("")), Parameter("q", .number(1234)), Parameter("level", .none)]),
        ContentType("image/jpeg", parameters: [Parameter("Q", .text("0.5")), Parameter("q", .number(1 << 40)), Parameter("size", .number(300_000))]),
        ContentType("text/plain", parameters: [Parameter("name", .text("Übung \u{1}")), Parameter("charset", .number(1000)), Parameter("x-y", .text("z"))]),
        ContentType("text/plain", parameters: [Parameter("name", .text("\u{1}")), Parameter("start", .text("\u{7F}\u{2}")), Parameter("path", .text("\"\""))]),
    ])
    func `a type survives the wire`(type: ContentType) throws {
        let part = Part(type, [1, 2, 3])
        let pdu = PDU.retrieveConfirmation(RetrieveConfirmation(body: Body(type.isMultipart ? type : ContentType("multipart/mixed"), .parts([part]))))
        #expect(try PDU(decoding: pdu.encoded()) == pdu)
    }

    @Test func `a parameter is named by text where it has no number`() {
        #expect("\(ContentType("a/b", parameters: [Parameter("X-Y", .number(7))]))" == "a/b; x-y=7")
    }
}
