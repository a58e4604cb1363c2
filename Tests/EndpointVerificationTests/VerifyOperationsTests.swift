import EndpointTesting
import Exchange
import HTTPStack
import Settings
import Telephony
import Testing

@testable import EndpointVerification

@Suite struct VerifyOperationsTests {
    private func bench(_ settings: Written = ["countries": ["US"]], queueLimit: Int = 100, after: EndpointBench? = nil) async throws -> EndpointBench {
        try await EndpointBench(.verification, settings, queueLimit: queueLimit, after: after)
    }

    private func start(_ bench: EndpointBench, _ body: String = #"{"number":"+1 212 555 0123"}"#) async -> Response {
        await bench.post("/api/v1/verify", body, bearer: EndpointBench.sendToken)
    }

    private func check(_ bench: EndpointBench, _ body: String) async -> Response {
        await bench.post("/api/v1/verify/check", body, bearer: EndpointBench.sendToken)
    }

    /// The code in the last text that was sent.
    private func code(_ bench: EndpointBench) async throws -> String {
        String(try #require(try await bench.messages().last).text.prefix(6))
    }

    @Test func `a code is texted, and proves the number once`() async throws {
        let bench = try await bench()
        let started = await start(bench)
        #expect(started.status == 202)
        #expect(started.json["number"] == "+12125550123" && started.json["resendAfter"] == 30)
        #expect(started.json["expiresAt"] == JSON(bench.clock.now() + .seconds(600)))
        let message = try #require(try await bench.messages().last)
        #expect(message.participants == [.number("+12125550123")] && message.line == "home")
        #expect(message.text.hasSuffix(" is your code. It is good for 10 minutes. We never ask for it on the phone."))
        let id = try #require(started.json["id"]?.text), code = try await code(bench)
        let checked = await check(bench, #"{"id":"\#(id)","code":"\#(code)"}"#)
        #expect(checked.status == 200 && checked.json == ["verified": true, "number": "+12125550123"])
        let again = await check(bench, #"{"id":"\#(id)","code":"\#(code)"}"#)
        #expect(again.json == ["verified": false, "reason": "used"])
    }

    @Test func `wrong codes are counted, and then the right one is no use`() async throws {
        let bench = try await bench()
        _ = await start(bench)
        let right = try await code(bench)
        let wrong = right == "000000" ? "000001" : "000000"
        for left in [4, 3, 2, 1, 0] {
            let answer = await check(bench, #"{"number":"(212) 555-0123","code":"\#(wrong)"}"#)
            #expect(answer.json == ["verified": false, "reason": "wrong", "attemptsLeft": .integer(Int64(left))])
        }
        #expect(await check(bench, #"{"number":"+12125550123","code":"\#(right)"}"#).json == ["verified": false, "reason": "exhausted"])
    }

    @Test func `a code and its wrong guesses outlive the process`() async throws {
        let before = try await bench()
        _ = await start(before)
        let right = try await code(before)
        for _ in 0..<4 { _ = await check(before, #"{"number":"+12125550123","code":"x"}"#) }
        let after = try await bench(after: before)
        #expect(await start(after).status == 429)
        #expect(await check(after, #"{"number":"+12125550123","code":"\#(right)"}"#).json["verified"] == true)
        #expect(await check(try await bench(after: after), #"{"number":"+12125550123","code":"\#(right)"}"#).json["reason"] == "used")
    }

    @Test func `the same code is sent again after a while, in the language asked for`() async throws {
        let bench = try await bench()
        _ = await start(bench)
        let soon = await start(bench)
        #expect(soon.status == 429 && soon.header("Retry-After") == "30")
        bench.clock.advance(by: .seconds(30))
        let again = await start(bench, #"{"number":"+12125550123","language":"de-CH"}"#)
        #expect(again.status == 202 && again.json["resendAfter"] == 90)
        let texts = try await bench.messages().map(\.text)
        #expect(texts.count == 2 && texts[0].prefix(6) == texts[1].prefix(6))
        #expect(texts[1].hasSuffix("ist Ihr Code. Er gilt 9 Minuten. Wir fragen nie am Telefon danach."))
    }

    @Test func `a text for a language as one country has it goes before the language's`() {
        let texts = VerificationTexts(own: ["pt-br": "BR {code}", "de-ch": "CH {code}"], language: "pt-BR")
        #expect(texts.has("pt-BR") && !texts.has("pt"))
        #expect(texts.text("1", minutes: 1, language: "de-CH") == "CH 1")
        #expect(texts.text("1", minutes: 1, language: "de-AT").hasPrefix("1 ist Ihr Code."))
        #expect(texts.text("1", minutes: 1, language: nil) == "BR 1")
    }

    @Test func `texts of the owner's own replace ours`() async throws {
        let bench = try await bench(["countries": ["US"], "texts": ["en": "Example: {code}, {minutes} min"]])
        _ = await start(bench, #"{"number":"+12125550123","language":"xx"}"#)
        let text = try #require(try await bench.messages().last).text
        #expect(text.hasPrefix("Example: ") && text.hasSuffix(", 10 min"))
    }

    @Test(arguments: [
        ("+41791234567", "refused"), ("+19005550123", "refused"), ("911", "unprocessable"), ("hello", "unprocessable"), ("", "unprocessable"),
        ("+1212555", "unprocessable"),
    ])
    func `numbers of other countries, dear ones and none are refused`(number: String, code: String) async throws {
        let bench = try await bench()
        let answer = await start(bench, #"{"number":"\#(number)"}"#)
        #expect(answer.status == 422 && answer.json["error"]?["code"] == .string(code), "\(answer.text)")
        #expect(try await bench.messages().isEmpty)
    }

    @Test func `pumping ends at the limits, and costs no more than they say`() async throws {
        let bench = try await bench(["countries": ["US"], "in-all": "40"])
        for block in 0..<20 {
            for number in 0..<10 { _ = await start(bench, #"{"number":"+1212\#(3_000_000 + block * 10_000 + number)","client":"198.51.100.\#(block)"}"#) }
        }
        #expect(try await bench.messages().count == 40)
        let refused = await start(bench, #"{"number":"+12129990000"}"#)
        #expect(refused.status == 429 && refused.header("Retry-After") == "3600")
    }

    @Test func `few codes that come back make the endpoint's health say so`() async throws {
        let bench = try await bench()
        for number in 0..<20 { _ = await start(bench, #"{"number":"+1212\#(3_000_000 + number * 10_000)"}"#) }
        #expect(await bench.made.ports.health().state == .working)
        bench.clock.advance(by: .seconds(600))
        #expect(await bench.made.ports.health().state == .impaired)
    }

    @Test func `a text that finds no room counts for nothing, and says so`() async throws {
        let bench = try await bench(queueLimit: 1)
        #expect(await start(bench).status == 202)
        let full = await start(bench, #"{"number":"+12125550199"}"#)
        #expect(full.status == 503 && full.header("Retry-After") != nil)
        // It may be asked for again at once: nothing was sent.
        #expect(await start(bench, #"{"number":"+12125550199"}"#).status == 503)
    }

    @Test func `one path does both for a directory`() async throws {
        let bench = try await bench()
        let started = await bench.post("/enum/verify", #"{"number":"+12125550123"}"#, bearer: EndpointBench.sendToken)
        #expect(started.status == 202)
        let checked = await bench.post(
            "/enum/verify", #"{"number":"+12125550123","code":"\#(try await code(bench))"}"#, bearer: EndpointBench.sendToken)
        #expect(checked.json["verified"] == true)
    }

    @Test(arguments: ["/api/v1/verify", "/api/v1/verify/check", "/enum/verify"])
    func `nobody gets in without a token that may send`(path: String) async throws {
        let bench = try await bench()
        #expect(await bench.post(path, "{}").status == 401)
        #expect(await bench.post(path, "{}", bearer: "hl_read").status == 403)
        #expect(await bench.post(path, "{}", bearer: "hl_wrong").status == 401)
        #expect(await bench.post(path, "{", bearer: EndpointBench.sendToken).status == 400)
        #expect(await bench.post(path, String(repeating: "[", count: 3000), bearer: EndpointBench.sendToken).status == 400)
        #expect(try await bench.messages().isEmpty)
    }

    @Test func `a check of nothing that there is says so`() async throws {
        let bench = try await bench()
        #expect(await check(bench, #"{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","code":"123456"}"#).status == 404)
        #expect(await check(bench, #"{"id":"nonsense","code":"123456"}"#).status == 404)
        #expect(await check(bench, #"{"number":"+12125550123","code":"123456"}"#).status == 404)
        #expect(await check(bench, #"{"code":"123456"}"#).status == 400)
        #expect(await check(bench, #"{"id":"a","number":"b","code":"123456"}"#).status == 400)
    }

    private static let strange: [(Written, String)] = [
        (["countries": []], "countries"), (["countries": ["XX"]], "countries"), (["countries": ["US"], "lifetime": "5s"], "lifetime"),
        (["countries": ["US"], "texts": ["en": "no code in it"]], "texts"), (["countries": ["US"], "language": "xx"], "language"), ([:], "countries"),
    ]

    @Test(arguments: strange)
    func `a section that cannot be is refused on its line`(settings: Written, key: String) async throws {
        let error = await #expect(throws: SettingsError.self) { try await bench(settings) }
        #expect(error?.path == "endpoints.app.\(key)")
    }
}
