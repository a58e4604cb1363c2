import Exchange
import Telephony
import Testing

@testable import Daemon

@Suite struct LineNumberingTests {
    private let numbering = LineNumbering(countries: ["home": "CH", "office": "US"])
    private let now = Instant(seconds: 1_800_000_000)

    private func receipt(on line: LineID) -> Receipt {
        let handed = "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07"
        let octets = stride(from: 0, to: handed.utf8.count, by: 2).compactMap { UInt8(handed.dropFirst($0).prefix(2), radix: 16) }
        return Receipt(id: ReceiptID(high: 1, low: 1), line: line, format: .modemPDU, place: "SM/1", octets: octets, receivedAt: now)
    }

    @Test func `what came to a line that was taken away, or has another name now, is read`() {
        for line in ["home", "attic"] as [LineID] {
            let interpretations = numbering.interpret([receipt(on: line)], line: line, own: nil, now: now)
            guard case .message(let content)? = interpretations.first?.meaning else {
                Issue.record("what came to \(line) is not read")
                continue
            }
            #expect(content.sender == .number("+31641600986") && content.parts == [.text("How are you?")])
        }
    }

    @Test func `without any line nothing is read, and over one that is gone nothing leaves`() {
        #expect(LineNumbering(countries: [:]).interpret([receipt(on: "home")], line: "home", own: nil, now: now).isEmpty)
        #expect(numbering.address("+41791234567", line: "attic") == nil)
        #expect(numbering.isSameParty(.number("+41791234567"), .number("+41791234567"), line: "attic"))
    }
}
