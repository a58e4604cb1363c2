import Telephony
import Testing

@testable import Messaging

@Suite struct TransportPlanTests {
    @Test func `a text to one number goes as a short message`() throws {
        #expect(try plan(["Hello"], to: [.number("+41791234567")]) == .shortMessage(text: "Hello", to: .number("+41791234567")))
        #expect(try plan(["one", "two"], to: [.shortCode("9292")]) == .shortMessage(text: "one\ntwo", to: .shortCode("9292")))
        #expect(try plan(["one\r\ntwo"], to: [.shortCode("9292")]) == .shortMessage(text: "one\ntwo", to: .shortCode("9292")))
    }

    @Test(arguments: [
        ([], "the text is empty", [.number("+41791234567")]), ([""], "the text is empty", [.number("+41791234567")]),
        (["x"], "117 is an emergency number, which texts from here do not reach; call it", [.shortCode("117")]),
        (["x"], "911 is an emergency number, which texts from here do not reach; call it", [.shortCode("911")]),
        (["x"], "Bank is not a number that texts can be sent to", [.alphanumeric("Bank")]),
        (["x"], "nobody to send to", []),
        (["x"], "a text goes to one recipient at a time, not 2", [.number("+41791234567"), .number("+41791234568")]),
    ] as [([String], String, [Address])])
    func `what can't be sent is refused with the reason`(texts: [String], reason: String, recipients: [Address]) throws {
        #expect(try plan(texts, to: recipients) == .refused(Failure(.refused, reason)))
    }

    @Test func `a picture is refused where there is no way for it`() throws {
        let message = message([.text("look"), Part(contentType: "image/jpeg", octets: [0xFF])])
        guard case .refused(let failure) = TransportPlan(message, to: [.number("+41791234567")], numbers: try #require(switzerland)) else {
            Issue.record("sent")
            return
        }
        #expect(failure.detail.contains("no settings for picture messages"))
    }

    @Test func `pictures, groups, subjects and mailboxes make a picture message where there is a way for it`() throws {
        let picture = Part(contentType: "image/jpeg", octets: [0xFF])
        let one = Address.number("+41791234567")
        for (parts, recipients) in [([picture], [one]), ([.text("x"), picture], [one]), ([.text("x")], [one, .number("+41791234568")]), ([.text("x")], [.email("a@example.org")])] {
            #expect(try multimedia(message(parts), to: recipients) == .multimedia(parts: parts, to: recipients))
        }
        #expect(try multimedia(message([.text("x")]), to: [one]) == .shortMessage(text: "x", to: one))
        guard case .refused = try multimedia(message([picture]), to: [one, .shortCode("117")]) else {
            Issue.record("an emergency number in a group")
            return
        }
    }

    private func multimedia(_ message: Message, to recipients: [Address]) throws -> TransportPlan {
        TransportPlan(message, to: recipients, numbers: try #require(switzerland), multimedia: .available)
    }

    @Test func `premium numbers are refused where the line may not send to them`() throws {
        let numbers = try #require(switzerland)
        #expect(numbers.refusal(.number("+41900123456"), premium: .refused)?.cause == .refused)
        #expect(numbers.refusal(.shortCode("83111"), premium: .refused)?.cause == .refused)
        #expect(numbers.refusal(.number("+41900123456")) == nil)
        #expect(numbers.refusal(.number("+41791234567"), premium: .refused) == nil)
    }

    private func plan(_ texts: [String], to recipients: [Address]) throws -> TransportPlan {
        TransportPlan(message(texts.map(Part.text)), to: recipients, numbers: try #require(switzerland))
    }

    private func message(_ parts: [Part]) -> Message {
        Message(
            id: MessageID(high: 0, low: 1), line: "home", direction: .outgoing, sender: .person("alice"), participants: [], parts: parts,
            recordedAt: noon)
    }
}
