import Exchange
import HTTPStack
import HomelineTesting
import Kinds
import Messaging
import Runtime
import Simulator
import Store
import Synchronization
import Telephony
import Testing
import Wire

@testable import TrunkGateway

@Suite struct ManagerFramerTests {
    private static let stream = Array(
        ("Asterisk Call Manager/1.1\r\nResponse: Success\r\nMessage: Authentication accepted\r\n\r\n"
            + "Response: Follows\r\nPrivilege: SMSCommand\r\nStatus: Power on, Up\r\n\r\nNetwork Name: X\r\n--END COMMAND--\r\n\r\n"
            + "Event: ReceivedSMS\r\nID: 7\r\nGsmSpan: 2\r\nSender: +1202\r\nContent: a%0Ab\r\n--END SMS EVENT--\r\n\r\nEvent: UpdateSMSSend\nID: 9\nStatus: 1\n\n").utf8)

    @Test func `however octets come, the packets are the same`() throws {
        var whole = ManagerFramer()
        let packets = try whole.feed(Self.stream)
        #expect(packets.map(\.lines.count) == [1, 2, 5, 5, 3])
        #expect(packets[2]["network name"] == "X" && packets[3]["Content"] == "a%0Ab" && packets[4]["ID"] == "9")
        var drip = ManagerFramer()
        #expect(try Self.stream.flatMap { try drip.feed([$0]) } == packets)
    }

    @Test func `what has no end is not kept for ever`() {
        #expect(throws: ManagerError.self) {
            var framer = ManagerFramer()
            _ = try framer.feed(Array(repeating: UInt8(ascii: "a"), count: ManagerFramer.lineLimit + 1))
        }
        #expect(throws: ManagerError.self) {
            var framer = ManagerFramer()
            _ = try framer.feed(Array(String(repeating: "a\n", count: ManagerFramer.packetLimit + 1).utf8))
        }
    }

    @Test func `no octets are too strange`() throws {
        for seed in 0..<200 as Range<UInt64> {
            var random = SplitMix(seed: seed), framer = ManagerFramer()
            var session = YeastarSession(user: "u", secret: "s", span: 2)
            let words = ["Event: ReceivedSMS", "Event: UpdateSMSSend", "ID: 7", "GsmSpan: 2", "Sender: +1", "Content: %ZZ", "Index: 300", "Response: Success", "Response: Follows", "", "--END COMMAND--"]
            for _ in 0..<200 {
                let line = random.next() % 5 == 0 ? (0..<5).map { _ in UInt8(truncatingIfNeeded: random.next()) } : Array(words[Int(random.next() % UInt64(words.count))].utf8)
                for packet in try framer.feed(line + [10]) { _ = session.handle(.event(.packet(packet))) }
            }
        }
    }
}

@Suite struct YeastarSessionTests {
    typealias Out = Output<YeastarSession.Effect, YeastarSession.TimerName>

    private func packet(_ lines: String...) -> Input<YeastarSession.Event, YeastarSession.TimerName> { .event(.packet(ManagerPacket(lines: lines))) }

    private func ready() -> YeastarSession {
        var session = YeastarSession(user: "u\r\nAction: x", secret: "s", span: 2)
        #expect(session.handle(.event(.connected)) == [.arm(.greeting, after: .seconds(2))])
        #expect(session.handle(packet("Asterisk Call Manager/1.1")).contains(.effect(.write("Action: Login\r\nUsername: u  Action: x\r\nSecret: s\r\n\r\n"))))
        #expect(session.handle(packet("Response: Success")).contains(.effect(.ready)))
        return session
    }

    private let order = YeastarOrder(id: "66", number: "+12025550123", text: "a\" 67\r\nAction: x")

    @Test func `a text is one word of a command, and the network has the last`() {
        var session = ready()
        #expect(session.handle(.event(.order(order))).first == .effect(.write("Action: smscommand\r\ncommand: gsm send sms 2 +12025550123 \"a%22%2067%0D%0AAction%3A%20x\" 66\r\n\r\n")))
        #expect(session.handle(packet("Response: Follows", "Privilege: SMSCommand")) == [.disarm(.answer), .arm(.update, after: YeastarSession.updateTime)])
        #expect(session.handle(packet("Event: UpdateSMSSend", "ID: 66", "Status: 1")).contains(.effect(.settled(order, .sent))))
    }

