import HomelineTesting
import Spooling
import Testing

@Suite struct GammuBackupTests {
    private func backup(_ name: String) throws -> [GammuMessage] { try GammuBackup(decoding: Vectors.octets("gammu/\(name)")).messages }

    @Test func `a long text that came is all its segments`() throws {
        let messages = try backup("detail-long.txt")
        #expect(messages.compactMap(\.text).joined() == String(repeating: "viele Grüße 😀 ", count: 10))
        #expect(messages.map(\.header) == [[5, 0, 3, 2, 3, 1], [5, 0, 3, 2, 3, 2], [5, 0, 3, 2, 3, 3]])
        #expect(messages.allSatisfy { $0.number == "+15551234567" && $0.serviceCentre == "+491710760000" && $0.coding == .unicode })
        #expect(messages.first?.time == CivilTime(year: 2026, month: 11, day: 21, hour: 10, minute: 37, second: 42))
    }

    @Test func `one from a name keeps its line feed`() throws {
        let messages = try backup("detail-name.txt")
        #expect(messages.map(\.text) == ["your code\nis 5"])
        #expect(messages.first?.number == "MyBank" && messages.first?.kind == .deliver)
    }

    @Test(arguments: ["\u{B}", "\u{C}", "\r", "\u{85}", "\u{2028}", "\u{2029}"])
    func `a text with the end of a page in it says nothing of who sent it, nor that it is a report`(end: String) throws {
        let file = String(decoding: try Vectors.octets("gammu/detail-name.txt"), as: UTF8.self)
        let forged = ["; is 5", "PDU = Status_Report", "NumberUnicode = 0031", "MessageReference = 7", "[SMSBackup001]"].joined(separator: end)
        let messages = try GammuBackup(decoding: Array(file.replacing("; is 5", with: forged).utf8)).messages
        #expect(messages.map(\.number) == ["MyBank"] && messages.map(\.kind) == [.deliver] && messages.map(\.reference) == [0])
    }

    @Test func `a report names what it is about`() throws {
        let report = try #require(try backup("detail-report.txt").first)
        #expect(report.kind == .report && report.text == "Delivered" && report.reference == 1 && report.number == "+491701234567")
    }

    @Test func `one that gammu could not read is of nobody`() throws {
        let report = try #require(try backup("detail-nobody.txt").first)
        #expect(report.kind == .report && report.number.isEmpty && report.text == "")
    }

    @Test func `of a file that was written over only the new is read`() throws {
        let messages = try backup("sent.smsbackup")
        #expect(messages.map(\.reference) == [4])
        #expect(messages.map(\.text) == ["detail one 😀"])
    }

    @Test func `the network's names of segments are found where gammu-smsd wrote each before the others`() throws {
        let letter = GammuBackup(
            [UInt8](1...2).map { part in
                GammuMessage(
                    kind: .report, number: "+491701234567", time: nil, state: "Sent", coding: .gsm7, content: .text("part"), header: [5, 0, 3, 173, 2, part])
            })
        #expect(letter.references(in: try Vectors.octets("gammu/sent-long.smsbackup")) == [3, 4])
        let untouched = letter.encoded(saved: try #require(CivilTime("20261121T000000")))
        #expect(letter.references(in: untouched).isEmpty && letter.references(in: []).isEmpty)
    }

    @Test func `what gammu-smsd-inject writes is read`() throws {
        let unicode = try backup("inject-unicode.smsbackup")
        #expect(unicode.compactMap(\.text).joined().hasPrefix("Привет 😀 a long one Привет 😀 a long onePrivet"))
        #expect(unicode.allSatisfy { $0.kind == .report && $0.messageClass == 0 } && unicode.count == 2)
        let long = try backup("inject-long.smsbackup")
        #expect(long.compactMap(\.text).joined() == String(repeating: "long text ", count: 20))
        #expect(long.allSatisfy { $0.coding == .gsm7 && $0.number == "0170123" })
    }

    @Test func `a text in Unicode ends where gammu's leavings begin`() throws {
        let octets = try Vectors.octets("gammu/unicode-padded.txt")
        #expect(octets.count == 2 + 67 * 2 || octets.count > 2 + 67 * 2)
        #expect(SpoolText.guessed(octets) == "viele Grüße 😀 viele Grüße 😀 viele Grüße 😀 viele Grüße 😀 viele G")
        #expect(SpoolText.guessed(try Vectors.octets("gammu/standard.txt")).hasPrefix("rüße 😀 viele Grüße"))
    }

    @Test(arguments: ["detail-long.txt", "detail-name.txt", "inject-unicode.smsbackup", "inject-long.smsbackup"])
    func `what is read, written and read again is the same`(name: String) throws {
        let messages = try backup(name)
        let saved = try #require(CivilTime("20261121T000000"))
        #expect(try GammuBackup(decoding: GammuBackup(messages).encoded(saved: saved)).messages == messages)
    }

    @Test func `so is anything that can be written`() throws {
        var random = SplitMix(seed: 5)
        let saved = try #require(CivilTime("20261121T000000"))
        let alphabet = Array("aä€😀\n\";=[]\\ж0'`$").map(String.init)
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 0...200, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
            let message = GammuMessage(
                kind: .deliver, number: ["+4917", "My \"Bank\"", "555"].randomElement(using: &random) ?? "", time: saved, state: "UnRead",
                coding: .unicode, content: .text(text), header: Bool.random(using: &random) ? [5, 0, 3, 7, 2, 1] : [])
            #expect(try GammuBackup(decoding: GammuBackup([message, message]).encoded(saved: saved)).messages == [message, message])
        }
    }

    @Test func `programs that read the comments find the whole text there`() throws {
        let text = "your code\nis 😀 5"
        let message = GammuMessage(kind: .deliver, number: "+1", time: nil, state: "UnRead", coding: .unicode, content: .text(text))
        let file = String(decoding: GammuBackup([message]).encoded(saved: try #require(CivilTime("20261121T000000"))), as: UTF8.self)
        let start = try #require(file.range(of: "[SMSBackup000]\n"))
        let comments = file[start.upperBound...].split(separator: "\n").filter { $0.hasPrefix("; ") }.map { $0.dropFirst(2) }
        #expect(comments.joined(separator: "\n") == text)
    }

    @Test func `cut or turned over anywhere it is read or refused`() throws {
        for octets in try Vectors.all("gammu") {
            for count in stride(from: 0, to: octets.count, by: 3) { _ = try? GammuBackup(decoding: Array(octets.prefix(count))) }
            for index in stride(from: 0, to: octets.count, by: 7) {
                var changed = octets
                changed[index] ^= 0x41
                _ = try? GammuBackup(decoding: changed)
                _ = SpoolText.guessed(changed)
            }
        }
    }

    @Test func `a file of no end is refused`() {
        #expect(throws: (any Error).self) { try GammuBackup(decoding: [UInt8](repeating: 0x5B, count: GammuBackup.sizeLimit + 1)) }
        let many = (0...512).map { "[SMSBackup\(String(repeating: "0", count: 3 - String($0).count))\($0)]\nNumber = \"1\"\n" }.joined()
        #expect(throws: (any Error).self) { try GammuBackup(decoding: Array(many.utf8)) }
    }

    @Test func `the folders are found in a gammu-smsdrc`() {
        let settings = GammuSettings(decoding: Array("[gammu]\noutboxpath=/wrong\n[SMSD]\n# OutboxPath = /no\nInboxPath=/in/\nOutboxPath = /out/\n".utf8))
        #expect(settings.outbox == "/out/" && settings.inbox == "/in/" && settings.sent == nil)
    }
}
