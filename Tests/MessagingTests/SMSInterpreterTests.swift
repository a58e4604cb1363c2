import SMS
import Telephony
import Testing
import Wire

@testable import Messaging

@Suite struct SMSInterpreterTests {
    @Test func `a text in one segment is a message with its sender, text and time`() throws {
        let octets = try deliver(UserData(gsm7: "Grüße"), stamped: -5)
        let expected = Interpretation.Meaning.message(
            .init(sender: .number("+41791234567"), parts: [.text("Grüße")], sentAt: at(-5)))
        #expect(try interpret([receipt(1, octets)]) == [Interpretation(receipts: ids(1), meaning: expected)])
    }

    /// An emoji of a gammu issue report (gammu/gammu#143), as a modem gave it.
    @Test func `a PDU from the field is read`() throws {
        let hex = "07914672477306F00404B128220008511150106362251A0045004D004F004A00490020D83DDE8000200054004500530054"
        let meaning = try #require(interpret([receipt(1, Hex.decode(hex))]).first).meaning
        let expected = Interpretation.Meaning.message(
            .init(sender: .shortCode("8222"), parts: [.text("EMOJI 🚀 TEST")], sentAt: Instant(seconds: 1_446_640_586)))
        #expect(meaning == expected)
    }

    @Test(arguments: [
        ([], "serviceCentre at octet 0"), ([0x00], "deliver.firstOctet at octet 1"), ([0x00, 0x04], "deliver.originatingAddress at octet 2"),
        ([0x00, 0x04, 0x02, 0x91, 0x21], "deliver.protocolIdentifier at octet 5"), ([0x00, 0x04, 0xFF, 0x91], "deliver.originatingAddress at octet 2"),
    ] as [([UInt8], String)])
    func `octets that are no PDU are kept with the place that was wrong`(octets: [UInt8], place: String) throws {
        guard case .undecodable(let why) = try #require(interpret([receipt(1, octets)]).first).meaning else {
            Issue.record("not undecodable")
            return
        }
        #expect(why.hasPrefix(place), "\(why)")
    }

    @Test func `a text stored for sending is not taken for one that arrived`() throws {
        let submit = Submit(to: try SMS.Address(number: "+41791234567"), try UserData(gsm7: "draft"))
        let meaning = try #require(interpret([receipt(1, ModemPDU(.submit(submit)).encode().octets)]).first).meaning
        guard case .undecodable = meaning else {
            Issue.record("\(meaning)")
            return
        }
    }

    @Test func `what is cut short is delivered as far as it goes`() throws {
        let whole = try deliver(UserData(gsm7: "the end is missing"))
        let text = try #require(interpret([receipt(1, whole.dropLast(4))]).first?.text)
        #expect("the end is missing".hasPrefix(text) && text.count >= 12)
    }

    @Test func `a report tells when the service centre took the text, where that can be true`() throws {
        let party = try SMS.Address(number: "+41791234567")
        for (seconds, isBelieved) in [(Int64(-60), true), (86400 * 2, false)] {
            let submitted = Timestamp(secondsSince1970: noon.seconds + seconds)
            let report = StatusReport(of: 77, to: party, .delivered, submitted: submitted, discharged: Timestamp(secondsSince1970: noon.seconds))
            let meaning = try #require(interpret([receipt(1, ModemPDU(.statusReport(report)).encode().octets)]).first).meaning
            guard case .report(let found) = meaning else {
                Issue.record("\(meaning)")
                continue
            }
            #expect(found.submittedAt == (isBelieved ? at(-60) : nil))
            #expect(found.at == noon && found.reference == "77")
        }
    }

    @Test func `interpretations come in the order of their first receipts`() throws {
        let receipts = try [
            receipt(1, segment(2, of: 2, "b")), receipt(2, deliver(UserData(gsm7: "single"))), receipt(3, []), receipt(4, segment(1, of: 2, "a")),
            receipt(5, deliver(UserData(gsm7: "last"))),
        ]
        let interpretations = try interpret(receipts)
        #expect(interpretations.map(\.receipts) == [ids(1, 4), ids(2), ids(3), ids(5)])
        #expect(interpretations.map(\.text) == ["ab", "single", nil, "last"])
    }

    @Test(arguments: [
        (Int64(-90 * 86400), true), (0, true), (3600 * 14, true), (86400 * 2, false), (-86400 * 365 * 40, false),
    ] as [(Int64, Bool)])
    func `a service centre's time is believed where it can be true`(seconds: Int64, isBelieved: Bool) throws {
        let meaning = try #require(interpret([receipt(1, deliver(UserData(gsm7: "x"), stamped: seconds))]).first).meaning
        guard case .message(let content) = meaning else {
            Issue.record("\(meaning)")
            return
        }
        #expect(content.sentAt == (isBelieved ? at(seconds) : nil))
    }

    @Test func `a time that is no date is no time`() throws {
        var octets = try deliver(UserData(gsm7: "x"))
        octets.replaceSubrange(octets.count - 9..<octets.count - 2, with: [0x62, 0x31, 0x99, 0, 0, 0, 0])
        guard case .message(let content) = try #require(interpret([receipt(1, octets)]).first).meaning else {
            Issue.record("no message")
            return
        }
        #expect(content.sentAt == nil)
    }

    @Test func `every cut and every flipped bit of a segment still means one thing`() throws {
        let octets = try segment(1, of: 2, "Grüße {€}")
        let other = receipt(2, try segment(2, of: 2, " end"))
        for count in octets.indices {
            let interpretations = try interpret([receipt(1, Array(octets.prefix(count))), other], at: 600)
            #expect(interpretations.flatMap(\.receipts).sorted() == ids(1, 2))
        }
        for bit in 0..<octets.count * 8 {
            var flipped = octets
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            let interpretations = try interpret([receipt(1, flipped), other], at: 600)
            #expect(interpretations.flatMap(\.receipts).sorted() == ids(1, 2))
        }
    }

    /// Any mix of arrivals, looked at after each: nothing is lost, and nothing is told twice.
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `every receipt has exactly one meaning, whatever came`(seed: UInt64) throws {
        var random = Lehmer(state: seed)
        var receipts: [Receipt] = []
        for number in 1...30 as ClosedRange<UInt64> {
            let octets: [UInt8] = switch random.next(4) {
            case 0: (0..<random.next(40)).map { _ in UInt8(random.next(256)) }
            case 1: try deliver(UserData(gsm7: "\(number)"))
            default:
                try segment(
                    UInt8(random.next(4)), of: UInt8(1 + random.next(3)), "\(number)", reference: .short(UInt8(random.next(2))),
                    stamped: Int64(random.next(3000)))
            }
            receipts.append(receipt(number, octets, at: Int64(number) * Int64(random.next(60))))
            let interpretations = try interpret(receipts, at: 3600)
            #expect(interpretations.flatMap(\.receipts).sorted() == receipts.map(\.id))
            #expect(interpretations == (try interpret(receipts, at: 3600)))
        }
    }
}

/// A reproducible sequence.
struct Lehmer {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }
}