    @Test func `news may overtake the answer`() {
        var session = ready()
        _ = session.handle(.event(.order(order)))
        #expect(session.handle(packet("Event: UpdateSMSSend", "ID: 66", "Status: 0")).contains(.effect(.settled(order, .refused("the network did not take it")))))
        #expect(session.handle(packet("Response: Follows")).isEmpty)
    }

    @Test func `without an answer it may have been sent; without news the gateway has it`() {
        var session = ready()
        _ = session.handle(.event(.order(order)))
        #expect(session.handle(.fired(.answer)) == [.effect(.settled(order, .unanswered)), .effect(.dead("it does not answer")), .finished])
        var other = ready()
        _ = other.handle(.event(.order(order)))
        _ = other.handle(packet("Response: Follows"))
        #expect(other.handle(.fired(.update)) == [.effect(.settled(order, .sent))])
        #expect(other.handle(packet("Event: UpdateSMSSend", "ID: 66", "Status: 0")) == [.effect(.reported(id: "66", .refused("the network did not take it")))])
    }

    @Test func `one command at a time`() {
        var session = ready()
        #expect(session.handle(.fired(.watch)).first == .effect(.write("Action: smscommand\r\ncommand: gsm show 2\r\n\r\n")))
        #expect(session.handle(.event(.order(order))).isEmpty)
        #expect(session.handle(packet("Response: Follows", "Status: Up")).count == 4)
    }

    @Test func `an order that waits for its turn is not under way`() {
        var session = ready()
        _ = session.handle(.fired(.watch))
        _ = session.handle(.event(.order(order)))
        #expect(session.underway == nil)
        _ = session.handle(packet("Response: Follows", "Status: Up"))
        #expect(session.underway == order)
        _ = session.handle(packet("Response: Follows"))
        #expect(session.underway == order)
        _ = session.handle(packet("Event: UpdateSMSSend", "ID: 66", "Status: 1"))
        #expect(session.underway == nil)
    }

    @Test func `an order that is withdrawn before its turn is not told`() {
        var session = ready()
        _ = session.handle(.fired(.watch))
        _ = session.handle(.event(.order(order)))
        #expect(session.handle(.event(.withdrawn(order))).isEmpty)
        #expect(session.handle(packet("Response: Follows", "Status: Up")).count == 2)
        #expect(session.underway == nil)
    }

    @Test func `segments are as far from each other as they came, at times that nobody is shown`() throws {
        let times = try ["2026-03-30 23:59:58", "2026-03-30 23:59:59", "2026-03-31 00:07:00"].map(segmentTime)
        let first = try #require(times.first ?? nil)
        // The first short message was of 1992.
        #expect(times == [first, first + .seconds(1), first + .seconds(422)] && (0..<700_000_000).contains(first.seconds))
        #expect(try segmentTime("soon") == nil)
    }

    private func segmentTime(_ time: String) throws -> Instant? {
        let lines = ["Event: ReceivedSMS", "GsmSpan: 2", "Sender: +12025550123", "Recvtime: \(time)", "Index: 1", "Total: 2", "Content: x"]
        return try #require(YeastarText(ManagerPacket(lines: lines))).found.time
    }

    @Test func `a login that is refused ends it`() {
        var session = YeastarSession(user: "u", secret: "s", span: 2)
        _ = session.handle(.fired(.greeting))
        #expect(session.handle(packet("Response: Error", "Message: Authentication failed")) == [.disarm(.login), .effect(.loginRefused), .finished])
        #expect(session.handle(.event(.order(order))).isEmpty)
    }
}

/// A gateway on a port, as the contract asks for one.
final class YeastarPeer: TrunkPeer {
    private let held: Mutex<SimulatedYeastar>
    private let past = Mutex<[SimulatedYeastar.Sent]>([])
    let port: Int

    init() async throws {
        let gateway = try await SimulatedYeastar.start()
        port = gateway.port
        held = Mutex(gateway)
    }

    deinit {
        let gateway = held.withLock { $0 }
        Task { await gateway.stop() }
    }

    var gateway: SimulatedYeastar { held.withLock { $0 } }

