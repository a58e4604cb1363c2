import Exchange
import HomelineTesting
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
        try await softphone.served { server in
            let app = try await SocketApp(at: server)
            let answer = try await app.register()
            #expect(answer.status == .ok)
            await app.agent.stop()
        }
        let claim = try #require(meanwhile.claim)
        let away = Settlement.Result.deferred(Failure(.notRegistered), until: .distantFuture)
        try await ledger.settle([Settlement(attempt: claim.attempt.id, delivery: delivery.id, result: away, at: clock.now(), following: [])])
        let again = try await meanwhile.claimed()
        #expect(again.map(\.delivery.id) == [delivery.id])
    }

    @Test func `the connection that an app is registered over stays, however long the app is silent`() async throws {
        let softphone = try softphone(
            ledger, clock: clock, listen: "tcp:127.0.0.1:0", change: { $0.agent.transport.idleTimeout = .seconds(1) }
        ) { try await Task.sleep(for: $0) }
        try await softphone.served { server in
            let phone = try await SocketApp(at: server), other = try await SocketApp(at: server)
            let answer = try await phone.register()
            #expect(answer.status == .ok)
            // Silent for less long, and not registered.
            _ = try await other.send(try other.request(.options))
            while await other.agent.connectionCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
            #expect(await softphone.agent.connectionCount == 1)
            #expect(await phone.agent.connectionCount == 1)
            await phone.agent.stop()
            await other.agent.stop()
        }
    }

    @Test func `the connection stays for the last of those that are registered over it, whoever else gives up theirs`() async throws {
        let softphone = try softphone(
            ledger, clock: clock, listen: "tcp:127.0.0.1:0", change: { $0.agent.transport.idleTimeout = .seconds(1) }
        ) { try await Task.sleep(for: $0) }
        try await softphone.served { server in
            let phone = try await SocketApp(at: server), other = try await SocketApp(at: server)
            _ = try await phone.register()
            var request = try phone.request(.register, callID: "c-2")
            request.headers.append(.contact, "<sip:alice@127.0.0.1:5083>;+sip.instance=\"<urn:uuid:9999>\";expires=0")
            let answer = try await phone.prove(request)
            #expect(answer.status == .ok)
            // Silent for less long, and not registered.
            _ = try await other.send(try other.request(.options))
            while await other.agent.connectionCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
            #expect(await softphone.agent.connectionCount == 1)
            #expect(await phone.agent.connectionCount == 1)
            await phone.agent.stop()
            await other.agent.stop()
        }
    }

    @Test func `whoever comes back while it is looked up who is away makes no room for another`() async throws {
        let returning = Returning(ledger, binding(Self.place(1), contact: "sip:alice@192.0.2.1"))
        for number in 1...12 {
            let last = binding(Self.place(number), contact: "sip:alice@192.0.2.\(number)", registeredAt: start - .seconds(100_000 - number))
            try await ledger.save(last)
            try await ledger.unregister("alice", last.device)
        }
        let softphone = try softphone(InterceptedLedger(returning), clock: ManualClock(start)) { try await Task.sleep(for: $0) }
        returning.directory.withLock { $0 = softphone.directory }
        try await softphone.served { server in
            let app = try await SocketApp(at: server)
            var request = try app.request(.register)
            request.headers.append(.contact, "<sip:alice@127.0.0.1:5082>;expires=3600")
            let answer = try await app.prove(request)
            #expect(answer.status == .ok)
            await app.agent.stop()
        }
        let devices = try await ledger.devices(of: "alice")
        #expect(devices.count == 13 && devices.first == Self.place(1))
    }

    @Test func `what was put off while the clock was being set is due again, also where the ledger is busy just then`() async throws {
        let watched = WatchedLedger(ledger)
        let softphone = try softphone(watched, clock: clock) { _ in try await Task.sleep(for: .milliseconds(10)) }
        try await softphone.served { server in
            let app = try await SocketApp(at: server)
            _ = try await app.register()
            #expect(watched.counts[.expediteDevice] == 1)
            softphone.directory.noteWaiting("alice", "urn:uuid:4c41")
            watched.refuse(.expediteDevice)
            clock.advance(by: .seconds(86_400))
            while watched.counts[.expediteDevice] != 3 { await Task.yield() }
            await app.agent.stop()
        }
    }

    private static func place(_ number: Int) -> DeviceID { DeviceID("sip:alice@192.0.2.\(number):0") }
}

/// Lets a device register once it was looked up who is away.
private final class Returning: LedgerInterceptor {
    let directory = Mutex<Directory?>(nil)
    private let ledger: MemoryLedger
    private let binding: Binding

    init(_ ledger: MemoryLedger, _ binding: Binding) {
        self.ledger = ledger
        self.binding = binding
    }

    func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        let value = try await body(ledger)
        if call == .deviceRecords, let directory = directory.withLock(\.self) {
            try await directory.apply([.save(binding)], to: "alice", now: start)
        }
        return value
    }
}

/// Claims what is due while a binding is stored, a moment later than the registration came.
private final class Meanwhile: LedgerInterceptor {
    private let ledger: MemoryLedger
    private let clock: ManualClock
    private let mint: Mint
    private let taken = Mutex<Claim?>(nil)

    init(ledger: MemoryLedger, clock: ManualClock) {
        self.ledger = ledger
        self.clock = clock
        mint = .repeatable(clock)
    }

    var claim: Claim? { taken.withLock(\.self) }

    func claimed() async throws(LedgerError) -> [Claim] {
        let now = clock.now()
        return try await ledger.claim(.endpoint(.softphone), limit: 1, now: now, lease: now + .seconds(60), mint: mint).claims
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
