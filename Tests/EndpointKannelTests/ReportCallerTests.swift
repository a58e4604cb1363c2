import Exchange
import HTTPStack
import HomelineTesting
import Synchronization
import Telephony
import Testing

@testable import EndpointKannel

@Suite struct ReportCallerTests {
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
    private let bob = Address.number("+12125550123")
    private let wanted = "KEY " + ReportWish(mask: 31, template: "https://alerts.example.org/dlr?s=%d").note

    private func claim(_ content: DeliveryContent, reference: String) -> Claim {
        let mint = Mint.repeatable(clock)
        let message = Message(
            id: mint.identifier(), line: "home", direction: .outgoing, sender: nil, participants: [bob], parts: [.text("x")],
            recordedAt: clock.now(), origin: Origin(endpoint: "app", person: nil, reference: reference))
        let delivery = Delivery(
            id: mint.identifier(), message: message.id, destination: .endpoint("app"), content: content, due: clock.now(), expires: clock.now() + .seconds(60))
        return Claim(
            delivery: delivery, attempt: Attempt(id: mint.identifier(), delivery: delivery.id, number: 1, openedAt: clock.now()),
            queue: DeliveryQueue(destination: delivery.destination, message: message), message: message, messageNumber: 1, acceptedSegments: [:])
    }

    private func caller(_ server: ScriptedServer, hosts: Set<String> = ["alerts.example.org"]) -> ReportCaller {
        ReportCaller(hosts: hosts, client: server, mint: .repeatable(clock))
    }

    @Test func `a delivered text is told where its writer wanted`() async {
        let server = ScriptedServer { OutgoingAnswer(status: 200) }
        let outcome = await caller(server).deliver(claim(.status(.delivered(bob, at: clock.now())), reference: wanted))
        #expect(outcome == .accepted(reference: nil))
        #expect(server.requests.withLock { $0.map(\.url.description) } == ["https://alerts.example.org/dlr?s=1"])
    }

    @Test func `nobody is called where nobody wanted to be, or it is not news`() async {
        let server = ScriptedServer { OutgoingAnswer(status: 200) }
        for (content, reference) in [(DeliveryContent.status(.delivered(bob, at: clock.now())), "KEY"), (.status(.inDoubt(bob, Failure(.lostAnswer))), wanted), (.message, wanted)] {
            #expect(await caller(server).deliver(claim(content, reference: reference)) == .accepted(reference: nil))
        }
        #expect(server.requests.withLock { $0.isEmpty })
    }

    @Test func `a host that is no longer named is not called`() async {
        let server = ScriptedServer { OutgoingAnswer(status: 200) }
        let outcome = await caller(server, hosts: []).deliver(claim(.status(.delivered(bob, at: clock.now())), reference: wanted))
        guard case .failed = outcome else { return #expect(Bool(false)) }
        #expect(server.requests.withLock { $0.isEmpty })
    }

    @Test func `a server that is away is tried again, one that refuses is not`() async {
        let news = claim(.status(.failed(bob, Failure(.cms(38)))), reference: wanted)
        #expect(await caller(ScriptedServer { OutgoingAnswer(status: 503) }).deliver(news) == .deferred(Failure(.http(503)), until: nil))
        #expect(await caller(ScriptedServer { OutgoingAnswer(status: 404) }).deliver(news) == .failed(Failure(.http(404))))
        let away = ScriptedServer { () throws(Failure) in throw Failure(.unreachable) }
        #expect(await caller(away).deliver(news) == .deferred(Failure(.unreachable), until: nil))
    }
}
