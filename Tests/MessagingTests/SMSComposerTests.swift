import SMS
import Telephony
import Testing

@testable import Messaging

@Suite struct SMSComposerTests {
    @Test func `a short text is one segment that asks for a report`() throws {
        let submits = try SMSComposer(validity: .seconds(86400)).compose("Hello", to: .number("+41791234567"), messageNumber: 300)
        var expected = Submit(to: try SMS.Address(number: "+41791234567"), try UserData(gsm7: "Hello"), validityPeriod: .day)
        expected.firstOctet.statusReport = true
        #expect(submits == [expected])
    }

    @Test func `segments of a long text share a reference that stays the same on a retry`() throws {
        let text = String(repeating: "0123456789", count: 40)
        let composer = SMSComposer(reports: .notWanted)
        let submits = try composer.compose(text, to: .shortCode("9292"), messageNumber: 300)
        #expect(submits.compactMap { $0.userData.header?.concatenation?.sequence } == [1, 2, 3])
        #expect(Set(submits.compactMap { $0.userData.header?.concatenation?.reference }) == [.short(44)])
        #expect(submits.allSatisfy { $0.destinationAddress.type == .unknown && !$0.firstOctet.statusReport && $0.validityPeriod == .none })
        #expect(submits == (try composer.compose(text, to: .shortCode("9292"), messageNumber: 300)))
    }

    @Test(arguments: ["Hello", "Grüße aus Zürich €", "и нет 🚀", String(repeating: "🚀👩‍👩‍👧‍👦", count: 90), String(repeating: "[€]", count: 200), "a\r\n\u{1A}\u{1B}b"])
    func `what is composed reads as the same text when it arrives`(text: String) throws {
        let submits = try SMSComposer().compose(text, to: .number("+41791234567"), messageNumber: 1)
        let receipts = try submits.enumerated().map { number, submit in
            try receipt(UInt64(number), deliver(submit.userData, coding: submit.dataCodingScheme.rawValue))
        }
        #expect(try interpret(receipts).map(\.text) == [text])
    }

    @Test func `more than 255 segments are refused`() throws {
        #expect(throws: Failure(.refused, "the text is longer than 255 segments")) {
            try SMSComposer().compose(String(repeating: "a", count: 153 * 255 + 1), to: .number("+41791234567"), messageNumber: 1)
        }
        #expect(try SMSComposer().compose(String(repeating: "a", count: 153 * 255), to: .number("+41791234567"), messageNumber: 1).count == 255)
    }

    @Test(arguments: [Address.alphanumeric("Bank"), .email("a@example.org"), .person("alice"), .number("+123456789012345678901"), .shortCode("12a4x")] as [Telephony.Address])
    func `what can't be dialled is refused`(address: Telephony.Address) {
        #expect { try SMSComposer().compose("x", to: address, messageNumber: 1) } throws: { ($0 as? Failure)?.cause == .refused }
    }
}
