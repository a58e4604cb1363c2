import Foundation
import SIP
import Testing
import Wire

@testable import EndpointSoftphone

@Suite struct IncomingBodyTests {
    private func body(_ type: String?, _ octets: [UInt8], encoding: String? = nil) throws -> IncomingBody {
        var message = try request("MESSAGE sip:+15550100@sms.example.org SIP/2.0", "Call-ID: call-1", "CSeq: 1 MESSAGE", body: octets)
        if let type { message.headers.set(.contentType, type) }
        if let encoding { message.headers.set(.contentEncoding, encoding) }
        return IncomingBody(of: message)
    }

    private func body(_ type: String?, _ text: String) throws -> IncomingBody { try body(type, Array(text.utf8)) }

    @Test(arguments: ["text/plain", "Text/Plain", "text/plain;charset=UTF-8", "text/plain; charset=utf-8"])
    func `a plain text is known by its Call-ID`(type: String) throws {
        #expect(try body(type, "Plain text żółć 🎉") == .text("Plain text żółć 🎉", reference: "call-1"))
    }

    @Test(arguments: [
        ("iso-8859-1", [0x67, 0xFC, 0x6E, 0x73, 0x74, 0x69, 0x67] as [UInt8], "günstig"), ("iso-8859-1", Array("żółć".utf8), "żółć"),
        ("windows-1250", Array("plain\r\n".utf8), "plain\r\n"), ("us-ascii", Array("żółć".utf8), "żółć"),
    ])
    func `a text in another character set says what was written`(charset: String, octets: [UInt8], text: String) throws {
        #expect(try body("text/plain;charset=\(charset)", octets) == .text(text, reference: "call-1"))
    }