    func set(_ mood: PeerMood) async {
        switch mood {
        case .working:
            gateway.set(.working)
            guard isAway.withLock({ $0 }) else { return }
            if let gateway = try? await SimulatedYeastar.start(port: port) {
                held.withLock { $0 = gateway }
                isAway.withLock { $0 = false }
            }
            while await isKnown.withLock({ $0 })?() == false { try? await Task.sleep(for: .milliseconds(5)) }
        case .away, .failing:
            past.withLock { $0 += gateway.sent }
            isAway.withLock { $0 = true }
            await gateway.stop()
            while await isKnown.withLock({ $0 })?() == true { try? await Task.sleep(for: .milliseconds(5)) }
        case .slow: gateway.set(.slow)
        case .refusing: gateway.set(.networkRefusing)
        case .losingAnswers: gateway.set(.losingAnswers)
        case .silent: gateway.set(.silent)
        }
    }

    private let isAway = Mutex(false)
    /// Whether the line has logged in.
    let isKnown = Mutex<(@Sendable () async -> Bool)?>(nil)

    func taken() async -> [TakenText] {
        // What the network refused went nowhere.
        (past.withLock { $0 } + gateway.sent).map { TakenText(recipient: $0.number, text: $0.text) }
    }
}

/// A gateway that lets everybody in, and then answers nothing.
private final class DeafGateway: SerialPorts {
    private let inbound = Mutex<AsyncThrowingStream<[UInt8], any Error>.Continuation?>(nil)
    private let words = Mutex("")

    var heard: String { words.withLock { $0 } }

    func hangUp() { inbound.withLock { $0 }?.finish() }

    func candidates() -> [SerialPlace] { [] }
    func isPluggedIn(_ place: SerialPlace) -> Bool { false }

    func withPort<Result: Sendable>(at place: SerialPlace, _ body: @Sendable (SerialPort) async throws -> Result) async throws -> Result {
        let (stream, inbound) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
        self.inbound.withLock { $0 = inbound }
        inbound.yield(Array("Asterisk Call Manager/1.1\r\n".utf8))
        return try await body(
            SerialPort(
                inbound: stream,
                send: { [weak self] octets in
                    let text = String(decoding: octets, as: UTF8.self)
                    self?.words.withLock { $0 += text }
                    if text.hasPrefix("Action: Login") { inbound.yield(Array("Response: Success\r\n\r\n".utf8)) }
                },
                hangUp: { inbound.finish() }))
    }
}

