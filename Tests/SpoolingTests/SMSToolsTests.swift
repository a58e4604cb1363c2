import HomelineTesting
import Spooling
import Testing

@Suite struct SMSToolsTests {
    private func file(_ name: String) throws -> SMSToolsFile { try SMSToolsFile(decoding: Vectors.octets("smstools/\(name)")) }

    @Test func `a text that came has its sender, its time and its words`() throws {
        let long = try file("incoming-long")
        #expect(long["From"] == "15551234567" && long["From_TOA"]?.hasPrefix("91") == true)
        #expect(long["Sent"].flatMap { CivilTime($0) }?.short == "26-11-21 10:42:44")
        #expect(SMSToolsAlphabet(long["Alphabet"]).text(long.body) == String(repeating: "viele Grüße ж ", count: 10))
        let name = try file("incoming-name")
        #expect(name["From"] == "MyBank" && SMSToolsAlphabet(name["Alphabet"]).text(name.body) == "your code\nis 5")
    }

    @Test func `a report has a reference and a status`() throws {
        let report = try file("report")
        let body = try #require(SMSToolsAlphabet(report["Alphabet"]).text(report.body))
        #expect(
            SMSToolsReport(body)
                == SMSToolsReport(reference: 11, status: 0, words: "Ok,short message received by the SME", discharged: CivilTime("26-11-21 10:42:53")))
        #expect(SMSToolsReport(body)?.body == body)
        #expect(SMSToolsReport("SMS STATUS REPORT\nby a joker") == nil)
        #expect(SMSToolsReport("SMS STATUS REPORT\nMessage_id: 4711\nStatus: 0,x") == nil)
    }

    @Test func `what was sent and what failed say so in their headers`() throws {
        #expect(try file("sent")["Message_id"] == "6")
        #expect(try file("failed")["Fail_reason"] == "+CMS ERROR: 38 (Network out of order)")
        let sixteen = try file("sent-ucs")
        #expect(SMSToolsAlphabet(sixteen["Alphabet"]).text(sixteen.body) == "emoji 😀 ж")
    }

    @Test(arguments: [("491701234567", "+491701234567"), ("s22999", "22999"), ("358 12 345 6789", "+358123456789"), ("0170123", "0170123"), ("+49170", "+49170")])
    func `numbers are international but for those behind an s`(header: String, number: String) {
        #expect(SMSToolsNumber.read(header) == number)
    }

    @Test func `numbers are written as they are read`() {
        for number in ["+491701234567", "22999"] { #expect(SMSToolsNumber.read(SMSToolsNumber.write(number)) == number) }
    }

    @Test func `without a word on it a body is UTF-8 where it can be, else Latin`() {
        #expect(SMSToolsAlphabet(nil).text(Array("für €".utf8)) == "für €")
        #expect(SMSToolsAlphabet("ISO").text([0x66, 0xFC, 0x72, 0x20, 0xA4]) == "für €")
        #expect(SMSToolsAlphabet("ISO-8859-15") == .latin && SMSToolsAlphabet("Chinese") == .ucs && SMSToolsAlphabet("binary").text([1]) == nil)
    }

    @Test func `lines may end as in Windows, and an empty one ends the headers`() throws {
        let file = try SMSToolsFile(decoding: Array("To: 49170\r\nno header\r\nFlash: yes\r\n\r\ntwo\r\nlines".utf8))
        #expect(file["To"] == "49170" && file.isYes("Flash") && file.body == Array("two\r\nlines".utf8))
    }

    @Test func `no value becomes another header`() throws {
        let file = SMSToolsFile([SMSToolsFile.Header("From", "Bank\nTo: 1\n\nbody")], body: [])
        #expect(try SMSToolsFile(decoding: file.encoded()).headers.count == 1)
    }

    @Test func `what is written is read as it was`() throws {
        var random = SplitMix(seed: 9)
        for _ in 0..<300 {
            let body = (0..<Int.random(in: 0...80, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            let file = SMSToolsFile([SMSToolsFile.Header("To", "49"), SMSToolsFile.Header("UDH-DATA", "05 00 03")], body: body)
            #expect(try SMSToolsFile(decoding: file.encoded()) == file)
        }
    }

    @Test func `cut or turned over anywhere it is read or refused`() throws {
        for octets in try Vectors.all("smstools") {
            for count in 0..<octets.count {
                let file = try? SMSToolsFile(decoding: Array(octets.prefix(count)))
                _ = file.flatMap { SMSToolsAlphabet($0["Alphabet"]).text($0.body) }.flatMap { SMSToolsReport($0) }
                var changed = octets
                changed[count] ^= 0xC3
                _ = try? SMSToolsFile(decoding: changed)
            }
        }
    }
}
