import EndpointTesting
import Exchange
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import EndpointSMSEagle

@Suite struct SMSEagleTests {
    private let settings: Written = ["token-file": "SECRET", "login": "nagios"]
    private let token = "access_token=\(EndpointBench.secret)"

    @Test(arguments: ["/http_api/send_sms", "/index.php/http_api/send_sms"])
    func `a text is sent and answered as monitoring plugins expect`(path: String) async throws {
        let bench = try await EndpointBench(.smsEagle, settings)
        let answer = await bench.ask(.get, "\(path)?\(token)&to=2125550123&message=PROBLEM%20CRITICAL%20disk+full&unicode=1&highpriority=1")
        #expect(answer.status == 200 && answer.text.hasPrefix("OK; ID="))
        #expect(Int64(answer.text.dropFirst(7)).map { $0 > 0 && $0 < 1 << 53 } == true)
        let message = try #require(try await bench.messages().first)
        #expect(message.text == "PROBLEM CRITICAL disk full" && message.participants == [.number("+12125550123")])
    }

    @Test func `login and pass do as well as a token`() async throws {
        let bench = try await EndpointBench(.smsEagle, settings)
        let body = "login=nagios&pass=\(EndpointBench.secret)&to=%2B12125550123&message=x"
        #expect(await bench.post("/http_api/send_sms", body, type: "application/x-www-form-urlencoded").text.hasPrefix("OK; ID="))
        let other = await bench.ask(.get, "/http_api/send_sms?login=root&pass=\(EndpointBench.secret)&to=2125550123&message=x")
        #expect(other.status == 401 && other.text == "Invalid login or password")
        let without = try await EndpointBench(.smsEagle, ["token-file": "SECRET"])
        #expect(await without.ask(.get, "/http_api/send_sms?login=nagios&pass=\(EndpointBench.secret)&to=2125550123&message=x").status == 401)
    }

    @Test func `several recipients are one message`() async throws {
        let bench = try await EndpointBench(.smsEagle, settings)
        #expect(await bench.ask(.get, "/http_api/send_sms?\(token)&to=2125550123,+12125550124&message=x").status == 200)
        #expect(try await bench.messages().first?.participants.count == 2)
    }

    @Test(arguments: [
        ("", 401, "Invalid login or password"), ("access_token=x&to=2125550123&message=x", 401, "Invalid access token"),
        ("T&message=x", 400, "Wrong parameters"), ("T&to=2125550123", 400, "Wrong parameters"), ("T&to=abc&message=x", 400, "Wrong number"),
        ("T&to=911&message=x", 400, "This number is not sent to"),
    ])
    func `what is wrong is told in the device's words`(query: String, status: Int, text: String) async throws {
        let bench = try await EndpointBench(.smsEagle, settings)
        let query = query.replacing("T&", with: "\(token)&")
        let answer = await bench.ask(.get, "/http_api/send_sms?\(query)")
        #expect(answer.status == status && answer.text == text)
        let xml = await bench.ask(.get, "/http_api/send_sms?\(query)&responsetype=xml")
        #expect(xml.text == "<xml><error_text>\(text)</error_text><status>error</status></xml>")
        #expect(try await bench.messages().isEmpty)
    }

    @Test func `each of several recipients gets a text of their own, though the line carries groups`() async throws {
        let bench = try await EndpointBench(.smsEagle, settings, carriage: [.files, .groups])
        _ = await bench.ask(.get, "/http_api/send_sms?\(token)&to=2125550123,2125550124&message=x")
        let message = try #require(try await bench.messages().first)
        let ways = try await bench.ledger.deliveries(of: message.id).map(\.delivery.destination)
        #expect(ways == [.trunk("home", recipients: [.number("+12125550123")]), .trunk("home", recipients: [.number("+12125550124")])])
    }

    @Test func `the XML form is answered when asked for`() async throws {
        let bench = try await EndpointBench(.smsEagle, settings)
        let answer = await bench.ask(.get, "/http_api/send_sms?\(token)&to=2125550123&message=x&responsetype=xml")
        #expect(answer.contentType == "application/xml" && answer.text.hasPrefix("<xml><message_id>") && answer.text.hasSuffix("</message_id><status>ok</status></xml>"))
    }

    @Test func `JSON-RPC sends, in both of its answers`() async throws {
        let bench = try await EndpointBench(.smsEagle, settings)
        let secret = EndpointBench.secret
        let plain = await bench.post("/jsonrpc/sms", #"{"method":"sms.send_sms","params":{"access_token":"\#(secret)","to":"2125550123","message":"a"}}"#)
        #expect(plain.json["result"]?.text?.hasPrefix("OK; ID=") == true)
        let extended = await bench.post(
            "/index.php/jsonrpc/sms",
            #"{"method":"sms.send_sms","params":{"login":"nagios","pass":"\#(secret)","to":"2125550123","message":"b","responsetype":"extended"}}"#)
        #expect(extended.json["result"]?["status"] == "ok")
        let wrong = await bench.post("/jsonrpc/sms", #"{"method":"sms.send_sms","params":{"access_token":"x","to":"2125550123","message":"a"}}"#)
        #expect(wrong.status == 200 && wrong.json == ["result": "Invalid access token"])
        #expect(try await bench.messages().map(\.text) == ["a", "b"])
        #expect(await bench.post("/jsonrpc/sms", #"{"method":"sms.read_sms","params":{},"id":7}"#).json["error"]?["code"] == -32601)
        #expect(await bench.post("/jsonrpc/sms", "{").json["error"]?["code"] == -32700)
    }

    @Test func `who guesses has to wait, and who knows does not`() async throws {
        let bench = try await EndpointBench(.smsEagle, settings)
        for _ in 0..<10 { _ = await bench.ask(.get, "/http_api/send_sms?access_token=guess&to=2125550123&message=x") }
        let slowed = await bench.ask(.get, "/http_api/send_sms?access_token=guess&to=2125550123&message=x")
        #expect(slowed.status == 429 && slowed.header("Retry-After") != nil)
        #expect(await bench.ask(.get, "/http_api/send_sms?\(token)&to=2125550123&message=x").status == 200)
    }

    @Test func `a list of recipients may have bare numbers, and none of it is left out`() async throws {
        let bench = try await EndpointBench(.smsEagle, settings)
        func call(_ list: String) -> String {
            #"{"method":"sms.send_sms","params":{"access_token":"\#(EndpointBench.secret)","to":\#(list),"message":"x"}}"#
        }
        #expect(await bench.post("/jsonrpc/sms", call(#"["2125550123",2125550124]"#)).json["result"]?.text?.hasPrefix("OK; ID=") == true)
        #expect(try await bench.messages().first?.participants.count == 2)
        #expect(await bench.post("/jsonrpc/sms", call(#"["2125550123",null]"#)).json == ["result": "Wrong parameters"])
        #expect(try await bench.messages().count == 1)
    }

    @Test func `words that are long to compare cost a stranger's request nothing`() throws {
        let word = "\u{E9}" + String(repeating: "\u{301}\u{327}", count: 16_000)
        let form = try Form(query: "to=\(word)&responsetype=\(word)")
        let time = ProcessorTime.measure {
            _ = EagleWish(form)
            _ = EagleWish(call: ["method": "sms.send_sms", "params": ["to": .string(word)]])
            _ = EagleWish(call: ["method": .string(word)])
            _ = EagleWish(call: ["method": "sms.send_sms", "params": ["responsetype": .string(word)]])
        }
        #expect(time < .milliseconds(300))
    }
}
