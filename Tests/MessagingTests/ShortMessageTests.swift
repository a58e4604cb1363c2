import SMS
import Telephony
import Testing

@testable import Messaging

/// What is not an ordinary text.
@Suite struct ShortMessageTests {
    @Test(arguments: [
        (ProtocolIdentifier.silent, "a silent message (type 0)"), (.simDownload, "data for the SIM"), (.equipmentDownload, "data for the phone"),
        (.depersonalisation, "data for the phone"),
    ] as [(ProtocolIdentifier, String)])
    func `what the phone or the card is to deal with is not for people`(pid: ProtocolIdentifier, reason: String) throws {
        #expect(try meaning(deliver(UserData(gsm7: "x"), pid: pid)) == .notForPeople(reason))
    }

    @Test func `SIM toolkit data is not for people`() throws {
        let header = UserDataHeader([.simToolkit(identifier: 0x70, octets: [])])
        #expect(try meaning(deliver(UserData(octets: [2, 1], header: header))) == .notForPeople("data for the SIM"))
    }

    @Test(arguments: [.replace(1), .replace(7), .returnCall, .telematic(18), .other(0x48), .other(0xFF)] as [ProtocolIdentifier])
    func `texts that replace others, call back or are of an unknown kind are messages`(pid: ProtocolIdentifier) throws {
        #expect(try interpret([receipt(1, deliver(UserData(gsm7: "x"), pid: pid))]).first?.text == "x")
    }

    @Test(arguments: [
        (UInt8(0x10), Presentation.flash), (0xF0, .flash), (0x11, .ordinary), (0x12, .ordinary), (0x03, .ordinary), (0x40, .ordinary), (0x80, .ordinary),
        (0xC8, .waiting), (0xD8, .waiting), (0xDF, .waiting),
    ] as [(UInt8, Presentation)])
    func `the data coding scheme says how a text is shown, and unknown ones are read as text`(coding: UInt8, presentation: Presentation) throws {
        let expected = Interpretation.Meaning.message(
            .init(sender: .number("+41791234567"), parts: [.text("Hello")], presentation: presentation, sentAt: noon))
        #expect(try meaning(deliver(UserData(gsm7: "Hello"), coding: coding)) == expected)
    }

    @Test(arguments: [
        (UInt8(0xC8), "Voicemail: new messages"), (0xC9, "Fax: new messages"), (0xDA, "E-mail: new messages"), (0xCB, "Waiting: new messages"),
    ] as [(UInt8, String)])
    func `an indication without text becomes a sentence`(coding: UInt8, text: String) throws {
        #expect(try meaning(deliver(.empty, coding: coding)) == waiting(text))
    }

    @Test(arguments: [
        ([SpecialMessageIndication(.voicemail, count: 2)], "Voicemail: 2 new messages"), ([SpecialMessageIndication(.fax, count: 1)], "Fax: 1 new message"),
        ([SpecialMessageIndication(.email, count: 255)], "E-mail: 255 or more new messages"),
        ([SpecialMessageIndication(.voicemail, count: 3), SpecialMessageIndication(.fax, count: 0), SpecialMessageIndication(.email, count: 1)], "Voicemail: 3 new messages\nE-mail: 1 new message"),
    ] as [([SpecialMessageIndication], String)])
    func `counts in the header are told`(indications: [SpecialMessageIndication], text: String) throws {
        let header = UserDataHeader(indications.map(InformationElement.specialMessageIndication))
        #expect(try meaning(deliver(UserData(gsm7: "", header: header))) == waiting(text))
    }

    @Test func `the end of an indication is nobody's message, unless it has a text`() throws {
        let header = UserDataHeader([.specialMessageIndication(SpecialMessageIndication(.voicemail, count: 0))])
        #expect(try meaning(deliver(UserData(gsm7: "", header: header))) == .notForPeople("nothing is waiting any more"))
        #expect(try meaning(deliver(.empty, coding: 0xC0)) == .notForPeople("nothing is waiting any more"))
        #expect(try meaning(deliver(UserData(gsm7: "No new messages", header: header))) == waiting("No new messages"))
    }

    @Test func `an empty text is a message`() throws {
        #expect(try interpret([receipt(1, deliver(.empty))]).first?.text == "")
    }

    @Test(arguments: [("Hello\0\0", "Hello"), ("\0", ""), ("a\0b", "a\0b"), ("👍\0", "👍")])
    func `zeros that fill up a text are no part of it`(sent: String, text: String) throws {
        #expect(try interpret([receipt(1, deliver(UserData(ucs2: sent)))]).first?.text == text)
    }

    @Test(arguments: [
        (ApplicationPorts.long(destination: 2948, source: 9200), "WAP push"), (.long(destination: 5505, source: 0), "ring tone"),
        (.short(destination: 245, source: 0), "port 245"), (.long(destination: 5499, source: 0), "port 5499"),
    ] as [(ApplicationPorts, String)])
    func `what is for an application is kept for replay`(ports: ApplicationPorts, word: String) throws {
        let header = UserDataHeader([.ports(ports)])
        for userData in [try UserData(octets: [1, 2, 3], header: header), try UserData(gsm7: "x", header: header)] {
            guard case .undecodable(let why) = try meaning(deliver(userData)) else {
                Issue.record("delivered")
                continue
            }
            #expect(why.contains(word))
        }
    }

    @Test func `a text for port 0 is a text`() throws {
        let header = UserDataHeader([.ports(.long(destination: 0, source: 0))])
        #expect(try interpret([receipt(1, deliver(UserData(gsm7: "x", header: header)))]).first?.text == "x")
    }

    @Test func `octets without a port and compressed text are kept`() throws {
        #expect(try meaning(deliver(UserData(octets: [1, 2, 3]))) == .undecodable("userData: 3 octets that are not text"))
        #expect(try meaning(deliver(UserData(octets: [1, 2, 3]), coding: 0x20)) == .undecodable("userData: compressed text, which is not supported"))
    }

    @Test(arguments: [
        (UInt8(0x00), DeliveryReport.Fate.delivered), (0x01, .delivered), (0x02, .failed(code: 2)), (0x10, .pending(code: 0x10)), (0x21, .pending(code: 0x21)),
        (0x30, .pending(code: 0x30)), (0x46, .failed(code: 0x46)), (0x63, .failed(code: 0x63)), (0xFF, .pending(code: 0xFF)),
    ] as [(UInt8, DeliveryReport.Fate)])
    func `a status report tells a segment's fate`(status: UInt8, fate: DeliveryReport.Fate) throws {
        let report = StatusReport(
            of: 201, to: try SMS.Address(digits: "0791234567"), DeliveryStatus(octet: status),
            submitted: Timestamp(secondsSince1970: noon.seconds - 20), discharged: Timestamp(secondsSince1970: noon.seconds - 2))
        let expected = DeliveryReport(reference: "201", recipient: .number("+41791234567"), fate: fate, at: at(-2), submittedAt: at(-20))
        #expect(try meaning(ModemPDU(.statusReport(report)).encode().octets) == .report(expected))
    }

    private func meaning(_ octets: [UInt8]) throws -> Interpretation.Meaning {
        try #require(interpret([receipt(1, octets)]).first).meaning
    }

    private func waiting(_ text: String) -> Interpretation.Meaning {
        .message(.init(sender: .number("+41791234567"), parts: [.text(text)], presentation: .waiting, sentAt: noon))
    }
}
