import SIP
import Synchronization
import Testing

@testable import SIPStack

@Suite(.timeLimit(.minutes(10))) struct StrangerTests {
    private let flow = Flow(udpFrom: PeerAddress(loopback, port: 1), to: PeerAddress(loopback, port: 2))

    @Test func `what waits is bounded in number and octets`() {
        var queue = StrangerQueue(StrangerLimits(waiting: 3, waitingOctets: 100))
        func append(_ count: Int) -> Bool { queue.append(.datagram([UInt8](repeating: UInt8(count), count: count)), over: flow) }
        let taken = [append(1), append(2), append(3), append(4)]
        #expect(taken == [true, true, true, false])
        guard case .datagram([1]) = queue.popFirst()?.content else {
            Issue.record("not the first")
            return
        }
        let full = [append(96), append(95), append(1)]
        #expect(full == [false, true, false])
        while queue.popFirst() != nil {}
        let empty = append(100)
        #expect(empty)
    }

    @Test func `who is known does not wait behind strangers`() async throws {
        let strangersServed = Mutex(0), servedBeforeThePhone = Mutex(0)
        let login: Responder = { incoming in
            servedBeforeThePhone.withLock { $0 = strangersServed.withLock { $0 } }
            await incoming.recordLogin()
            return incoming.response(.accepted)
        }
        let stranger: Responder = { incoming in
            strangersServed.withLock { $0 += 1 }
            return incoming.response(.ok)
        }
        // A slice of next to no time serves one stranger; there are far more than a phone would wait for.
        try await withAgent(settings(.udp) { $0.strangers.slice = .nanoseconds(1) }, answering: [.message: login, .register: stranger]) { agent, addresses in
            let phone = try RawPeer(.datagram, to: addresses[0])
            phone.send(text("MESSAGE", branch: "p0", callID: "p0"))
            #expect(try await phone.receive().statusCode == 202)
            let crowd = try RawPeer(.datagram, to: addresses[0], at: "127.0.0.2")
            // All of it is there before the first is read, and no more than a socket's buffer holds on any machine.
            await agent.holdUp {
                for number in 1...150 { crowd.send(text("REGISTER", branch: "f\(number)", callID: "f\(number)")) }
                phone.send(text("MESSAGE", branch: "p1", callID: "p1"))
            }
            #expect(try await phone.receive().statusCode == 202)
            #expect(servedBeforeThePhone.withLock { $0 } < 150)
            while await agent.counters.responses[200, default: 0] < 150 { await Task.yield() }
        }
    }

    @Test func `strangers write few lines of the log, and it says how many more there were`() {
        let start = ContinuousClock.now
        var budget = LogBudget(at: start)
        let first = (0..<1_020).map { _ in budget.admit(at: start) }
        #expect(first == Array(repeating: 0, count: 20) + Array(repeating: nil, count: 1_000))
        let next = [budget.admit(at: start + .seconds(1)), budget.admit(at: start + .seconds(1))]
        #expect(next == [1_000, nil])
    }
}