    @Test(arguments: [("windows-1250", [0x67, 0xFC] as [UInt8]), ("utf-16", [0, 0x67]), ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x24, 0x22])])
    func `a text that cannot be read is refused, not sent in other words`(charset: String, octets: [UInt8]) throws {
        #expect(try body("text/plain;charset=\(charset)", octets) == .unsupported("text/plain;charset=\(charset)"))
    }

    /// As Linphone 5.1 sends it.
    private static let envelope = [
        "From: <sip:erin@127.0.0.1>", "To: <sip:carol@127.0.0.1>", "DateTime: 2026-11-20T22:48:07Z", "NS: imdn <urn:ietf:params:imdn>",
        "imdn.Message-ID: krpLjtIHW3YR", "imdn.Disposition-Notification: positive-delivery, negative-delivery, display", "",
    ]

    @Test func `a text in an envelope is known by the name in the envelope`() throws {
        let text = (Self.envelope + ["Content-Type: text/plain", "Content-Length: 14", "", "CPIM text ąę"]).joined(separator: "\r\n")
        #expect(try body("message/cpim", text) == .text("CPIM text ąę", reference: "krpLjtIHW3YR"))
    }

    @Test func `an envelope without a name leaves the Call-ID`() throws {
        #expect(try body("message/cpim", "From: <sip:a@h>\r\n\r\nContent-Type: text/plain\r\n\r\nhello") == .text("hello", reference: "call-1"))
    }

    @Test func `an envelope in an envelope is not opened`() throws {
        let inner = "From: <sip:a@h>\r\n\r\nContent-Type: text/plain\r\n\r\nhello"
        #expect(try body("message/cpim", "From: <sip:a@h>\r\n\r\nContent-Type: message/cpim\r\n\r\n\(inner)") == .unsupported("message/cpim"))
    }

    private func enclosed(_ encoding: String, _ text: String) throws -> IncomingBody {
        let lines = Self.envelope + ["Content-Type: text/plain;charset=utf-8", "Content-Transfer-Encoding: \(encoding)", "", text]
        return try body("message/cpim", lines.joined(separator: "\r\n"))
    }

    @Test(arguments: [
        ("base64", "SGVsbG8sIMSFxJk=", "Hello, ąę"), ("BASE64", "SGVs\r\nbG8s\r\nIMSFxJk=\r\n", "Hello, ąę"), ("base64", "SGVsbG8sIMSFxJk", "Hello, ąę"),
        ("base64", "SGk=", "Hi"), ("base64", "SA==", "H"), ("base64", "SGV5", "Hey"), ("base64 ", "SGV5", "Hey"), ("8bit", "SGV5 ąę", "SGV5 ąę"),
        ("7BIT", "SGV5", "SGV5"), ("binary", "SGV5", "SGV5"),
    ])
    func `a text in an envelope is what its transfer encoding says`(encoding: String, octets: String, text: String) throws {
        #expect(try enclosed(encoding, octets) == .text(text, reference: "krpLjtIHW3YR"))
    }

    @Test(arguments: ["SGVs!G8s", "SGVsb", "SGVs=", "SA=", "SA===", "SG=V", "="])
    func `what is not written as its transfer encoding says is malformed`(octets: String) throws {
        guard case .malformed = try enclosed("base64", octets) else {
            Issue.record("it was read")
            return
        }
    }

    @Test(arguments: ["quoted-printable", "x-uuencode", ""])
    func `an unknown transfer encoding is told by name`(encoding: String) throws {
        #expect(try enclosed(encoding, "SGV5") == .unsupported(encoding))
    }

    @Test func `a notification in an envelope may be in base64`() throws {
        let xml = "<imdn><message-id>x</message-id><display-notification><status><displayed/></status></display-notification></imdn>"
        let lines = Self.envelope + ["Content-Type: message/imdn+xml", "Content-Transfer-Encoding: base64", "", Data(xml.utf8).base64EncodedString()]
        #expect(try body("message/cpim", lines.joined(separator: "\r\n")) == .notification(IMDN(messageID: "x", dateTime: nil, disposition: .displayed)))
    }

    @Test func `typing is typing, whatever it says`() throws {
        #expect(try body("application/im-iscomposing+xml", "<isComposing/>") == .composing)
    }

    @Test func `a notification is read`() throws {
        let xml = "<imdn><message-id>x</message-id><display-notification><status><displayed/></status></display-notification></imdn>"
        #expect(try body("message/imdn+xml", xml) == .notification(IMDN(messageID: "x", dateTime: nil, disposition: .displayed)))
    }

    @Test(arguments: ["text/html", "multipart/mixed;boundary=x", "image/png"])
    func `other types are told by name`(type: String) throws {
        #expect(try body(type, "x") == .unsupported(String(type.prefix { $0 != ";" })))
    }

    @Test func `an unknown compression is told by name`() throws {
        #expect(try body("text/plain", Array("x".utf8), encoding: "br") == .unsupported("br"))
        #expect(try body("text/plain", Array("x".utf8), encoding: "identity") == .text("x", reference: "call-1"))
    }

    @Test(arguments: [(nil, ""), (nil, "x"), ("text", "x"), ("message/imdn+xml", "<imdn"), ("message/imdn+xml", ""), ("message/cpim", ""), ("message/cpim", "no envelope")])
    func `what cannot be read is malformed, with the reason`(type: String?, text: String) throws {
        guard case .malformed(let reason) = try body(type, text) else {
            Issue.record("it was read")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test(arguments: CompressedVector.all)
    func `compressed bodies are inflated up to the limit`(vector: CompressedVector) throws {
        let found = try body(vector.type, Hex.decode(vector.hex), encoding: vector.encoding)
        switch found {
        case .notification(let notification): #expect("notification \(notification.messageID)" == vector.means)
        case .text(let text, _): #expect("text \(text.utf8.count)" == vector.means)
        case .malformed: #expect(vector.means == "malformed")
        case .composing, .unsupported, .files: Issue.record("\(found)")
        }
    }

    @Test func `no cut of a compressed body is taken for the whole`() throws {
        let vector = try #require(CompressedVector.all.first)
        let octets = try Hex.decode(vector.hex)
        for count in 0..<octets.count { #expect(Inflate.octets(of: Array(octets.prefix(count)), limit: IncomingBody.limit) == nil) }
    }
}

/// One line of `Vectors/softphone/compressed.jsonl`.
struct CompressedVector: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let encoding: String
    let type: String
    let hex: String
    let means: String
    let provenance: String

    var testDescription: String { name }

    static let all: [CompressedVector] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/softphone/compressed.jsonl")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { try? JSONDecoder().decode(CompressedVector.self, from: Data($0.utf8)) }
    }()
}
