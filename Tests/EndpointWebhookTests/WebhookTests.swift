import Exchange
import HTTPStack
import HomelineTesting
import Synchronization
import Telephony
import Testing

@testable import EndpointWebhook

@Suite struct WebhookTests {
    /// A server that answers by script and keeps what it was sent.
    private final class ScriptedServer: WebClient {
        let script: @Sendable () throws(Failure) -> OutgoingAnswer
        let requests = Mutex<[OutgoingRequest]>([])

        init(_ script: @escaping @Sendable () throws(Failure) -> OutgoingAnswer) { self.script = script }

        func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
            requests.withLock { $0.append(request) }
            return try script()
        }
    }

    private let clock = ManualClock()

    private func claim(_ content: DeliveryContent = .message, direction: Direction = .incoming) -> Claim {
        let mint = Mint.repeatable(clock)
        let message = Message(
            id: mint.identifier(), line: "home", direction: direction, sender: .number("+15550100"), participants: [.number("+15550100")],
            parts: [.text("Grüezi")], sentAt: clock.now(), recordedAt: clock.now())
        let delivery = Delivery(
            id: mint.identifier(), message: message.id, destination: .endpoint("hook"), content: content, due: clock.now(),
            expires: clock.now() + .seconds(60))
        return Claim(
            delivery: delivery, attempt: Attempt(id: mint.identifier(), delivery: delivery.id, number: 1, openedAt: clock.now()),
            queue: DeliveryQueue(destination: delivery.destination, message: message), message: message, messageNumber: 1,
            acceptedSegments: [:])
    }

    private func endpoint(_ server: ScriptedServer) throws -> WebhookEndpoint {
        let url = try #require(WebURL("https://hooks.example/x"))
        return WebhookEndpoint(settings: WebhookSettings(url: url, secret: "0123456789abcdef"), client: server, clock: clock)
    }

    @Test func `a message is posted once, signed, under the delivery's name`() async throws {
        let server = ScriptedServer { OutgoingAnswer(status: 204) }
        let claim = claim()
        #expect(try await endpoint(server).deliver(claim) == .accepted(reference: nil))
        let request = try #require(server.requests.withLock { $0 }.first)
        #expect(request.method == .post && request.url.description == "https://hooks.example/x" && request.redirects == 0)
        let headers = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name, $0.value) })
        #expect(headers["X-Homeline-Delivery"] == claim.delivery.id.description)
        #expect(headers["Content-Type"] == "application/json")
        let body = try JSON(decoding: request.body)
        #expect(body["event"]?.text == "message.received")
        #expect(body["line"]?.text == "home")
        #expect(body["message"]?["text"]?.text == "Grüezi")
        #expect(body["conversation"]?.elements?.first?["text"]?.text == "+15550100")
    }

    @Test func `a receiver can check the signature`() async throws {
        let server = ScriptedServer { OutgoingAnswer(status: 200) }
        _ = try await endpoint(server).deliver(claim())
        let request = try #require(server.requests.withLock { $0 }.first)
        let signature = try #require(request.headers.first { $0.name == "X-Homeline-Signature" }?.value)
        #expect(signature == WebhookSignature(secret: "0123456789abcdef", body: request.body, at: clock.now()).field)
    }

    /// The value is Python's: `hmac.new(secret, b"1800000000." + body, sha256)`.
    @Test func `the signature is HMAC-SHA256 over the time and the body`() {
        let signature = WebhookSignature(secret: "0123456789abcdef", body: Array(#"{"event":"message.received"}"#.utf8), at: clock.now())
        #expect(signature.field == "t=1800000000,v1=a1d7067fce32b580f95fe8bbab393d484da2fc704b4199f8094aaa230075a513")
    }

    @Test(arguments: [
        (StatusNotice.delivered(.number("+15550100"), at: Instant(seconds: 1_800_000_000)), "delivered"),
        (.failed(.number("+15550100"), Failure(.cms(38))), "failed"),
        (.inDoubt(.number("+15550100"), Failure(.lostAnswer)), "inDoubt"),
    ])
    func `what became of a message is told`(notice: StatusNotice, state: String) async throws {
        let server = ScriptedServer { OutgoingAnswer(status: 200) }
        _ = try await endpoint(server).deliver(claim(.status(notice), direction: .outgoing))
        let body = try JSON(decoding: try #require(server.requests.withLock { $0 }.first).body)
        #expect(body["event"]?.text == "message.status")
        #expect(body["status"]?["state"]?.text == state)
        #expect(body["status"]?["recipient"]?["text"]?.text == "+15550100")
    }

    @Test(
        arguments: [
            (200, nil, Outcome.accepted(reference: nil)),
            (202, nil, .accepted(reference: nil)),
            (410, nil, .failed(Failure(.http(410)))),
            (400, nil, .failed(Failure(.http(400)))),
            (301, nil, .failed(Failure(.http(301)))),
            (429, "30", .deferred(Failure(.http(429)), until: Instant(seconds: 1_800_000_030))),
            (503, nil, .deferred(Failure(.http(503)), until: nil)),
            (500, "soon", .deferred(Failure(.http(500)), until: nil)),
            (503, "0", .deferred(Failure(.http(503)), until: nil)),
            (503, "1", .deferred(Failure(.http(503)), until: nil)),
            (503, "-1", .deferred(Failure(.http(503)), until: nil)),
            (503, "99999999999", .deferred(Failure(.http(503)), until: Instant(seconds: 1_800_086_400))),
            (408, nil, .deferred(Failure(.http(408)), until: nil)),
        ] as [(Int, String?, Outcome)])
    func `the answer decides what becomes of the delivery`(status: Int, retryAfter: String?, outcome: Outcome) async throws {
        let server = ScriptedServer { OutgoingAnswer(status: status, headers: retryAfter.map { [("retry-after", $0)] } ?? []) }
        #expect(try await endpoint(server).deliver(claim()) == outcome)
    }

    @Test(arguments: [
        (Failure(.timeout), Outcome.deferred(Failure(.timeout), until: nil)),
        (Failure(.unreachable), .deferred(Failure(.unreachable), until: nil)),
        (Failure(.refused, "private"), .failed(Failure(.refused, "private"))),
    ])
    func `no answer is tried again, what we refuse is not`(failure: Failure, outcome: Outcome) async throws {
        let server = ScriptedServer { () throws(Failure) in throw failure }
        let endpoint = try endpoint(server)
        #expect(await endpoint.deliver(claim()) == outcome)
        #expect(endpoint.health.state == .impaired)
    }
}
