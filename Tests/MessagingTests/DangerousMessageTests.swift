import SMS
import Telephony
import Testing
import Wire

/// S25: messages that tell a phone to do something. Here nothing is executed and nothing fetched: what is not a text to be read is kept raw, with
/// a word about what it is.
@Suite struct DangerousMessageTests {
    /// A message for an application's port.
    private static func push(_ content: [UInt8], port: UInt16 = 2948) throws -> UserData {
        try UserData(octets: content, header: UserDataHeader([.ports(.long(destination: port, source: 9200))]))
    }

    /// WSP push header: transaction, PDU type, content type as well-known short integer, then the body.
    private static func wsp(_ contentType: UInt8, _ body: [UInt8]) -> [UInt8] { [0x01, 0x06, 0x01, contentType] + body }

    private static let link = Array("evil.example/x".utf8) + [0]

    @Test(arguments: [
        ("OMA client provisioning", wsp(0xB6, [0x03, 0x0B, 0x6A] + link)), ("service indication", wsp(0xAE, [0x02, 0x05, 0x6A, 0x00, 0x45, 0xC6, 0x0B, 0x03] + link)),
        ("service loading, execute-high", wsp(0xB0, [0x02, 0x06, 0x6A, 0x00, 0x85, 0x08, 0x03] + link)),
    ])
    func `a push for a phone is not for people, and its link is nobody's text`(name: String, content: [UInt8]) throws {
        let octets = try deliver(Self.push(content), coding: 0xF5)
        let meaning = try #require(try interpret([receipt(1, octets)]).first).meaning
        guard case .notForPeople(let why) = meaning else {
            Issue.record("\(name): \(meaning)")
            return
        }
        #expect(why.contains("WAP push") && !why.contains("evil"))
    }

    @Test func `a notice of a picture message says where it lies, and that is nobody's text`() throws {
        let octets = try deliver(Self.push(Self.wsp(0xBE, [0x8C, 0x82, 0x98] + Array("t1".utf8) + [0, 0x83] + Self.link)), coding: 0xF5)
        guard case .announcement(let announcement) = try #require(try interpret([receipt(1, octets)]).first).meaning else {
            Issue.record("not announced")
            return
        }
        #expect(announcement.location == "evil.example/x" && announcement.transaction == "t1" && announcement.sender == nil)
    }

    @Test(arguments: [
        ("type 0", ProtocolIdentifier.silent, UInt8(0x00), "a silent message (type 0)"), ("SIM data download", .simDownload, 0xF6, "data for the SIM"),
        ("SIM data download in text coding", .simDownload, 0x00, "data for the SIM"), ("equipment download", .equipmentDownload, 0xF5, "data for the phone"),
        ("depersonalisation", .depersonalisation, 0x11, "data for the phone"),
    ])
    func `what is for the card or the phone reaches neither, nor people`(name: String, pid: ProtocolIdentifier, coding: UInt8, reason: String) throws {
        let data = try UserData(octets: [0x02, 0x70, 0x00, 0x00, 0x2A, 0xD0], header: nil)
        let octets = try deliver(data, coding: coding, pid: pid)
        #expect(try interpret([receipt(1, octets)]).map(\.meaning) == [.notForPeople(reason)], "\(name)")
    }

    @Test func `class 2 data without the card's protocol identifier are kept, not shown`() throws {
        let octets = try deliver(UserData(octets: [0xD0, 0x33, 0x81], header: nil), coding: 0xF6)
        guard case .undecodable = try #require(try interpret([receipt(1, octets)]).first).meaning else {
            Issue.record("shown")
            return
        }
    }

    @Test(arguments: [0x10, 0xF0, 0x18] as [UInt8]) func `a flash text is a message that says so, and stays`(coding: UInt8) throws {
        let text = "Press OK to win"
        let data = coding == 0x18 ? try UserData(ucs2: text) : try UserData(gsm7: text)
        guard case .message(let content) = try #require(try interpret([receipt(1, deliver(data, coding: coding))]).first).meaning
        else {
            Issue.record("not a message")
            return
        }
        #expect(content.presentation == .flash && content.parts.compactMap(\.text) == [text])
    }

    @Test func `a link in a text is text`() throws {
        let text = "Your parcel: https://evil.example/?x=\"><script>"
        #expect(try interpret([receipt(1, deliver(UserData(gsm7: text)))]).map(\.text) == [text])
    }
}
