import HomelineTesting
import Spooling
import Testing

@Suite struct RandomOctetsTests {
    @Test func `no octets and no name make any of it trap`() {
        var random = SplitMix(seed: 11)
        let words = ["[SMSBackup000]\n", "Text00 = ", "UDH = ", "IN20261121_", "_", "ud##", "udh#", "\n", ";", "=", ":", "OUT", ".txt", "\u{FEFF}", "00", "-"]
        for _ in 0..<5_000 {
            var octets: [UInt8] = []
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                if Bool.random(using: &random) {
                    octets += Array((words.randomElement(using: &random) ?? "").utf8)
                } else {
                    octets += (0..<Int.random(in: 0...6, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
                }
            }
            _ = try? GammuBackup(decoding: octets)
            _ = try? SMSToolsFile(decoding: octets)
            _ = try? SMSQFile(decoding: octets)
            _ = SpoolText.guessed(octets)
            _ = GammuSettings(decoding: octets)
            let text = String(decoding: octets, as: UTF8.self)
            _ = (GammuInboxName(text), GammuOutboxName(text), SMSQName(text), CivilTime(text), SMSToolsReport(text), SMSToolsNumber.read(text))
            #expect(SpoolName.isPlain("x\(SpoolName.piece(text))"))
        }
    }
}
