import Console
import EndpointTesting
import EndpointVerification
import Exchange
import Kinds
import HTTPStack
import Telephony
import Testing

@Suite struct OpenAPITests {
    private struct Network: USSDTrunk {
        func request(_ text: String) async throws(Failure) -> USSDAnswer { USSDAnswer(text: "5", expectsReply: false) }
        func cancel() async throws(Failure) {}
    }

    @Test func `the document has every operation that is served, and no other`() async throws {
        let served = try await Bench().operations.map { "\($0.method.rawValue) \($0.path)" }
        let documented = try OpenAPIDocument().operations
        #expect(Set(served).union(Self.verification) == Set(documented))
        #expect(Set(served).count == served.count)
    }

    @Test func `real answers are as documented`() async throws {
        let document = try OpenAPIDocument()
        let bench = try await Bench(ussd: Network())
        try await bench.ledger.update(
            Line(id: "home", facts: LineFacts(number: "+15550000", imsi: "1", iccid: "2", carrier: "Test", imei: "3")))
        _ = try await bench.receive("hello")
        let id = try await bench.submit("hello")
        let claim = try #require(
            try await bench.ledger.claim(
                .trunk("home"), limit: 1, now: bench.clock.now(), lease: bench.clock.now() + .seconds(60), mint: bench.mint
            ).claims.first)
        try await bench.ledger.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.clock.now())
        try await bench.ledger.settle([
            Settlement(
                attempt: claim.attempt.id, delivery: claim.delivery.id, result: .inDoubt(Failure(.lostAnswer)), at: bench.clock.now(),
                following: [])
        ])
        let calls: [(HTTPStack.Method, String, String, String, Int)] = [
            (.get, "/health", "/health", "", 200),
            (.get, "/metrics", "/metrics", "", 200),
            (.post, "/api/v1/messages", "/api/v1/messages", #"{"line":"home","to":["+15550100"],"text":"x"}"#, 202),
            (.post, "/api/v1/messages", "/api/v1/messages", "{", 400),
            (.post, "/api/v1/messages", "/api/v1/messages", #"{"line":"home","to":["x"],"text":"x"}"#, 422),
            (.get, "/api/v1/messages", "/api/v1/messages?limit=1", "", 200),
            (.get, "/api/v1/messages/{id}", "/api/v1/messages/\(id)", "", 200),
            (.get, "/api/v1/messages/{id}", "/api/v1/messages/x", "", 404),
            (.get, "/api/v1/messages/{id}/parts/{number}", "/api/v1/messages/\(id)/parts/0", "", 200),
            (.get, "/api/v1/messages/{id}/parts/{number}", "/api/v1/messages/\(id)/parts/1", "", 404),
            (.get, "/api/v1/messages/{id}/timeline", "/api/v1/messages/\(id)/timeline", "", 200),
            (.get, "/api/v1/conversations", "/api/v1/conversations", "", 200),
            (.get, "/api/v1/lines", "/api/v1/lines", "", 200),
            (.post, "/api/v1/lines/{line}/ussd", "/api/v1/lines/home/ussd", #"{"text":"*100#"}"#, 200),
            (.delete, "/api/v1/lines/{line}/ussd", "/api/v1/lines/home/ussd", "", 200),
            (
                .post, "/api/v1/deliveries/{id}/decision", "/api/v1/deliveries/\(claim.delivery.id)/decision",
                #"{"decision":"takeAsFailed"}"#, 200
            ),
            (
                .post, "/api/v1/deliveries/{id}/decision", "/api/v1/deliveries/\(claim.delivery.id)/decision",
                #"{"decision":"takeAsFailed"}"#, 409
            ),
            (.post, "/api/v1/certificate/renewal", "/api/v1/certificate/renewal", "", 409),
            (.post, "/api/v1/replay", "/api/v1/replay", "", 200),
            (.post, "/api/v1/restart", "/api/v1/restart", "", 202),
            (.get, "/api/v1/events", "/api/v1/events", "", 200),
            (.get, "/api/v1/segments", "/api/v1/segments?text=x", "", 200),
            (.get, "/api/v1/log", "/api/v1/log?level=warning", "", 200),
            (.get, "/api/v1/log", "/api/v1/log?level=loud", "", 400),
            (.get, "/api/v1/support", "/api/v1/support", "", 200),
        ]
        for (method, path, target, body, status) in calls {
            let response = await bench.ask(method, target, body)
            #expect(response.status == status, "\(method) \(target): \(response.text)")
            let faults = try document.faults(of: response, to: method, path)
            #expect(faults.isEmpty, "\(method) \(target): \(faults)")
        }
        let tried = Set(calls.map { "\($0.0.rawValue) \($0.1)" })
        #expect(try tried.union(Self.verification) == Set(document.operations))
    }

    @Test func `a full queue says so as documented`() async throws {
        let document = try OpenAPIDocument(), bench = try await Bench()
        let crowd = (0..<100).map { "\"+155502\($0 + 100)\"" }.joined(separator: ",")
        let body = #"{"line":"home","to":[\#(crowd)],"text":"x"}"#
        for _ in 0..<2 { #expect(await bench.ask(.post, "/api/v1/messages", body).status == 202) }
        let refused = await bench.ask(.post, "/api/v1/messages", body)
        #expect(refused.status == 503)
        #expect(try refused.json["error"]?["code"]?.text == "queue_full")
        #expect(try document.faults(of: refused, to: .post, "/api/v1/messages") == [])
    }

    /// What the kind serves that the document speaks of, too.
    private static let verification: Set = ["POST /api/v1/verify", "POST /api/v1/verify/check", "POST /enum/verify"]

    @Test func `real answers of verification are as documented`() async throws {
        let document = try OpenAPIDocument()
        let bench = try await EndpointBench(.verification, ["countries": ["US"]])
        let calls: [(String, String, Int)] = [
            ("/api/v1/verify", #"{"number":"+12125550123"}"#, 202), ("/api/v1/verify", #"{"number":"+12125550123"}"#, 429),
            ("/api/v1/verify", #"{"number":"+41791234567"}"#, 422), ("/api/v1/verify", "{}", 400),
            ("/api/v1/verify/check", #"{"number":"+12125550123","code":"x"}"#, 200), ("/api/v1/verify/check", #"{"id":"x","code":"x"}"#, 404),
            ("/enum/verify", #"{"number":"+13235550123"}"#, 202), ("/enum/verify", #"{"number":"+13235550123","code":"x"}"#, 200),
        ]
        for (path, body, status) in calls {
            let response = await bench.post(path, body, bearer: EndpointBench.sendToken)
            #expect(response.status == status, "\(path): \(response.text)")
            #expect(try document.faults(of: response, to: .post, path).isEmpty)
        }
        #expect(Set(bench.made.routes.map { "\($0.method.rawValue) \($0.path)" }) == Self.verification)
    }

    @Test func `events carry documented entries`() async throws {
        let document = try OpenAPIDocument()
        let bench = try await Bench()
        _ = try await bench.receive("in")
        _ = try await bench.submit("out")
        let response = await bench.ask(.get, "/api/v1/events?after=0")
        guard case .stream(_, let next) = response.body else { throw CancellationError() }
        _ = try await next()
        let piece = try #require(try await next())
        let entries = String(decoding: piece, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("data: ") }
        #expect(entries.count >= 3)
        for entry in entries {
            #expect(try document.faults(of: try JSON(decoding: Array(entry.dropFirst(6).utf8)), schemaNamed: "Entry") == [])
        }
    }
}
