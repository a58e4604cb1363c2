import Crypto
import Exchange
import Foundation
import HTTPStack
import HomelineTesting
import Kinds
import Messaging
import Settings
import Simulator
import Telephony
import Testing

@testable import TrunkGateway

@Suite struct CallbackTests {
    private static let form = ["Content-Type": "application/x-www-form-urlencoded"]
    private static let callbackSecret = "0123456789abcdef"

    private func bench(_ template: String, _ more: String = "", secret: String = SimulatedGateway.secret) throws -> Bench {
        let directory = try TemporaryDirectory()
        let settings = "template: \(template)\nurl: http://127.0.0.1:9\nuser: me\nfrom: \"+12025550100\"\nsecret-file: \(try Bench.secret(secret, in: directory))\n"
            + "callback-secret-file: \(try Bench.secret(Self.callbackSecret, in: directory))\n" + more
        return try Bench(.gateway, settings)
    }

    // MARK: - Twilio

    /// As Twilio signs, with Python's standard library in mind and not our own code.
    private func twilioSignature(_ fields: [(String, String)], path: String = "/gateway/home") -> String {
        let signed = Bench.publicURL + path + fields.sorted { $0.0 < $1.0 }.map { $0.0 + $0.1 }.joined()
        return Data(HMAC<Insecure.SHA1>.authenticationCode(for: Data(signed.utf8), using: SymmetricKey(data: Data(Self.callbackSecret.utf8)))).base64EncodedString()
    }

    private func body(_ fields: [(String, String)]) -> String {
        fields.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
    }

    private func twilioText(_ sid: String, _ text: String) -> [(String, String)] {
        [("MessageSid", sid), ("SmsStatus", "received"), ("From", "+12025550123"), ("To", "+12025550100"), ("Body", text), ("NumMedia", "0")]
    }

    @Test func `a text from Twilio is durable before Twilio hears so, once however often it comes`() async throws {
        let bench = try bench("twilio")
        let fields = twilioText("SM1", "Grüße & 你好 =?")
        let headers = Self.form.merging(["X-Twilio-Signature": twilioSignature(fields)]) { $1 }
        for _ in 0..<2 {
            let answer = try await bench.call(.post, "/gateway/home", headers: headers, body: body(fields))
            #expect(answer.status == 200 && answer.text == "<Response></Response>")
        }
        #expect(try await bench.messages() == [HandedMessage(from: "+12025550123", text: "Grüße & 你好 =?")])
        let again = twilioText("SM2", "Grüße & 你好 =?")
        _ = try await bench.call(.post, "/gateway/home", headers: Self.form.merging(["X-Twilio-Signature": twilioSignature(again)]) { $1 }, body: body(again))
        #expect(try await bench.messages().count == 2)
    }