@Suite struct YeastarTrunkTests {
    /// What becomes of a text that waits its turn behind a look at the span.
    private func outcomeInTurn(_ ending: (DeafGateway, Task<Outcome, Never>) -> Void) async throws -> (Outcome, heard: String) {
        let gateway = DeafGateway(), mint = Mint.repeatable(ManualClock())
        let receipts = Inbox(ledger: MemoryLedger(), mint: mint, intake: WakeSignal(), workers: WakeGroup())
        let trunk = YeastarTrunk(
            settings: YeastarSettings(host: "gateway.example", port: 5038, user: "u", secret: "s", span: 2, interval: .zero), ports: gateway,
            inbox: GatewayInbox(line: "home", inbox: receipts, mint: mint, numbers: try #require(NumberPlan(country: "US"))), receipts: receipts,
            notices: NoticeBoard(), pause: { duration in try await Task.sleep(for: min(duration, .milliseconds(10))) })
        let running = Task { try await trunk.run() }
        while !gateway.heard.contains("gsm show 2") { try await Task.sleep(for: .milliseconds(5)) }
        let journal = ScriptedJournal()
        let sending = Task { await trunk.send(Outgoing.claim("Hello"), journal: journal) }
        while journal.entries.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        try await Task.sleep(for: .milliseconds(100))
        ending(gateway, sending)
        let outcome = await sending.value
        running.cancel()
        gateway.hangUp()
        _ = try? await running.value
        return (outcome, gateway.heard)
    }

    @Test func `a text that was never written is sent later, and is not in doubt`() async throws {
        let (outcome, heard) = try await outcomeInTurn { gateway, _ in gateway.hangUp() }
        #expect(outcome == .deferred(Failure(.unreachable, "gateway.example"), until: nil) && !heard.contains("send sms"))
    }

    @Test func `a text that is given up before its turn is sent later, and is not in doubt`() async throws {
        let (outcome, heard) = try await outcomeInTurn { _, sending in sending.cancel() }
        #expect(outcome == .deferred(Failure(.unreachable, "gateway.example"), until: nil) && !heard.contains("send sms"))
    }

    private func withLine<Value: Sendable>(_ more: String = "", _ body: (Bench, YeastarPeer) async throws -> Value) async throws -> Value {
        let peer = try await YeastarPeer()
        let directory = try TemporaryDirectory()
        let settings = "host: 127.0.0.1\ntcp-port: \(peer.port)\nsim-port: 1\ninterval: 0s\nuser: \(SimulatedYeastar.user)\nsecret-file: \(try Bench.secret(SimulatedYeastar.secret, in: directory))\n"
        let bench = try Bench(.yeastar, settings + more, pause: { duration in
            // The pauses between two calls are short here; timers are looked at again until they are due.
            try await Task.sleep(for: min(duration, .milliseconds(10)))
        })
        let health = bench.made.ports.health
        peer.isKnown.withLock { $0 = { await health().state == .working } }
        let running = Task { try await bench.made.ports.service.run() }
        while await health().state != .working { try await Task.sleep(for: .milliseconds(5)) }
        let value = try await body(bench, peer)
        running.cancel()
        peer.gateway.hangUp()
        _ = try? await running.value
        return value
    }

    @Test(arguments: TrunkContract.clauses)
    func `it keeps the contract`(clause: TrunkContract.Clause) async throws {
        try await withLine { bench, peer in
            let trunk = try bench.trunk
            try await clause.check(TrunkBench(trunk, peer))
        }
    }

    @Test func `texts come in decoded, those of our port only, and long ones as segments`() async throws {
        try await withLine { bench, peer in
            peer.gateway.receive(from: "+12025550123", content: "%EF%BB%BFGr%C3%BC%C3%9Fe+%2B+more%0A", id: "1")
            peer.gateway.receive(from: "", content: "Who am I?", id: "5")
            peer.gateway.receive(span: 3, from: "+12025550123", content: "not ours", id: "2")
            peer.gateway.receive(from: "+12025550123", content: "first ", id: "3", index: 1, of: 2)
            peer.gateway.receive(from: "+12025550123", content: "last", id: "4", index: 2, of: 2)
            while try await bench.ledger.unreadReceipts(line: nil).count < 4 { try await Task.sleep(for: .milliseconds(5)) }
            #expect(try await bench.messages() == [HandedMessage(from: "+12025550123", text: "Grüße + more\n"), HandedMessage(from: "", text: "Who am I?")])
            #expect(try await bench.ledger.unreadReceipts(line: nil).map(\.format) == [.handover, .handover, .modemPDU, .modemPDU])
        }
    }

    @Test func `a text that is told again after the connection broke is one, an equal one of another name is two`() async throws {
        try await withLine { bench, peer in
            for id in ["7", "7", "8"] { peer.gateway.receive(from: "+12025550123", content: "Yes", id: id) }
            peer.gateway.receive(from: "+12025550123", content: "last", id: "9")
            while try await bench.messages().last?.parts != [.text("last")] { try await Task.sleep(for: .milliseconds(5)) }
            #expect(try await bench.messages().map(\.parts) == ["Yes", "Yes", "last"].map { [.text($0)] })
        }
    }

    @Test func `news that come late are reports`() async throws {
        try await withLine { bench, peer in
            peer.gateway.update("4711", status: 0)
            while try await bench.reports().isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            #expect(try await bench.reports() == [HandedReport(reference: "4711", fate: .failed(code: 0x40), detail: "the network did not take it")])
        }
    }

    @Test func `a connection that ended is made again`() async throws {
        try await withLine { bench, peer in
            peer.gateway.hangUp()
            while peer.gateway.logins < 2 { try await Task.sleep(for: .milliseconds(5)) }
            while await bench.made.ports.health().state != .working { try await Task.sleep(for: .milliseconds(5)) }
        }
    }

    @Test func `a wrong login is told, and not tried over and over`() async throws {
        let peer = try await YeastarPeer()
        let directory = try TemporaryDirectory()
        let settings = "host: 127.0.0.1\ntcp-port: \(peer.port)\nsim-port: 1\nuser: nobody\nsecret-file: \(try Bench.secret("wrong", in: directory))\n"
        let pauses = Mutex<[Duration]>([])
        let bench = try Bench(.yeastar, settings) { duration in
            pauses.withLock { $0.append(duration) }
            try await Task.sleep(for: .seconds(60))
        }
        let running = Task { try await bench.made.ports.service.run() }
        while bench.notices.told.isEmpty || !pauses.withLock({ $0.contains(.seconds(300)) }) { try await Task.sleep(for: .milliseconds(5)) }
        #expect(await bench.made.ports.health().state == .down && peer.gateway.logins == 0)
        running.cancel()
        _ = try? await running.value
    }
}
