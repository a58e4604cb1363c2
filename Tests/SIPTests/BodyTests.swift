import SIP
import Testing
import Wire

@Suite struct IMDNTests {
    /// Captured from Linphone 5.1, inflated.
    private static let captured = """
        <?xml version="1.0" encoding="UTF-8" standalone="no" ?><imdn xmlns="urn:ietf:params:xml:ns:imdn"><message-id>Q1aPwdJ3El</message-id>\
        <datetime>2026-11-20T22:48:01Z</datetime><delivery-notification><status><delivered/></status></delivery-notification></imdn>
        """

    @Test func `what Linphone sends is read and written alike`() throws {
        let report = try IMDN(decoding: Array(Self.captured.utf8))
        #expect(report == IMDN(messageID: "Q1aPwdJ3El", dateTime: "2026-11-20T22:48:01Z", disposition: .delivered))
        #expect(report.receivedAt == 1_795_214_881)
        #expect(String(decoding: report.encoded(), as: UTF8.self) == Self.captured)
    }

    @Test(arguments: [
        IMDN(messageID: "a", dateTime: nil, disposition: .displayed),
        IMDN(messageID: "<&\">'\u{1F389}", dateTime: "1970-01-01T00:00:00Z", disposition: .failed("no \"signal\" <now>")),
        IMDN(messageID: "a@b", dateTime: "2024-02-29T23:59:59Z", disposition: .error("")),
        IMDN(messageID: "a", dateTime: nil, disposition: .processed),
        IMDN(messageID: "a", dateTime: nil, disposition: .other("stored")),
    ])
    func `what is written is read`(report: IMDN) throws {
        #expect(try IMDN(decoding: report.encoded()) == report)
    }

    @Test(arguments: [
        "<i:imdn xmlns:i='urn:ietf:params:xml:ns:imdn'>\n <i:message-id> x </i:message-id><i:display-notification>\n<i:status><i:displayed/></i:status></i:display-notification></i:imdn>",
        "\u{FEFF}<?xml version='1.0'?><!-- c --><imdn><message-id><![CDATA[x]]></message-id><display-notification><status><displayed/></status></display-notification></imdn>\n",
        "<imdn><subject>&#65;&#x42;</subject><message-id>&#120;</message-id><disposition/><display-notification a=\"1\" b='2'><status><displayed></displayed></status></display-notification></imdn>",
    ])
    func `other spellings say the same`(text: String) throws {
        #expect(try IMDN(decoding: Array(text.utf8)) == IMDN(messageID: "x", dateTime: nil, disposition: .displayed))
    }

    @Test(arguments: [
        "", " ", "x", "<imdn/>", "<imdn>", "<imdn><message-id>x</message-id></imdn>", "<imdn><message-id/><delivery-notification><status><failed/></status></delivery-notification></imdn>",
        "<imdn><message-id>x</message-id><delivery-notification/></imdn>", "<imdn><message-id>x</message-id><delivery-notification><status/></delivery-notification></imdn>",
        "<other><message-id>x</message-id><delivery-notification><status><failed/></status></delivery-notification></other>",
    ])
    func `what says nothing is refused`(text: String) {
        #expect(throws: DecodeError.self) { try IMDN(decoding: Array(text.utf8)) }
    }
}

@Suite struct XMLTests {
    @Test(arguments: [
        "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "<!DOCTYPE a SYSTEM \"http://h/\"><a/>", "<a>&x;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&#99999999999;</a>", "<a>&</a>", "<a>&#;</a>",
        "<a>", "<a></b>", "<a><b></a></b>", "</a>", "<a/><b/>", "x<a/>", "<a/>x", "<a", "<a b>", "<a b=>", "<a b=c/>", "<a b='c' b='d'/>", "<a b='<'/>", "<a b='c'd='e'/>", "<1/>", "<>", "< a/>",
        "<a><!-- </a>", "<a><![CDATA[</a>", "<?xml version='1.0' encoding='UTF-16'?><a/>", "<?xml version='1.0' encoding='utf-7'?><a/>", "<a>\u{1}</a>", "<a>\0</a>", "<![CDATA[x]]>", "<a></a", "<p:a></q:a>",
    ])
    func `what is not well-formed, declares or refers is refused`(text: String) {
        #expect(throws: DecodeError.self) { try XML.decode(Array(text.utf8)) }
    }

