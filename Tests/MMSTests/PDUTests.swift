import HomelineTesting
import MMS
import Testing
import Wire

@Suite struct PDUTests {
    private static let url = "http://mms.example.net/1"

    /// What a program may write into fields, whatever it is.
    private static let texts = ["", "plain", "Grüße 👋", "\u{1}control", "\u{7F}", "\u{7F}\u{80}", "\"quoted\"", "a\u{0}b", "\u{FEFF}mark", String(repeating: "x", count: 5000)]

    @Test(arguments: texts)
    func `any text survives the wire, and a NUL in it is left out`(text: String) throws {
        var indication = NotificationIndication(transactionID: text, contentLocation: text, from: .number(text), subject: text, messageClass: .named(text))
        indication.others = [Header(.text("X-Thing"), .text(text)), Header(.field(.replaceID), .text(text))]
        guard case .notificationIndication(let read) = try PDU(decoding: PDU.notificationIndication(indication).encoded()) else {
            Issue.record("another type")
            return
        }
        let expected = text.replacingNUL
        #expect(read.transactionID == expected)
        #expect(read.contentLocation == expected)
        #expect(read.subject == expected)
        #expect(read.from == .number(expected))
        #expect(read.messageClass == .named(expected))
        #expect(read.others.map(\.value.text) == [expected, expected])
    }

    @Test func `no text breaks out of its field`() throws {
        let attack = "x\0\u{8C}\u{80}" + PDUTests.url
        let response = NotifyResponse(transactionID: attack, status: .deferred)
        guard case .notifyResponse(let read) = try PDU(decoding: PDU.notifyResponse(response).encoded()) else {
            Issue.record("another type")
            return
        }
        #expect(read.others.isEmpty)
        #expect(read.status == .deferred)
        #expect(read.transactionID == attack.replacingNUL)
    }

    @Test func `a header without a name is not written`() throws {
        for name in ["", "\u{1}", "Ü", "\u{7F}"] {
            let pdu = PDU.acknowledge(Acknowledge(transactionID: "T", others: [Header(.text(name), .text("x"))]))
            #expect(try PDU(decoding: pdu.encoded()) == .acknowledge(Acknowledge(transactionID: "T")))
        }
    }

    @Test func `sizes and times out of any range are bounded`() throws {
        for number in [Int.max, -1] {
            let pdu = PDU.notificationIndication(
                NotificationIndication(transactionID: "T", contentLocation: PDUTests.url, messageSize: number, expiry: .relative(seconds: Int64(number))))
            guard case .notificationIndication(let read) = try PDU(decoding: pdu.encoded()) else {
                Issue.record("another type")
                return
            }
            #expect(read.messageSize == max(0, number))
            #expect(read.expiry == .relative(seconds: Int64(max(0, number))))
        }
    }

    @Test func `a status tells whether trying again may help`() {
        #expect(ResponseStatus(rawValue: 0xC9).isTransient)
        #expect(ResponseStatus.networkProblem.isTransient)
        #expect(ResponseStatus.permanentLackOfPrepaid.isPermanent)
        #expect(ResponseStatus.serviceDenied.isPermanent)
        #expect(!ResponseStatus.ok.isPermanent && !ResponseStatus.ok.isTransient)
        #expect(RetrieveStatus.transientMessageNotFound.isTransient)
        #expect(RetrieveStatus.permanentMessageNotFound.isPermanent)
    }

    @Test func `versions with and without a minor number`() {
        #expect(Version(octet: 0x92) == .v1_2)
        #expect("\(Version.v1_3)" == "1.3")
        #expect("\(Version(octet: 0x9F))" == "1")
        #expect(Version(octet: 0x9F).octet == 0x9F)
    }

    @Test func `more header fields than allowed are refused`() {
        let octets = [0x8C, 0x85, 0x98, 0x54, 0x00] + Array(repeating: [0x91, 0x80] as [UInt8], count: Limits.headers).joined()
        #expect(throws: Never.self) { try PDU(decoding: octets) }
        let request = [0x8C, 0x80] + Array(repeating: [0x91, 0x80] as [UInt8], count: Limits.headers).joined() + [0x84, 0x83]
        #expect(throws: DecodeError.self) { try PDU(decoding: request) }
    }

    @Test func `lengths that lie about a megabyte are not a thousand searches`() throws {
        var octets: [UInt8] = [0x8C, 0x82, 0x98, 0x54, 0x00, 0x83, 0x61, 0x00]
        for _ in 0..<1000 { octets += [0x96, 0x02, 0xEA, 0x41] }
        octets += Array(repeating: 0x41, count: 1_000_000)
        let time = ProcessorTime.measure { _ = try? PDU(decoding: octets) }
        #expect(time < .seconds(5))
    }
}

extension String {
    fileprivate var replacingNUL: String { String(String.UnicodeScalarView(unicodeScalars.filter { $0 != "\0" })) }
}
