import Foundation
import SIP
import SIPStack
import Synchronization
import Testing

/// Lets a test hold a responder back.
private final class Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let door: AsyncStream<Void>.Continuation

    init() {
        (stream, door) = AsyncStream.makeStream()
    }

    func open() { door.finish() }
    func pass() async { for await _ in stream {} }
}

@Suite(.timeLimit(.minutes(10))) struct UserAgentTests {
    private func withUDP(
        _ change: (inout UserAgentSettings) -> Void = { _ in }, answering responders: [SIP.Method: Responder] = [.message: accepting],
        _ body: (UserAgent, RawPeer) async throws -> Void
    ) async throws {
        try await withAgent(settings(.udp, change: change), answering: responders) { agent, addresses in
            try await body(agent, RawPeer(.datagram, to: addresses[0]))
        }
    }

    @Test func `a repeated request is answered with the same octets and worked on once`() async throws {
        let count = Mutex(0)
        let counting: Responder = { incoming in
            count.withLock { $0 += 1 }
            return incoming.response(.accepted)
        }
        try await withUDP(answering: [.message: counting]) { agent, peer async throws in
            peer.send(text("MESSAGE", branch: "1"))
            let first = try await peer.receive()
            peer.send(text("MESSAGE", branch: "1"))
            #expect(try await peer.receive() == first)
            #expect(first.statusCode == 202)
            #expect(count.withLock { $0 } == 1)
            #expect(await agent.counters.retransmissionsReceived == 1)
            #expect(await agent.counters.responses == [202: 1])
        }
    }

    @Test func `answers go to the port a request came from when rport asks for it, and say so`() async throws {
        try await withUDP { _, peer async throws in
            peer.send(text("MESSAGE", branch: "1", via: "UDP 10.0.0.1:9"))
            let answer = try await peer.receive()
            #expect(answer.contains("received=127.0.0.1"))
            #expect(answer.contains("rport=\(peer.port)"))
        }
    }

    @Test func `without rport answers go to the Via's port at the source's address`() async throws {
        try await withUDP { _, peer async throws in
            let other = try RawPeer(.datagram)
            peer.send(text("MESSAGE", branch: "1", via: "UDP 10.0.0.1:\(other.port)", rport: ""))
            let answer = try await other.receive()
            #expect(answer.contains(";received=127.0.0.1"))
            #expect(!answer.contains("rport"))
        }
    }

    @Test func `another copy of a request in work is a loop`() async throws {
        let gate = Gate()
        let waiting: Responder = { incoming in
            await gate.pass()
            return incoming.response(.ok)
        }
        try await withUDP(answering: [.message: waiting]) { _, peer async throws in
            peer.send(text("MESSAGE", branch: "1"))
            peer.send(text("MESSAGE", branch: "2"))
            #expect(try await peer.receive().statusCode == 482)
            gate.open()
            #expect(try await peer.receive().statusCode == 200)
            // The first is done with: a client that tries again with a new branch is served.
            peer.send(text("MESSAGE", branch: "3"))
            #expect(try await peer.receive().statusCode == 200)
        }
    }

    @Test func `OPTIONS tells what is served, other methods are refused with it`() async throws {
        try await withUDP { _, peer async throws in
            peer.send(text("OPTIONS", branch: "1"))
            let answer = try await peer.receive()
            #expect(answer.statusCode == 200)
            #expect(answer.contains("Allow: MESSAGE, OPTIONS\r\n"))
            #expect(answer.contains("Accept: text/plain, message/cpim, message/imdn+xml\r\n"))
            peer.send(text("SUBSCRIBE", branch: "2", number: 2))
            let refusal = try await peer.receive()
            #expect(refusal.statusCode == 405)
            #expect(refusal.contains("Allow: MESSAGE, OPTIONS\r\n"))
        }
    }

    @Test func `what is required and not known is named`() async throws {
        try await withUDP { _, peer async throws in
            peer.send(text("MESSAGE", branch: "1", more: "Require: path, nothingSupportsThis\r\nRequire: norThis\r\n"))
            let refusal = try await peer.receive()
            #expect(refusal.statusCode == 420)
            #expect(refusal.contains("Unsupported: nothingsupportsthis, northis\r\n"))
            peer.send(text("OPTIONS", branch: "2", more: "Require: outbound\r\n"))
            #expect(try await peer.receive().statusCode == 200)
        }
    }

    @Test func `a challenge is said once and nothing of it remembered`() async throws {
        let challenging: Responder = { $0.response(.unauthorized) }
        try await withUDP({ $0.transactions.timers.t1 = .milliseconds(10) }, answering: [.invite: challenging, .message: accepting]) { agent, peer async throws in
            peer.send(text("INVITE", branch: "1"))
            let first = try await peer.receive()
            #expect(first.statusCode == 401)
            #expect(await agent.transactionCount == 0)
            // A copy is answered anew, by the same tag; a transaction's repetitions would come before it.
            try await Task.sleep(for: .milliseconds(100))
            peer.send(text("INVITE", branch: "1"))
            #expect(try await peer.receive() == first)
            peer.send(text("MESSAGE", branch: "2", number: 2))
            #expect(try await peer.receive().statusCode == 202)
            #expect(await agent.counters.retransmissionsSent == 0)
        }
    }

    @Test func `a request whose Via cannot be read is refused to where it came from`() async throws {
        try await withUDP { _, peer async throws in
            peer.send(text("MESSAGE", branch: "1").replacing("Via: SIP/2.0/UDP 127.0.0.1:5060;", with: "Via: SIP/2.0/UDP 127.0.0.1;;,;,,"))
            #expect(try await peer.receive().statusCode == 400)
            // More fields than are looked at.
            peer.send(text("MESSAGE", branch: "1", more: String(repeating: "X: y\r\n", count: 300)))
            #expect(try await peer.receive().statusCode == 400)
        }
    }

    @Test func `a datagram longer than is read is refused, not taken for what is left of it`() async throws {
        let bodies = Mutex<[Int]>([])
        let counting: Responder = { incoming in
            bodies.withLock { $0.append(incoming.request.body.count) }
            return incoming.response(.accepted)
        }
        // Without Content-Length, the end of the datagram is the end of the body.
        let head = text("MESSAGE", branch: "1").replacing("Content-Length: 0\r\n", with: "")
        let room = 8_191 - head.utf8.count
        try await withUDP(answering: [.message: counting]) { agent, peer async throws in
            peer.send(head + String(repeating: "x", count: room))
            #expect(try await peer.receive().statusCode == 202)
            for size in [room + 1, 2 * room, 20_000] {
                peer.send(head.replacing("z9hG4bK1", with: "z9hG4bK\(size)") + String(repeating: "x", count: size))
                #expect(try await peer.receive().statusCode == 513)
            }
            #expect(await agent.counters.dropped == [.tooLong: 3])
        }
        #expect(bodies.withLock { $0 } == [room])
    }

    @Test func `a source that has proven nothing is not sent more than it sent`() async throws {
        try await withUDP { $0.sources.loanRate = 0 } _: { agent, peer async throws in
            // OPTIONS is answered by more octets than it has: what it says it accepts and knows.
            let request = text("OPTIONS", branch: "1")
            var received = 0
            for number in 1...200 {
                peer.send(request)
                while await agent.counters.responses[200, default: 0] < number { await Task.yield() }
            }
            let dropped = await agent.counters.dropped[.amplification, default: 0]
            for _ in 0..<(200 - dropped) { received += try await peer.receive().utf8.count }
            #expect(dropped > 10)
            // And the loan.
            #expect(received <= 200 * request.utf8.count + 4_096)
        }
    }

    @Test func `a refused INVITE is repeated until its ACK`() async throws {
        try await withUDP(answering: [.invite: { $0.response(.notImplemented) }]) { agent, peer async throws in
            peer.send(text("INVITE", branch: "1"))
            let refusal = try await peer.receive()
            #expect(refusal.statusCode == 501)
            #expect(try await peer.receive() == refusal)
            let tag = try #require(refusal.firstMatch(of: /To: .*;tag=(\w+)/)).1
            peer.send(text("ACK", branch: "1", toTag: ";tag=\(tag)"))
            // Whatever repetition had left before the ACK comes first; then it is quiet.
            peer.send(text("OPTIONS", branch: "2", number: 2))
            var next = try await peer.receive()
            while next == refusal { next = try await peer.receive() }
            #expect(next.statusCode == 200)
            #expect(await agent.counters.dropped[.unmatchedAcknowledgement] == nil)
        }
    }

    @Test func `CANCEL ends an INVITE in work with 487`() async throws {
        let wasCancelled = Mutex(false)
        let waiting: Responder = { incoming in
            await incoming.sendProvisional(incoming.response(.ringing))
            await Gate().pass()
            wasCancelled.withLock { $0 = Task.isCancelled }
            return incoming.response(.ok)
        }
        try await withUDP(answering: [.invite: waiting]) { _, peer async throws in
            peer.send(text("INVITE", branch: "1"))
            // On a busy machine 100 may have come first.
            #expect(try await peer.receive(until: " 180 ").contains("SIP/2.0 180"))
            peer.send(text("CANCEL", branch: "1"))
            let both = try await [peer.receive(), peer.receive()]
            #expect(both[0].statusCode == 200)
            #expect(both[0].contains("CSeq: 1 CANCEL"))
            #expect(both[1].statusCode == 487)
            #expect(both[1].contains("CSeq: 1 INVITE"))
            peer.send(text("ACK", branch: "1"))
        }
        #expect(wasCancelled.withLock { $0 })
    }

    @Test func `a CANCEL for nothing is told so`() async throws {
        try await withUDP { _, peer async throws in
            peer.send(text("CANCEL", branch: "1"))
            #expect(try await peer.receive().statusCode == 481)
        }
    }

    @Test func `a slow INVITE gets 100 by itself`() async throws {
        let gate = Gate()
        let waiting: Responder = { incoming in
            await gate.pass()
            return incoming.response(.notAcceptableHere)
        }
        try await withUDP(answering: [.invite: waiting]) { _, peer async throws in
            peer.send(text("INVITE", branch: "1"))
            let trying = try await peer.receive()
            #expect(trying.statusCode == 100)
            #expect(trying.contains("rport=\(peer.port)"))
            gate.open()
            #expect(try await peer.receive().statusCode == 488)
        }
    }

    @Test func `too many requests in work are refused, not queued`() async throws {
        let gate = Gate()
        let waiting: Responder = { incoming in
            await gate.pass()
            return incoming.response(.ok)
        }
        try await withUDP({ $0.transactions.unanswered = 2 }, answering: [.message: waiting]) { agent, peer async throws in
            for number in 1...3 { peer.send(text("MESSAGE", branch: "\(number)", callID: "c\(number)")) }
            let refusal = try await peer.receive()
            #expect(refusal.statusCode == 503)
            #expect(refusal.contains("Retry-After: "))
            #expect(await agent.counters.dropped[.overload] == 1)
            gate.open()
            _ = try await [peer.receive(), peer.receive()]
        }
    }

    @Test func `answered transactions are forgotten, oldest first, when there are too many`() async throws {
        try await withUDP { $0.transactions.remembered = 10 } _: { agent, peer async throws in
            for number in 1...50 {
                peer.send(text("MESSAGE", branch: "\(number)", callID: "c\(number)"))
                #expect(try await peer.receive().statusCode == 202)
            }
            #expect(await agent.transactionCount == 10)
        }
    }

    @Test func `a lost request and a lost answer are made good by repetition`() async throws {
        let peer = try RawPeer(.datagram)
        try await withAgent(settings(.udp) { $0.transactions.timers.t1 = .milliseconds(200) }) { agent, addresses in
            try peer.connect(toPort: addresses[0].port)
            let uri = try URI(decoding: "sip:bob@127.0.0.1:\(peer.port)")
            async let response = agent.send(message(), to: .uri(uri))
            let first = try await peer.receive()
            #expect(try await peer.receive() == first)
            guard case .request(let request) = try Message(decoding: Array(first.utf8)) else {
                Issue.record("no request: \(first)")
                return
            }
            #expect(RequestCheck.verdict(for: request) == .ok)
            peer.send(String(decoding: Response(to: request, .trying, toTag: nil).encoded(), as: UTF8.self))
            peer.send(String(decoding: Response(to: request, .accepted, toTag: "b").encoded(), as: UTF8.self))
            #expect(try await response.status == .accepted)
            #expect(await agent.counters.retransmissionsSent >= 1)
        }
    }

    @Test func `nobody there is a timeout, cancelled is cancelled, stopped is cancelled`() async throws {
        let silent = try RawPeer(.datagram)
        let uri = try URI(decoding: "sip:bob@127.0.0.1:\(silent.port)")
        try await withAgent(settings(.udp) { $0.transactions.timers.t1 = .milliseconds(2) }) { agent, _ in
            await #expect(throws: SendFailure.timeout) { try await agent.send(message(), to: .uri(uri)) }
        }
        try await withAgent(settings(.udp)) { agent, _ in
            let task = Task { try await agent.send(message(), to: .uri(uri)) }
            _ = try await silent.receive()
            task.cancel()
            await #expect(throws: SendFailure.cancelled) { try await task.value }
            let other = Task { try await agent.send(message(callID: "m2"), to: .uri(uri)) }
            _ = try await silent.receive(until: "m2")
            await agent.stop()
            await #expect(throws: SendFailure.cancelled) { try await other.value }
            #expect(await agent.transactionCount == 0)
        }
    }

    @Test func `what cannot be sent is refused before anything is sent`() async throws {
        try await withAgent(settings(.udp)) { agent, _ in
            var nameless = try message()
            nameless.headers.callID = nil
            let request = nameless
            await #expect(throws: SendFailure.self) { try await agent.send(request, to: .uri(request.uri)) }
            await #expect(throws: SendFailure.self) {
                try await agent.send(message(), to: .uri(URI(decoding: "sip:bob@127.0.0.1:1;transport=tcp")))
            }
            #expect(await agent.counters.requestsSent.isEmpty)
        }
    }

    @Test func `rubbish over UDP is not answered and blocks nobody, since anybody may have sent it`() async throws {
        try await withUDP { $0.sources.failureLimit = 5 } _: { agent, peer async throws in
            for _ in 0..<20 { peer.send("rubbish\r\n\r\n") }
            while await agent.counters.dropped[.garbage] != 20 { await Task.yield() }
            #expect(await agent.blockedSources.isEmpty)
            peer.send(text("MESSAGE", branch: "1"))
            #expect(try await peer.receive().statusCode == 202)
        }
    }

    @Test func `rubbish over connections blocks its source in the end, over UDP too`() async throws {
        try await withAgent(settings(.tcp, .udp) { $0.sources.failureLimit = 5 }, answering: [.message: accepting]) { agent, addresses async throws in
            for _ in 0..<5 {
                let peer = try RawPeer(.stream, to: addresses[0])
                peer.send("rubbish\r\n\r\n")
                #expect(try await peer.end() == .closed)
            }
            while await agent.blockedSources.isEmpty { await Task.yield() }
            #expect(await agent.blockedSources == [loopback])
            let peer = try RawPeer(.datagram, to: addresses[1])
            peer.send(text("MESSAGE", branch: "1"))
            while await agent.counters.dropped[.blocked] == nil { await Task.yield() }
            #expect(await agent.counters.requests.isEmpty)
            await agent.release(loopback)
            peer.send(text("MESSAGE", branch: "1"))
            #expect(try await peer.receive().statusCode == 202)
        }
    }

    @Test func `a request over its source's rate is dropped over UDP`() async throws {
        try await withUDP {
            $0.sources.rate = 0.001
            $0.sources.burst = 3
        } _: { agent, peer async throws in
            for number in 1...6 { peer.send(text("MESSAGE", branch: "\(number)", callID: "c\(number)")) }
            for _ in 1...3 { #expect(try await peer.receive().statusCode == 202) }
            while await agent.counters.dropped[.tooFast] != 3 { await Task.yield() }
        }
    }

    @Test func `an answer to an unverified source is no longer than its request needs`() async throws {
        try await withUDP(answering: [:]) { _, peer async throws in
            let request = text("REGISTER", branch: "1")
            peer.send(request)
            let answer = try await peer.receive()
            #expect(answer.utf8.count <= request.utf8.count + 60)
        }
    }
}