    @Test func `nobody else is Twilio`() async throws {
        let bench = try bench("twilio")
        let fields = twilioText("SM1", "Send money")
        #expect(try await bench.call(.post, "/gateway/home", headers: Self.form, body: body(fields)).status == 401)
        let forged = Self.form.merging(["X-Twilio-Signature": twilioSignature(twilioText("SM1", "Hello"))]) { $1 }
        for _ in 0..<10 { #expect(try await bench.call(.post, "/gateway/home", headers: forged, body: body(fields)).status == 401) }
        #expect(try await bench.call(.post, "/gateway/home", headers: forged, body: body(fields)).status == 429)
        #expect(try await bench.arrived().isEmpty)
    }

    @Test(arguments: [("delivered", true), ("undelivered", true), ("sent", false), ("queued", false)])
    func `what became of a text is told by Twilio`(word: String, isNews: Bool) async throws {
        let bench = try bench("twilio")
        let fields = [("MessageSid", "SM9"), ("MessageStatus", word), ("ErrorCode", word == "undelivered" ? "30003" : "")]
        let headers = Self.form.merging(["X-Twilio-Signature": twilioSignature(fields)]) { $1 }
        #expect(try await bench.call(.post, "/gateway/home", headers: headers, body: body(fields)).status == 200)
        let reports = try await bench.reports()
        #expect(reports.count == (isNews ? 1 : 0) && reports.allSatisfy { $0.reference == "SM9" })
        if word == "undelivered" { #expect(reports.first?.fate == .failed(code: 0x40) && reports.first?.detail == "undelivered: 30003") }
    }

    @Test func `calls that are refused are counted where the owner looks, and told in the log now and then`() async throws {
        let bench = try bench("twilio")
        let before = await bench.made.ports.health()
        #expect(before.facts.isEmpty)
        for _ in 0..<2 { _ = try await bench.call(.post, "/gateway/home", headers: Self.form.merging(["X-Twilio-Signature": "AAAA"]) { $1 }, body: "a=b") }
        let shown = await bench.made.ports.health()
        #expect(shown.facts == ["refused-calls": "2"] && shown.state == .working)
        let health = GatewayHealth(host: "x"), now = bench.clock.now()
        let isTold = [Duration.zero, .seconds(599), .seconds(600), .seconds(-5)].map { health.refusedCall(at: now + $0) }
        #expect(isTold == [true, false, true, true])
    }

    @Test func `what no signature of Twilio is over is not Twilio's`() async throws {
        let bench = try bench("twilio")
        let headers = ["Content-Type": "application/json", "X-Twilio-Signature": twilioSignature([])]
        let body = #"{"MessageSid":"SM1","SmsStatus":"received","From":"+12025550123","Body":"Send money"}"#
        #expect(try await bench.call(.post, "/gateway/home", headers: headers, body: body).status == 401)
        #expect(try await bench.arrived().isEmpty)
    }

    @Test(arguments: [
        (#""a\ud83d""#, "a\u{FFFD}"), (#""a\ud83db""#, "a\u{FFFD}b"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ude00\\ud83d""#, "\u{FFFD}\\ud83d"), ("\"a\nb\tc\"", "a\nb\tc"),
        (#""\ud83d\n\"\u0041""#, "\u{FFFD}\n\"A"),
    ])
    func `JSON of gateways is read where a text was cut within a character or has its line ends as they are`(json: String, text: String) throws {
        #expect(try JSON(ofGateway: Array(json.utf8)) == .string(text))
    }

    @Test func `octets that are no UTF-8 cost a character, and what is no JSON stays none`() throws {
        #expect(try JSON(ofGateway: Array("\"caf".utf8) + [0xE9] + Array("\"".utf8)) == .string("caf\u{FFFD}"))
        for text in ["", "{", "\"", "\"\\", #""\ud83"#, #""\ud83d\u"#, "{\"a\":1,\"a\":2}", "\u{1}1"] {
            #expect(throws: JSONError.self) { try JSON(ofGateway: Array(text.utf8)) }
        }
    }

    // MARK: - Telnyx

    @Test func `Telnyx signs with its own key, and tells both ways at one address`() async throws {
        let key = Curve25519.Signing.PrivateKey()
        let bench = try bench("telnyx", "public-key: \(key.publicKey.rawRepresentation.base64EncodedString())\n")
        let text = #"{"data":{"event_type":"message.received","id":"e1","payload":{"id":"m1","from":{"phone_number":"+12025550123"},"to":[{"phone_number":"+12025550100"}],"text":"Hi","media":[],"received_at":"2026-03-30T14:24:16.000+00:00"}},"meta":{"attempt":1}}"#
        let report = #"{"data":{"event_type":"message.finalized","payload":{"id":"m7","to":[{"status":"delivery_failed"}],"errors":[{"title":"Rejected by carrier"}]}}}"#
        for body in [text, report] {
            let time = "\(bench.clock.now().seconds)"
            let said = try key.signature(for: Data("\(time)|\(body)".utf8)).base64EncodedString()
            let headers = ["Content-Type": "application/json", "telnyx-signature-ed25519": said, "telnyx-timestamp": time]
            #expect(try await bench.call(.post, "/gateway/home", headers: headers, body: body).status == 200)
            #expect(try await bench.call(.post, "/gateway/home", headers: headers, body: body + " ").status == 401)
        }
        #expect(try await bench.messages() == [HandedMessage(from: "+12025550123", text: "Hi", sentAt: Instant(seconds: 1_774_880_656))])
        #expect(try await bench.reports() == [HandedReport(reference: "m7", fate: .failed(code: 0x40), detail: "delivery_failed: Rejected by carrier")])
    }

    // MARK: - VoIP.ms, Vonage, Kannel

    @Test func `a call of VoIP.ms is known by the secret in its path, and answered ok`() async throws {
        let bench = try bench("voipms")
        let query = "to=5550100999&from=2025550123&message=Hello+there%21&files=&id=111120&date=2026-03-30%2010%3A24%3A16"
        let answer = try await bench.call(.get, "/gateway/home/\(Self.callbackSecret)?\(query)")
        #expect(answer.status == 200 && answer.text == "ok")
        #expect(try await bench.messages() == [HandedMessage(from: "2025550123", text: "Hello there!")])
        #expect(try await bench.call(.get, "/gateway/home/0123456789abcdee?\(query)").status == 404)
        #expect(try await bench.call(.get, "/gateway/home?\(query)").status == 404)
    }

    @Test func `the webhook of VoIP.ms is a document with numbers for names`() async throws {
        let bench = try bench("voipms")
        let body = #"{"data":{"id":90010001,"event_type":"message.received","record_type":"event","payload":{"id":90010001,"record_type":"message","type":"SMS","from":{"phone_number":"2025550123"},"to":[{"phone_number":"5550100999"}],"text":"look","media":[],"received_at":"2026-03-30T14:24:16.000000+00:00"}}}"#
        for _ in 0..<2 {
            let answer = try await bench.call(.post, "/gateway/home/\(Self.callbackSecret)", headers: ["Content-Type": "application/json"], body: body)
            #expect(answer.status == 200 && answer.text == "ok")
        }
        #expect(try await bench.messages() == [HandedMessage(from: "2025550123", text: "look", sentAt: Instant(seconds: 1_774_880_656))])
    }

    @Test func `segments that Vonage hands over one by one are handed on as segments`() async throws {
        let bench = try bench("vonage")
        func call(_ part: Int, _ text: String) async throws -> Int {
            let fields = [
                ("msisdn", "447700900001"), ("to", "447700900000"), ("messageId", "0A000000\(part)"), ("text", text), ("type", "unicode"), ("concat", "true"),
                ("concat-ref", "105"), ("concat-total", "2"), ("concat-part", "\(part)"), ("message-timestamp", "2026-03-30 14:24:16"), ("timestamp", "\(bench.clock.now().seconds)"),
            ]
            let signed = fields.sorted { $0.0 < $1.0 }.map { "&\($0.0)=\($0.1)" }.joined()
            let sig = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: SymmetricKey(data: Data(Self.callbackSecret.utf8))).map { String(format: "%02x", $0) }.joined()
            return try await bench.call(.post, "/gateway/home", headers: Self.form, body: body(fields + [("sig", sig)])).status
        }
        #expect(try await call(1, "Привет, ") == 200)
        #expect(try await call(2, "мир") == 200)
        #expect(try await call(2, "мир") == 200)
        let receipts = try await bench.ledger.unreadReceipts(line: nil)
        #expect(receipts.map(\.format) == [.modemPDU, .modemPDU])
    }

    @Test(arguments: [
        ("text=Gr%C3%BC%C3%9Fe&charset=UTF-8", "Grüße"), ("text=%04%1F%04%40%D8%3D%DE%00&charset=UTF-16BE", "Пр😀"), ("text=%C2%80%00A&charset=UTF-16BE", "\u{C280}A"),
        ("text=caf%E9&charset=ISO-8859-1", "café"), ("text=caf%E9", "café"), ("text=%C3%A9&charset=unheard-of", "é"),
        ("text=%93It%92s+5+%80%94&charset=WINDOWS-1252", "“It’s 5 €”"),
    ])
    func `Kannel hands texts over in character sets of its own`(query: String, text: String) async throws {
        let bench = try bench("kannel")
        #expect(try await bench.call(.get, "/gateway/home/\(Self.callbackSecret)?from=%2B12025550123&id=7&time=1774880656&\(query)").status == 200)
        #expect(try await bench.messages() == [HandedMessage(from: "+12025550123", text: text, sentAt: Instant(seconds: 1_774_880_656))])
    }

    @Test func `Kannel reports by the number of what happened`() async throws {
        let bench = try bench("kannel")
        for state in ["8", "1", "1"] { #expect(try await bench.call(.get, "/gateway/home/\(Self.callbackSecret)?report=01ABC&state=\(state)&detail=").status == 200) }
        #expect(try await bench.reports() == [HandedReport(reference: "01ABC", fate: .delivered)])
    }

    @Test(arguments: ["%", "{", "[", "report=1", String(repeating: "a=1&", count: 600)])
    func `a call that cannot be understood is told so, and leaves nothing`(query: String) async throws {
        let bench = try bench("kannel")
        let answer = try await bench.call(.post, "/gateway/home/\(Self.callbackSecret)", headers: Self.form, body: query)
        #expect(answer.status == 400 || answer.status == 200)
        #expect(try await bench.arrived().isEmpty)
    }

    @Test func `a text whose sender hides is a text`() async throws {
        let bench = try bench("kannel")
        #expect(try await bench.call(.get, "/gateway/home/\(Self.callbackSecret)?from=&id=8&text=Hi").status == 200)
        #expect(try await bench.messages() == [HandedMessage(from: "", text: "Hi")])
        #expect(try await bench.call(.get, "/gateway/home/\(Self.callbackSecret)?from=&id=9&text=").status == 400)
    }

    @Test func `a secret in the query is found there beside a JSON body, too`() async throws {
        let directory = try TemporaryDirectory()
        let secret = try Bench.secret(Self.callbackSecret, in: directory)
        let bench = try Bench(
            .gateway,
            """
            template:
              text:
                url: http://127.0.0.1:9/send
                json: '{"to": "{to}"}'
              answer:
                reference: "json id"
              callback:
                proof: query key
                message:
                  sender: from
                  text: body
                  id: id
            callback-secret-file: \(secret)

            """)
        let body = #"{"from":"+12025550123","body":"Hi","id":"1"}"#, headers = ["Content-Type": "application/json"]
        #expect(try await bench.call(.post, "/gateway/home?key=\(Self.callbackSecret)", headers: headers, body: body).status == 200)
        #expect(try await bench.call(.post, "/gateway/home?key=\(Self.callbackSecret)x", headers: headers, body: body).status == 401)
        #expect(try await bench.messages() == [HandedMessage(from: "+12025550123", text: "Hi")])
    }

    @Test func `all of a call that tells of several is taken`() async throws {
        let directory = try TemporaryDirectory()
        let bench = try Bench(
            .gateway,
            """
            template:
              text:
                url: http://127.0.0.1:9/send
                json: '{"to": "{to}"}'
              answer:
                reference: "json id"
              callback:
                proof: bearer
                items: results.*
                message:
                  when:
                    from: "*"
                  sender: from
                  text: body
                  id: id
                report:
                  reference: ref
                  state: state
            callback-secret-file: \(try Bench.secret(Self.callbackSecret, in: directory))

            """)
        let headers = ["Content-Type": "application/json", "Authorization": "Bearer \(Self.callbackSecret)"]
        let body = #"{"results":[{"from":"+12025550123","body":"one","id":"1"},{"strange":1},{"from":"+12025550123","body":"two","id":"2"},{"ref":"r","state":"delivered"}]}"#
        for _ in 0..<2 { #expect(try await bench.call(.post, "/gateway/home", headers: headers, body: body).status == 200) }
        #expect(try await bench.messages().map(\.parts) == [[.text("one")], [.text("two")]])
        #expect(try await bench.reports() == [HandedReport(reference: "r", fate: .delivered)])
        #expect(try await bench.call(.post, "/gateway/home", headers: headers, body: #"{"results":[{"strange":1}]}"#).status == 400)
        #expect(try await bench.call(.post, "/gateway/home", headers: headers, body: #"{"results":[]}"#).status == 200)
    }

    @Test func `a segment without a time that comes again is one, and an equal one of another name is two`() async throws {
        let bench = try bench("kannel")
        let inbox = GatewayInbox(
            line: "home", inbox: Inbox(ledger: bench.ledger, mint: .repeatable(bench.clock), intake: WakeSignal(), workers: WakeGroup()),
            mint: .repeatable(bench.clock), numbers: try #require(NumberPlan(country: "US")))
        for (id, sequence) in [("1", 1), ("2", 2), ("1", 1), ("2", 2), ("3", 1), ("4", 2)] as [(String, UInt8)] {
            bench.clock.advance(by: .seconds(5))
            try await inbox.record(
                FoundMessage(id: id, sender: "+12025550123", text: "half", segment: FoundSegment(reference: "r", total: 2, sequence: sequence)))
        }
        let octets = try await bench.ledger.unreadReceipts(line: nil).map(\.octets)
        #expect(octets.count == 4 && Set(octets).count == 4)
    }

    @Test func `an SMSEagle calls by GET or by POST`() async throws {
        let directory = try TemporaryDirectory()
        let bench = try Bench(
            .smseagle,
            "url: http://127.0.0.1:9\nsecret-file: \(try Bench.secret(in: directory))\ncallback-secret-file: \(try Bench.secret(Self.callbackSecret, in: directory))\n")
        let fields = "sender=%2B48600000000&timestamp=20140531092257&text=Dzie%C5%84+dobry&msgid=1301&modem_no=1&apikey=\(Self.callbackSecret)"
        #expect(try await bench.call(.get, "/gateway/home?\(fields)").status == 200)
        #expect(try await bench.call(.post, "/gateway/home", headers: Self.form, body: fields).status == 200)
        #expect(try await bench.messages() == [HandedMessage(from: "+48600000000", text: "Dzień dobry")])
        #expect(try await bench.call(.get, "/gateway/home?\(fields)x").status == 401)
    }

    /// A call of each ready template that is known by a secret, with a place for the message's name in it.
    private static let calls = [
        ("voipms", "to=5550100999&from=2025550123&message=Yes&files=&id=NAME&date=2026-03-30%2010%3A24%3A16"), ("kannel", "from=%2B12025550123&id=NAME&time=1774880656&text=Yes"),
    ]

    @Test(arguments: calls)
    func `a call that comes again is one message, an equal text of another name is two`(template: String, query: String) async throws {
        let bench = try bench(template)
        for name in ["11", "11", "12"] {
            #expect(try await bench.call(.get, "/gateway/home/\(Self.callbackSecret)?\(query.replacing("NAME", with: name))").status == 200)
        }
        #expect(try await bench.messages().map(\.parts) == Array(repeating: [.text("Yes")], count: 2))
    }

    @Test func `an SMSEagle's text meant twice is two, and Telnyx's that comes again is one`() async throws {
        let directory = try TemporaryDirectory()
        let eagle = try Bench(
            .smseagle,
            "url: http://127.0.0.1:9\nsecret-file: \(try Bench.secret(in: directory))\ncallback-secret-file: \(try Bench.secret(Self.callbackSecret, in: directory))\n")
        for name in ["1301", "1302"] {
            let fields = "sender=%2B48600000000&timestamp=20140531092257&text=Yes&msgid=\(name)&modem_no=1&apikey=\(Self.callbackSecret)"
            #expect(try await eagle.call(.get, "/gateway/home?\(fields)").status == 200)
        }
        #expect(try await eagle.messages().count == 2)
        let key = Curve25519.Signing.PrivateKey()
        let telnyx = try bench("telnyx", "public-key: \(key.publicKey.rawRepresentation.base64EncodedString())\n")
        for name in ["m1", "m1", "m2"] {
            let body = #"{"data":{"event_type":"message.received","id":"e1","payload":{"id":"\#(name)","from":{"phone_number":"+12025550123"},"to":[{"phone_number":"+12025550100"}],"text":"Yes","media":[],"received_at":"2026-03-30T14:24:16.000+00:00"}},"meta":{"attempt":1}}"#
            let time = "\(telnyx.clock.now().seconds)"
            let said = try key.signature(for: Data("\(time)|\(body)".utf8)).base64EncodedString()
            let headers = ["Content-Type": "application/json", "telnyx-signature-ed25519": said, "telnyx-timestamp": time]
            #expect(try await telnyx.call(.post, "/gateway/home", headers: headers, body: body).status == 200)
        }
        #expect(try await telnyx.messages().count == 2)
    }

    @Test func `a NowSMS without names for messages hands over each as one of its own`() async throws {
        let directory = try TemporaryDirectory()
        let bench = try Bench(
            .nowsms,
            "url: http://127.0.0.1:9\nuser: me\nsecret-file: \(try Bench.secret(in: directory))\ncallback-secret-file: \(try Bench.secret(Self.callbackSecret, in: directory))\n")
        for _ in 0..<2 { #expect(try await bench.call(.get, "/gateway/home/\(Self.callbackSecret)?sender=%2B12025550123&text=Yes").text.isEmpty) }
        #expect(try await bench.messages().count == 2)
    }

    @Test func `without a secret nobody can call`() async throws {
        let directory = try TemporaryDirectory()
        let bench = try Bench(.gateway, "template: kannel\nurl: http://127.0.0.1:9\nuser: me\nfrom: \"1\"\nsecret-file: \(try Bench.secret(in: directory))\n")
        #expect(bench.made.routes.isEmpty)
    }

    @Test(arguments: [
        ("1774880656", TimeForm.zoned, 1_774_880_656), ("1774880656000", .zoned, 1_774_880_656), ("2026-03-30T14:24:16Z", .zoned, 1_774_880_656),
        ("2026-03-30T10:24:16.123-04:00", .zoned, 1_774_880_656), ("2026-03-30 14:24:16", .zoned, nil), ("2026-03-30 14:24:16", .utc, 1_774_880_656),
        ("20260330142416", .utc, 1_774_880_656), ("2026-02-30 14:24:16", .utc, nil), ("yesterday", .utc, nil), ("", .utc, nil), ("2026-03-30T14:24:16+", .utc, nil),
        ("1970-01-01T00:00:00+14:00", .zoned, nil), ("-12345678", .zoned, nil), ("9999-12-31T23:59:59-23:00", .zoned, nil),
    ] as [(String, TimeForm, Int64?)])
    func `times are taken where their zone is known`(text: String, form: TimeForm, seconds: Int64?) {
        #expect(form.instant(text) == seconds.map { Instant(seconds: $0) })
    }
}
