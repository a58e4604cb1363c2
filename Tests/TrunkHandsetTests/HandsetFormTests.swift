import HTTPStack
import HomelineTesting
import Messaging
import Telephony
import Testing

@testable import TrunkHandset

@Suite struct HandsetFormTests {
    /// The numbers are Python's `datetime.fromisoformat(…).timestamp()`.
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-09-21T13:33:20.123Z", 1_789_997_600_123), ("2024-02-29T23:59:59.9999999+00:00", 1_709_251_199_999),
        ("2026-07-14T08:13:49.5+07:00", 1_783_991_629_500), ("2022-06-05T14:26:09-0330", 1_654_451_769_000), ("2100-03-01T00:00Z", 4_107_542_400_000),
        ("2026-01-01 00:00:00", 1_767_225_600_000),
    ])
    func `times of phones and servers are read to the millisecond`(text: String, milliseconds: Int64) {
        #expect(Instant(internetTime: text) == Instant(milliseconds: milliseconds))
        #expect(Instant(internetTime: Instant(milliseconds: milliseconds).internetTime) == Instant(milliseconds: milliseconds))
    }

    @Test(arguments: ["", "2026", "2026-13-01T00:00:00Z", "2026-01-01T25:00:00Z", "2026-01-01T00:00:00+25:00", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Zx", "१२३४-०१-०१T००:००"])
    func `what is no time is none`(text: String) {
        #expect(Instant(internetTime: text) == nil)
    }

    @Test(arguments: [("AQID", [1, 2, 3]), ("AQ==", [1]), ("AQ", [1]), ("A Q\nI\r\nD", [1, 2, 3]), ("-_8", [251, 255]), ("data:image/png;base64,AQID", [1, 2, 3])] as [(String, [UInt8])])
    func `base64 of every fashion is read`(text: String, octets: [UInt8]) {
        #expect(HandsetBase64.decode(text) == octets)
    }

    @Test(arguments: ["A", "Ä===", "*"])
    func `what is no base64 is none`(text: String) {
        #expect(HandsetBase64.decode(text) == nil)
    }

    @Test func `a file's type is what its octets say, then what is declared, if that is a type`() {
        #expect(Part.handed(SampleFile.jpeg, declared: "text/html").contentType == "image/jpeg")
        #expect(Part.handed([1], declared: "application/PDF; name=x").contentType == "application/pdf")
        #expect(Part.handed([1], declared: "nonsense").contentType == "application/octet-stream")
        #expect(Part.handed([1], declared: "a/b\r\nX: y").contentType == "application/octet-stream")
    }
}
