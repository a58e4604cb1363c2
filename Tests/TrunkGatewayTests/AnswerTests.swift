import HTTPStack
import Settings
import Telephony
import Testing

@testable import TrunkGateway

@Suite struct AnswerTests {
    private func answer(_ status: Int, _ body: String, headers: [(name: String, value: String)] = []) -> OutgoingAnswer {
        OutgoingAnswer(status: status, headers: headers, body: Array(body.utf8))
    }

    @Test(arguments: [
        ("json data.id", #"{"data":{"id":17}}"#, "17"), ("json messages.0.message-id", #"{"messages":[{"message-id":"x"}]}"#, "x"),
        ("json sms|mms", #"{"mms":"9001"}"#, "9001"), ("text ID={}", "OK; ID=297", "297"), ("text MessageID={}", "<PRE>MessageID=485F.req, Recipient=+1</PRE>", "485F.req"),
        ("text <id>{}</id>", "<id>a b</id>", "a b"), ("text {}", "0: Accepted\nmore", "0: Accepted"), ("xml MessageID", "<?xml version=\"1.0\"?><r><ns:MessageID a='b'>5 &amp; 6&#33;</ns:MessageID></r>", "5 & 6!"),
        ("header X-Id", "", "seven"), ("json none", #"{"some":1}"#, nil), ("json id", "<html>", nil), ("text ID={}", "ID=", nil),
        ("xml id", "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><id>&e;</id>", nil), ("xml id", "<id>&e;</id>", nil), ("xml id", "<id", nil),
    ] as [(String, String, String?)])
    func `a reference is found where the template says`(finder: String, body: String, found: String?) throws {
        #expect(try Finder(finder).find(in: answer(200, body, headers: [("X-Id", "seven")])) == found)
    }

    @Test(arguments: ["id", "json", "yaml id", "text nothing", "xml <a>", "json a..b"])
    func `a place that cannot be looked for is told`(finder: String) { #expect(throws: Unreadable.self) { try Finder(finder) } }

    private static let words = AnswerTemplate(
        reference: .found(.json(known: "id")), state: .json(known: "status"), taken: ["ok"], later: ["busy"], strangers: ["who*"], detail: .json(known: "why"))

    @Test(arguments: [
        (200, #"{"status":"ok","id":"7"}"#, Verdict.taken("7")), (200, #"{"status":"busy"}"#, .later(Failure(.http(200), "busy"))),
        (200, #"{"status":"who are you"}"#, .stranger(Failure(.http(200), "who are you"))), (200, #"{"status":"no","why":"bad number"}"#, .refused(Failure(.refused, "bad number"))),
        (200, "<html>", .lost(Failure(.lostAnswer, "the answer cannot be understood"))), (200, #"{"status":"ok"}"#, .lost(Failure(.lostAnswer, "the answer has no reference"))),
        (401, "", .stranger(Failure(.http(401)))), (429, "", .later(Failure(.http(429)))), (500, "", .later(Failure(.http(500)))), (503, "", .later(Failure(.http(503)))),
        (502, "", .lost(Failure(.lostAnswer))), (504, "", .lost(Failure(.lostAnswer))), (520, "", .lost(Failure(.lostAnswer))),
        (524, "", .lost(Failure(.lostAnswer))), (521, "", .later(Failure(.http(521)))), (400, #"{"why":"bad"}"#, .refused(Failure(.http(400), "bad"))),
        (400, #"{"status":"busy"}"#, .later(Failure(.http(400), "busy"))), (302, "", .refused(Failure(.http(302)))),
    ])
    func `an answer says what became of a text`(status: Int, body: String, verdict: Verdict) {
        #expect(Self.words.verdict(on: answer(status, body)) == verdict)
    }

    @Test(arguments: [
        (#"{"status":"0","message-id":"a"},{"status":"0","message-id":"b"}"#, Verdict.taken("a")),
        (#"{"status":"0","message-id":"a"},{"status":"1","error-text":"Throttled"}"#, .lost(Failure(.lostAnswer, "the gateway took a part of it only"))),
        (#"{"status":"1","error-text":"Throttled"},{"status":"1","error-text":"Throttled"}"#, .later(Failure(.http(200), "Throttled"))),
        (#"{"status":"4","error-text":"Bad Credentials"}"#, .stranger(Failure(.http(200), "Bad Credentials"))),
    ])
    func `a text that Vonage took a part of only is not said to be sent`(messages: String, verdict: Verdict) {
        #expect(GatewayTemplate.vonage.answer.verdict(on: answer(200, #"{"message-count":"2","messages":[\#(messages)]}"#)) == verdict)
    }

    @Test func `an SMSEagle that took a text and names nothing did not refuse it`() {
        let verdict = EagleInterface.v1.template(modem: nil).answer.verdict(on: answer(200, "OK"))
        #expect(verdict == .lost(Failure(.lostAnswer, "the answer has no reference")))
    }

    @Test func `no octets are too strange to be looked for a reference`() throws {
        let finders = try ["json a.0.*", "text a{}b", "text {}", "xml a", "header a"].map { try Finder($0) }
        for octet in UInt8.min...UInt8.max {
            for body in [[octet], [octet, octet, UInt8(ascii: "<")], Array("<a>&".utf8) + [octet], Array("{\"a\":[".utf8) + [octet]] {
                for finder in finders { _ = finder.find(in: OutgoingAnswer(status: 200, body: body)) }
            }
        }
    }
}
