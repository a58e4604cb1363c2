import Console
import Exchange
import HTTPStack
import Telephony
import Testing

@Suite struct SubmitMessageTests {
    @Test func `a message is durable before it is answered`() async throws {
        let bench = try await Bench()
        let response = await bench.ask(
            .post, "/api/v1/messages", token: Bench.sender, #"{"line":"home","to":["+1 555-0100","+15550101"],"text":"héllo 😀"}"#)
        #expect(response.status == 202)
        let text = try #require(try response.json["id"]?.text)
        let id = try #require(MessageID(text))
        #expect(response.headers.contains { $0.name == "Location" && $0.value == "/api/v1/messages/\(id)" })
        let record = try #require(try await bench.ledger.message(id))
        #expect(record.message.participants == [.number("+15550100"), .number("+15550101")])
        #expect(record.message.text == "héllo 😀")
        #expect(record.message.origin?.endpoint == .api)
        #expect(try await bench.ledger.deliveries(of: record.message.id).count == 2)
    }

    @Test func `the same key is the same message with the same answer`() async throws {
        let bench = try await Bench()
        let first = try await bench.submit(key: "k1")
        #expect(try await bench.submit(key: "k1") == first)
        #expect(try await bench.submit(key: "k2") != first)
        let withHeader = await bench.ask(
            .post, "/api/v1/messages", token: Bench.sender, headers: ["Idempotency-Key": "k1"],
            #"{"line":"home","to":["+15550100"],"text":"hello"}"#)
        #expect(try withHeader.json["id"]?.text == first)
        #expect(try await bench.ledger.messages(after: nil, limit: 10, lines: nil).count == 2)
    }

    @Test func `without a key every request is a message`() async throws {
        let bench = try await Bench()
        #expect(try await bench.submit() != bench.submit())
    }

    @Test func `one caller's key is not another's`() async throws {
        let bench = try await Bench()
        let first = try await bench.submit(key: "k")
        let second = await bench.ask(.post, "/api/v1/messages", #"{"line":"home","to":["+15550100"],"text":"hello","idempotencyKey":"k"}"#)
        #expect(try second.json["id"]?.text != first)
    }

    @Test(arguments: [
        #"{"line":"home","to":["+15550100"],"text":"other","idempotencyKey":"k"}"#,
        #"{"line":"home","to":["+15550199"],"text":"hello","idempotencyKey":"k"}"#,
    ])
    func `a key with other content is a conflict, not a success`(body: String) async throws {
        let bench = try await Bench()
        _ = try await bench.submit(key: "k")
        #expect(await bench.ask(.post, "/api/v1/messages", token: Bench.sender, body).refusal == "409 idempotencyKey")
    }

    @Test(arguments: [
        ("", "400"),
        ("[]", "400"),
        (#"{"line":"home","to":["+15550100"],"text":"\ud800"}"#, "400"),
        (#"{"to":["+15550100"],"text":"x"}"#, "400 line"),
        (#"{"line":"home","text":"x"}"#, "400 to"),
        (#"{"line":"home","to":"+15550100","text":"x"}"#, "400 to"),
        (#"{"line":"home","to":[1],"text":"x"}"#, "400 to[0]"),
        (#"{"line":"home","to":["+15550100"],"text":7}"#, "400 text"),
        (#"{"line":"home","to":["+15550100"],"text":"x","flash":true}"#, "400 flash"),
        (#"{"line":"work","to":["+15550100"],"text":"x"}"#, "422 line"),
        (#"{"line":"home","to":[],"text":"x"}"#, "422 to"),
        (#"{"line":"home","to":["+15550100","nobody"],"text":"x"}"#, "422 to[1]"),
        (#"{"line":"home","to":["112"],"text":"help"}"#, "422 to"),
        (#"{"line":"home","to":["+15550100"],"text":""}"#, "422 text"),
        (#"{"line":"home","to":["+15550100"],"text":"x","idempotencyKey":""}"#, "422 idempotencyKey"),
        (#"{"line":"home","to":["+15550100"],"text":"x","idempotencyKey":"a\nb"}"#, "422 idempotencyKey"),
    ])
    func `a wrong request names the field and stores nothing`(body: String, refusal: String) async throws {
        let bench = try await Bench()
        #expect(await bench.ask(.post, "/api/v1/messages", token: Bench.sender, body).refusal == refusal)
        #expect(try await bench.ledger.messages(after: nil, limit: 10, lines: nil).isEmpty)
    }

    @Test func `a text, a key or a list of recipients that is too long is refused`() async throws {
        let bench = try await Bench()
        let long = String(repeating: "x", count: Submissions.textLimit + 1)
        #expect(await bench.ask(.post, "/api/v1/messages", #"{"line":"home","to":["+15550100"],"text":"\#(long)"}"#).refusal == "422 text")
        let key = String(repeating: "k", count: 201)
        #expect(
            await bench.ask(.post, "/api/v1/messages", #"{"line":"home","to":["+15550100"],"text":"x","idempotencyKey":"\#(key)"}"#).refusal
                == "422 idempotencyKey")
        let crowd = (0..<101).map { #""+1555\#(10000 + $0)""# }.joined(separator: ",")
        #expect(await bench.ask(.post, "/api/v1/messages", #"{"line":"home","to":[\#(crowd)],"text":"x"}"#).refusal == "422 to")
        #expect(await bench.ask(.post, "/api/v1/messages", String(repeating: " ", count: 20_000_000)).refusal == "413")
    }

    @Test func `two keys that differ are one mistake`() async throws {
        let bench = try await Bench()
        let response = await bench.ask(
            .post, "/api/v1/messages", headers: ["Idempotency-Key": "a"],
            #"{"line":"home","to":["+15550100"],"text":"x","idempotencyKey":"b"}"#)
        #expect(response.refusal == "400 idempotencyKey")
    }
}