    @Test func `depth, size and number are bounded`() {
        let hostile = [
            String(repeating: "<a>", count: 33) + String(repeating: "</a>", count: 33), String(repeating: "<a>", count: 20_000), "<a>" + String(repeating: "<b/>", count: 2_000) + "</a>",
            "<a>" + String(repeating: "x", count: 65_536) + "</a>", "<a " + (0..<65).map { "b\($0)='' " }.joined() + "/>",
        ]
        for text in hostile { #expect(throws: DecodeError.self) { try XML.decode(Array(text.utf8)) } }
        let deep = String(repeating: "<a>", count: 32) + String(repeating: "</a>", count: 32)
        #expect(throws: Never.self) { try XML.decode(Array(deep.utf8)) }
    }

    @Test func `octets that are no UTF-8 are refused`() {
        #expect(throws: DecodeError.self) { try XML.decode(Array("<a>".utf8) + [0xC0, 0x80] + Array("</a>".utf8)) }
        #expect(throws: DecodeError.self) { try XML.decode([0xFF, 0xFE, 0x3C, 0x00]) }
    }

    @Test func `no truncation and no changed octet traps`() {
        let text = Array("<?xml version=\"1.0\"?><!-- c --><a b='c&amp;'><p:d xmlns:p=\"u\">t&#65;<![CDATA[x]]></p:d> <e/></a>".utf8)
        for index in text.indices {
            _ = try? XML.decode(Array(text[..<index]))
            for bit in 0..<8 {
                var changed = text
                changed[index] ^= 1 << UInt8(bit)
                _ = try? XML.decode(changed)
            }
        }
    }

    @Test func `attributes, children and text are there without prefixes`() throws {
        let root = try XML.decode(Array("<a x:b=\"1\" xmlns:x='u' c='&lt;'>t<d> u\n</d>v<x:e/></a>".utf8))
        #expect(root.attributes == ["b": "1", "c": "<"] && root.text == "tv")
        #expect(root.children.map(\.name) == ["d", "e"] && root.child("d")?.text == "u")
    }
}

@Suite struct CPIMTests {
    @Test func `what Linphone sends is read`() throws {
        let request = try MessageVectorTests.captured("linphone-cpim")
        #expect(request.headers.contentType == .cpim)
        let message = try CPIM(decoding: request.body)
        #expect(message.from?.uri == request.headers.from?.uri)
        #expect(message.to?.uri == request.headers.to?.uri)
        #expect(message.dateTime == 1_795_214_887)
        #expect(message.messageID == "krpLjtIHW3YR")
        #expect(message.dispositions == [.positiveDelivery, .negativeDelivery, .display])
        #expect(message.contentType == .plainText)
        #expect(String(decoding: message.body, as: UTF8.self) == "CPIM text ąę")
        #expect(message.encoded() == request.body)
    }

    @Test func `what is written has no DateTime, CRLF and no name before the bracket`() throws {
        let (from, to) = (try URI(decoding: "sip:+15550100123@h"), try URI(decoding: "sip:a@h"))
        let message = CPIM(from: from, to: to, contentType: .plainText, body: Array("x\ny".utf8), messageID: "m\r\nEvil: 1", dispositions: [.display, .negativeDelivery])
        #expect(String(decoding: message.encoded(), as: UTF8.self) == """
            From: <sip:+15550100123@h>\r\nTo: <sip:a@h>\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: m  Evil: 1\r\n\
            imdn.Disposition-Notification: negative-delivery, display\r\n\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nx\ny
            """)
        let decoded = try CPIM(decoding: message.encoded())
        #expect(decoded.body == message.body && decoded.from?.uri == from && decoded.dispositions == message.dispositions)
    }

    @Test func `other spellings are read`() throws {
        let text = "from: \"A \\\"B\\\"\"<sip:a@h>\nTo: C <im:c@h>\nNS: N <urn:ietf:params:imdn>\nN.Message-ID: 7\nSubject:;lang=fr \\u0041\\u00e9\nDateTime: 2026-01-31T10:00:00.5+02:00\n\n\nhello"
        let message = try CPIM(decoding: Array(text.utf8))
        #expect(message.from?.displayName == "A \"B\"" && message.to?.displayName == "C")
        #expect(message.messageID == "7" && message.dateTime == 1_769_846_400)
        #expect(message.value("Subject") == ";lang=fr Aé")
        #expect(message.contentType == .plainText && String(decoding: message.body, as: UTF8.self) == "hello")
    }

    @Test(arguments: ["", "\r\n\r\n", "no colon\r\n\r\n\r\n", ": x\r\n\r\n\r\n", "a b: x\r\n\r\n\r\n", String(repeating: "a: b\r\n", count: 65) + "\r\n\r\n"])
    func `what is no envelope is refused`(text: String) {
        #expect(throws: DecodeError.self) { try CPIM(decoding: Array(text.utf8)) }
    }

    @Test func `no truncation traps`() throws {
        let body = try MessageVectorTests.captured("linphone-cpim").body
        for end in body.indices { _ = (try? CPIM(decoding: Array(body[..<end]))).map { ($0.from, $0.messageID, $0.dateTime, $0.contentType) } }
    }
}

@Suite struct IsComposingTests {
    @Test func `active and idle are read and written`() throws {
        for value in [IsComposing(.active, refresh: 60), IsComposing(.idle)] { #expect(try IsComposing(decoding: value.encoded()) == value) }
        let other = "<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state>dreaming</state><lastactive>2003-01-27T10:43:00Z</lastactive><contenttype>audio</contenttype></isComposing>"
        #expect(try IsComposing(decoding: Array(other.utf8)) == IsComposing(.idle))
        #expect(throws: DecodeError.self) { try IsComposing(decoding: Array("<isComposing/>".utf8)) }
    }
}
