import Exchange
import HomelineTesting
import Logging
import SIP
import SIPStack
import Store
import Synchronization
import Telephony
import Testing

@testable import EndpointSoftphone

/// An app that registers over a socket, by its password.
@Suite(.timeLimit(.minutes(5))) struct RegisteringTests {
    private let ledger = MemoryLedger()
    private let clock = ManualClock()

    init() async throws {
        let credentials = SIPCredentials(realm: "sms.example.org", user: "alice", password: "right")
        try await ledger.save(Person(id: "alice", lines: ["home"], credentials: credentials))
    }

    private func serve(_ softphone: Softphone, _ body: (ListenAddress) async throws -> Void) async throws {
        let serving = Task { try await softphone.run() }
        defer { serving.cancel() }
        while await softphone.agent.listening.isEmpty { await Task.yield() }
        try await body(try #require(await softphone.agent.listening.first))
    }

    private func app() async throws -> UserAgent {
        let loopback = try #require(IPAddress("127.0.0.1"))
        let app = UserAgent(UserAgentSettings(listen: [ListenAddress(.udp, loopback, port: 0)]), log: Logger(label: "app"))
        try await app.start()
        return app
    }

    private func uri(of server: ListenAddress) throws -> URI {
        try URI(decoding: "sip:127.0.0.1:\(server.port);transport=\(server.transport.rawValue)")
    }

    private func request(_ method: SIP.Method, _ number: Int) throws -> Request {
        var request = Request(method: method, uri: try URI(decoding: "sip:sms.example.org"))
        request.headers.from = try NameAddress(decoding: "<sip:alice@sms.example.org>;tag=1")
        request.headers.to = try NameAddress(decoding: "<sip:alice@sms.example.org>")
        request.headers.callID = "reg-1"
        request.headers.cseq = CSeq(number, method)
        return request
    }

    /// What the second try, which answers the challenge, is answered.
    private func register(_ app: UserAgent, at server: ListenAddress) async throws -> Status {
        let address = SIPStack.Destination.uri(try uri(of: server))
        let contact = "<sip:alice@127.0.0.1:5082>;+sip.instance=\"<urn:uuid:4c41>\";expires=3600"
        var first = try request(.register, 1), second = try request(.register, 2)
        first.headers.append(.contact, contact)
        second.headers.append(.contact, contact)
        let challenge = try #require(try await app.send(first, to: address).headers.wwwAuthenticate.first)
        let ha1 = Digest.ha1(username: "alice", realm: "sms.example.org", password: "right", hash: Hashing.sha256)
        let answer = Digest.answer(
            challenge, username: "alice", ha1: ha1, method: .register, uri: second.uri, cnonce: "c", hash: Hashing.sha256)
        second.headers.authorization = [try #require(answer)]
        return try await app.send(second, to: address).status
    }

    private var waiting: (message: Telephony.Message, delivery: Delivery) {
        let message = Telephony.Message(
            id: MessageID(high: 1, low: 1), line: .house, direction: .within, sender: .person("bob"), participants: [.person("alice")],
            parts: [.text("hello")], recordedAt: clock.now(), origin: Origin(endpoint: .softphone, person: "bob", reference: "r"))
        let delivery = Delivery(
            id: DeliveryID(high: 2, low: 1), message: message.id, destination: .device(.softphone, "alice", "urn:uuid:4c41"), content: .message,
            due: clock.now(), expires: .distantFuture)
        return (message, delivery)
    }

    @Test func `what was begun while a registration was being stored, and did not find it, is due again at once`() async throws {
        let meanwhile = Meanwhile(ledger: ledger, clock: clock)
        let softphone = try softphone(InterceptedLedger(meanwhile), clock: clock) { try await Task.sleep(for: $0) }
        let (message, delivery) = waiting
        _ = try await ledger.submit(message, key: "k", deliveries: [delivery])
        try await serve(softphone) { server in
            let app = try await app()
            #expect(try await register(app, at: server) == .ok)
            await app.stop()
        }
        let claim = try #require(meanwhile.claim)
        let away = Settlement.Result.deferred(Failure(.notRegistered), until: .distantFuture)
        try await ledger.settle([Settlement(attempt: claim.attempt.id, delivery: delivery.id, result: away, at: clock.now(), following: [])])
        let again = try await meanwhile.claimed()
        #expect(again.map(\.delivery.id) == [delivery.id])
    }

    @Test func `the connection that an app is registered over stays, however long the app is silent`() async throws {
        let softphone = try softphone(
            ledger, clock: clock, listen: "tcp:127.0.0.1:0", change: { $0.agent.transport.idleTimeout = .milliseconds(100) }
        ) { try await Task.sleep(for: $0) }
        try await serve(softphone) { server in
            let (phone, other) = (try await app(), try await app())
            #expect(try await register(phone, at: server) == .ok)
            // Silent for less long, and not registered.
            _ = try await other.send(try request(.options, 1), to: .uri(try uri(of: server)))
            while await other.connectionCount > 0 { await Task.yield() }
            #expect(await softphone.agent.connectionCount == 1)
            #expect(await phone.connectionCount == 1)
            await phone.stop()
            await other.stop()
        }
    }
}

/// Claims what is due while a binding is stored, a moment later than the registration came.
private final class Meanwhile: LedgerInterceptor {
    private let ledger: MemoryLedger
    private let clock: ManualClock
    private let taken = Mutex<Claim?>(nil)

    init(ledger: MemoryLedger, clock: ManualClock) {
        self.ledger = ledger
        self.clock = clock
    }

    var claim: Claim? { taken.withLock(\.self) }

    func claimed() async throws(LedgerError) -> [Claim] {
        let now = clock.now()
        return try await ledger.claim(.endpoint(.softphone), limit: 1, now: now, lease: now + .seconds(60), mint: .repeatable(clock)).claims
    }

    func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        if call == .saveBinding {
            clock.advance(by: .seconds(1))
            let claim = try await claimed().first
            taken.withLock { $0 = claim }
        }
        return try await body(ledger)
    }
}
