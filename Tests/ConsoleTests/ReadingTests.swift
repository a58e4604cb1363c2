import Console
import Exchange
import HTTPStack
import Telephony
import Testing

@Suite struct ReadingTests {
    @Test func `a message is read with its state, deliveries and timeline`() async throws {
        let bench = try await Bench()
        let id = try await bench.submit("hello")
        let message = try await bench.ask(.get, "/api/v1/messages/\(id)", token: Bench.reader).json
        #expect(message["text"]?.text == "hello" && message["state"]?.text == "queued" && message["direction"]?.text == "outgoing")
        let delivery = try #require(message["deliveries"]?.elements?.first)
        #expect(delivery["destination"]?["kind"]?.text == "trunk" && delivery["state"]?.text == "pending")
        let timeline = try await bench.ask(.get, "/api/v1/messages/\(id)/timeline", token: Bench.reader).json
        #expect(timeline["entries"]?.elements?.first?["kind"]?.text == "message")
    }

    @Test(arguments: ["/api/v1/messages/nonsense", "/api/v1/messages/00000000000000000000000000", "/api/v1/messages/nonsense/timeline"])
    func `a message that is not there is not found`(path: String) async throws {
        #expect(await (try await Bench()).ask(.get, path).refusal == "404")
    }

    @Test func `messages are paged, oldest first`() async throws {
        let bench = try await Bench()
        var ids: [String] = []
        for number in 0..<3 {
            ids.append(try await bench.submit("text \(number)"))
            bench.clock.advance(by: .milliseconds(2))
        }
        let first = try await bench.ask(.get, "/api/v1/messages?limit=2").json
        #expect(first["messages"]?.elements?.map { $0["id"]?.text } == ids[..<2].map { $0 })
        let next = try #require(first["next"]?.text)
        let second = try await bench.ask(.get, "/api/v1/messages?limit=2&after=\(next)&line=home").json
        #expect(second["messages"]?.elements?.map { $0["id"]?.text } == [ids[2]])
        #expect(second["next"] == nil)
    }

    @Test(arguments: [
        ("/api/v1/messages?limit=0", "400 limit"), ("/api/v1/messages?limit=501", "400 limit"), ("/api/v1/messages?limit=+5", "400 limit"),
        ("/api/v1/messages?after=x", "400 after"),
        ("/api/v1/messages?after=01JD8K2V7M0000000000000000", "422 after"), ("/api/v1/messages?line=work", "422 line"),
        ("/api/v1/messages?before=x", "400 before"),
        ("/api/v1/conversations?after=x", "400 after"), ("/api/v1/lines?x=1", "400 x"), ("/api/v1/segments", "400 text"),
        ("/api/v1/events?after=-1", "400 after"),
    ])
    func `a wrong query names its parameter`(target: String, refusal: String) async throws {
        #expect(await (try await Bench()).ask(.get, target).refusal == refusal)
    }

    @Test func `conversations show whom one writes with`() async throws {
        let bench = try await Bench()
        _ = try await bench.submit("one", to: "+15550100")
        bench.clock.advance(by: .milliseconds(2))
        _ = try await bench.receive("two", from: "+15550199")
        let conversations = try await bench.ask(.get, "/api/v1/conversations", token: Bench.reader).json["conversations"]?.elements
        #expect(conversations?.map { $0["last"]?["text"]?.text } == ["two", "one"])
    }

    @Test func `lines are shown with their facts and health`() async throws {
        let bench = try await Bench()
        try await bench.ledger.update(Line(id: "home", facts: LineFacts(number: "+15550000", carrier: "Test")))
        let lines = try await bench.ask(.get, "/api/v1/lines", token: Bench.reader).json["lines"]?.elements
        #expect(lines?.count == 1)
        #expect(lines?.first?["number"]?.text == "+15550000")
        #expect(lines?.first?["health"]?["state"]?.text == "working")
    }

    @Test func `segments are counted for whoever types`() async throws {
        let response = await (try await Bench()).ask(.get, "/api/v1/segments?text=hello%20there", token: Bench.reader)
        #expect(try response.json == ["encoding": "gsm7", "segments": 1, "unitsLeft": 149])
    }

    @Test(arguments: [
        ("/api/v1/messages", Bench.sender), ("/api/v1/events", Bench.sender), ("/api/v1/lines", Bench.sender), ("/metrics", Bench.sender),
    ])
    func `a token without the scope is told so`(path: String, token: String) async throws {
        #expect(await (try await Bench()).ask(.get, path, token: token).refusal == "403")
    }

    @Test func `every operation but health is closed to strangers`() async throws {
        let bench = try await Bench()
        for operation in bench.operations where operation.path != "/health" {
            #expect(await bench.ask(operation.method, operation.path, token: nil).status == 401, "\(operation.path)")
        }
    }
}
