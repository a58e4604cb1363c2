import Messaging
import Telephony
import Testing

/// What phones and gateways hand over, from its octets to its meaning.
struct HandoverTests {
    private let noon = Instant(seconds: 1_795_176_000)

    private func meaning(_ octets: [UInt8], own: Address? = nil) throws -> Interpretation.Meaning {
        let numbers = try #require(NumberPlan(country: "US"))
        let receipt = Receipt(
            id: ReceiptID(high: 0, low: 1), line: "home", format: .handover, place: "webhook/1", octets: octets, receivedAt: noon)
        return try #require(SMSInterpreter(numbers: numbers, own: own).interpret([receipt], now: noon).first).meaning
    }

    private func content(_ message: HandedMessage, own: Address? = nil) throws -> Interpretation.Content? {
        guard case .message(let content) = try meaning(Handover.message(message).encoded(), own: own) else { return nil }
        return content
    }

    @Test func `what is written is read again`() throws {
        let photo = Part(contentType: "image/jpeg", octets: Array(repeating: 0xFF, count: 70_000), name: "photo.jpg")
        let message = HandedMessage(
            from: "+15550100123", others: ["5550100124", "mum@home.example"], parts: [.text("look"), photo, .text("")], subject: "Sea",
            presentation: .flash, sentAt: noon)
        let report = HandedReport(reference: "7f", recipient: "+15550100123", fate: .failed(code: 0x46), detail: "No service", at: noon)
        let pending = HandedReport(reference: "", fate: .pending(code: 0x30))
        for handover in [Handover.message(message), .report(report), .report(pending)] {
            #expect(try Handover(decoding: handover.encoded()) == handover)
        }
    }

    @Test(arguments: [-3_600_000, 253_402_300_800_000] as [Int64])
    func `a time that no clock shows costs no message`(milliseconds: Int64) throws {
        let sentAt = Instant(milliseconds: milliseconds)
        let content = try #require(try content(HandedMessage(from: "+15550100123", text: "your code", sentAt: sentAt)))
        #expect(content.parts == [.text("your code")] && content.sentAt == nil)
        let report = HandedReport(reference: "7f", fate: .delivered, at: sentAt)
        #expect(try Handover(decoding: Handover.report(report).encoded()) == .report(HandedReport(reference: "7f", fate: .delivered)))
    }

    @Test func `every cut is an error or a shorter value, and no octet traps`() throws {
        let whole = Handover.message(HandedMessage(from: "+15550100123", others: ["1"], parts: [.text("hello")], subject: "s", sentAt: noon)).encoded()
        for count in 0..<whole.count { _ = try? Handover(decoding: Array(whole.prefix(count))) }
        for place in whole.indices {
            for octet in [0x00, 0x7F, 0xFF] as [UInt8] {
                var changed = whole
                changed[place] = octet
                _ = try? Handover(decoding: changed)
            }
        }
    }

    @Test func `the sender is understood in the line's own forms`() throws {
        let senders: [(String, Address)] = [
            ("+15550100123", .number("+15550100123")), ("(202) 555-0123", .number("+12025550123")), ("12025550123", .number("+12025550123")),
            ("72975", .shortCode("72975")), ("My Bank", .alphanumeric("My Bank")), ("mum@home.example", .email("mum@home.example")),
            (String(repeating: "m", count: 300) + "@home.example", .alphanumeric(String(repeating: "m", count: 64))),
            ("", .alphanumeric("Unknown")), (" \u{0} ", .alphanumeric("Unknown")),
        ]
        for (text, address) in senders {
            #expect(try content(HandedMessage(from: text, text: "hello"))?.sender == address)
        }
    }

    @Test func `of a group our own number is left out and nobody stands twice`() throws {
        let message = HandedMessage(
            from: "+12025550123", others: ["2025550124", "+12025550124", "+12025550199", "+12025550123"], parts: [.text("hello")])
        #expect(try content(message, own: .number("+12025550199"))?.others == [.number("+12025550124")])
    }

    @Test func `a report without a recipient speaks of whatever has its reference`() throws {
        let report = Handover.report(HandedReport(reference: "abc", fate: .delivered, at: noon))
        #expect(try meaning(report.encoded()) == .report(DeliveryReport(reference: "abc", recipient: nil, fate: .delivered, at: noon)))
    }

    @Test func `what is empty or damaged is kept and not brought to anybody`() throws {
        #expect(try meaning(Handover.message(HandedMessage(from: "1", parts: [])).encoded()) == .notForPeople("a message with nothing in it"))
        guard case .undecodable(let why) = try meaning([0xEE]) else {
            Issue.record("an unknown field was read")
            return
        }
        #expect(why.contains("field at octet 0"))
    }
}
