import HomelineTesting
import Spooling
import Testing

@Suite struct SMSQTests {
    private func file(_ name: String) throws -> SMSQFile { try SMSQFile(decoding: Vectors.octets("smsq/\(name)")) }

    @Test func `a text stands as it is, in octets or in units`() throws {
        #expect(
            try file("plain")
                == SMSQFile(from: "+48123456789", to: "2001", text: "Hello from POTS phone", time: CivilTime("2026-11-21T10:37:42"), reference: 42))
        #expect(try file("octets").text == "two\nlines")
        let units = try file("units")
        #expect(units.text == "Zażółć 😀" && units.header == [0, 3, 0x2A, 2, 1] && units.coding == 8)
    }

    @Test func `a file without a text is refused, as are digits that are none`() {
        #expect(throws: (any Error).self) { try SMSQFile(decoding: Array("oa=1\nda=2\n".utf8)) }
        #expect(throws: (any Error).self) { try SMSQFile(decoding: Array("ud#7\n".utf8)) }
        #expect(throws: (any Error).self) { try SMSQFile(decoding: Array("ud##00XY\n".utf8)) }
    }

    @Test func `what is written is read as it was, and never as UTF-8`() throws {
        var random = SplitMix(seed: 3)
        let alphabet = Array("aä€😀\n=#;ż").map(String.init)
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 1...150, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
            let file = SMSQFile(
                from: "+4917", to: "1000", text: text, header: [0, 3, 1, 2, 1], time: CivilTime("2026-11-21T10:37:42"), coding: 8, reference: 7, wantsReport: true)
            let octets = file.encoded()
            #expect(octets.allSatisfy { $0 < 0x80 })
            #expect(try SMSQFile(decoding: octets) == file)
        }
    }

    @Test func `of addresses digits survive and nothing else`() {
        #expect(SMSQFile.address("+49 (170) 123") == "+49170123" && SMSQFile.address("MyBank") == "" && SMSQFile.address("1\nda=2") == "12")
        #expect(SMSQFile.address(String(repeating: "1", count: 40)).count == 19)
    }

    @Test func `names have a queue of letters and digits`() {
        #expect(SMSQName(queue: "+48/../x", rest: "a.b").description == "-48----x.a-b")
        #expect(SMSQName("1000.2026-11-21T10:37:42-1") == SMSQName(queue: "1000", rest: "2026-11-21T10:37:42-1") || SMSQName("1000.x")?.queue == "1000")
        #expect(SMSQName(".hidden") == nil && SMSQName("nothing") == nil && SMSQName("a/b.c") == nil)
    }

    @Test func `nothing from outside becomes a line of a call file`() {
        let call = SMSQCall(.toPhone, channel: "PJSIP/1000\nApplication: System", callerID: "9001\nData: rm", queue: "1000\nx")
        let lines = String(decoding: call.encoded(), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 7 && lines.filter { $0.hasPrefix("Application:") } == ["Application: SMS"])
        #expect(lines.contains("Data: 1000-x,s") && call.name == "smsq.mttx.1000-x.1")
        let other = SMSQCall(.toCentre, channel: "Local/1", callerID: "1", queue: "1000")
        #expect(String(decoding: other.encoded(), as: UTF8.self).contains("Data: 1000\n"))
    }

    @Test func `cut or turned over anywhere it is read or refused`() throws {
        for octets in try Vectors.all("smsq") {
            for count in 0..<octets.count {
                _ = try? SMSQFile(decoding: Array(octets.prefix(count)))
                var changed = octets
                changed[count] ^= 0x85
                _ = try? SMSQFile(decoding: changed)
            }
        }
    }
}
