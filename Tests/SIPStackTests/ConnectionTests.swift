import SIP
import SIPStack
import Testing

@Suite(.timeLimit(.minutes(10))) struct ConnectionTests {
    private func withTCP(_ change: (inout UserAgentSettings) -> Void = { _ in }, _ body: (UserAgent, ListenAddress) async throws -> Void) async throws {
        try await withAgent(settings(.tcp, change: change), answering: [.message: accepting]) { agent, addresses in
            try await body(agent, addresses[0])
        }
    }

    private func request(_ number: Int) -> String {
        text("MESSAGE", branch: "b\(number)", via: "TCP 127.0.0.1:5060", number: number, callID: "c\(number)", body: "text \(number)")
    }

    @Test func `messages sent together are all answered in order`() async throws {
        try await withTCP { _, address async throws in
            let peer = try RawPeer(.stream, to: address)
            peer.send((1...20).map(request).joined())
            let answers = try await peer.receive(until: "CSeq: 20 MESSAGE")
            let numbers = answers.split(separator: "\r\n").filter { $0.hasPrefix("CSeq:") }
            #expect(numbers == (1...20).map { "CSeq: \($0) MESSAGE" })
            #expect(answers.components(separatedBy: "SIP/2.0 202").count == 21)
        }
    }

    @Test func `a message that comes octet by octet is one message`() async throws {
        try await withTCP { _, address async throws in
            let peer = try RawPeer(.stream, to: address)
            for octet in request(1) { peer.send(String(octet)) }
            #expect(try await peer.receive(until: "\r\n\r\n").statusCode == 202)
        }
    }

    @Test func `two line ends are answered by one`() async throws {
        try await withTCP { agent, address async throws in
            let peer = try RawPeer(.stream, to: address)
            peer.send("\r\n\r\n")
            #expect(try await peer.receive() == "\r\n")
            peer.send(request(1))
            #expect(try await peer.receive(until: "\r\n\r\n").statusCode == 202)
            #expect(await agent.counters.keepAlives == 1)
        }
    }

    @Test(arguments: [
        "", "\r\n\r\n", "MESS", "MESSAGE sip:bob@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK1\r\n",
    ])
    func `a peer that does not finish its first message is closed`(beginning: String) async throws {
        try await withTCP { $0.transport.messageTimeout = .milliseconds(100) } _: { agent, address async throws in
            let peer = try RawPeer(.stream, to: address)
            peer.send(beginning)
            #expect(try await peer.end() == .closed)
            #expect(await agent.counters.dropped[.deadline] == 1)
        }
    }

    @Test func `keep-alives do not stretch the time for the first message`() async throws {
        try await withTCP { $0.transport.messageTimeout = .milliseconds(300) } _: { _, address async throws in
            let peer = try RawPeer(.stream, to: address)
            // Were it stretched, it would never end.
            repeat { peer.send("\r\n\r\n") } while try await !peer.receive().isEmpty
        }
    }

    @Test func `a later message has its own time, and an idle peer a longer one`() async throws {
        try await withTCP {
            $0.transport.messageTimeout = .seconds(2)
            $0.transport.idleTimeout = .seconds(60)
        } _: { agent, address async throws in
            let peer = try RawPeer(.stream, to: address), idle = try RawPeer(.stream, to: address)
            peer.send(request(1))
            idle.send(request(2))
            _ = try await peer.receive(until: "\r\n\r\n")
            _ = try await idle.receive(until: "\r\n\r\n")
            peer.send("MESSAGE sip:bob")
            #expect(try await peer.end() == .closed)
            // The peer sees it a moment before it is noted.
            while await agent.connectionCount > 1 { await Task.yield() }
            #expect(await agent.connectionCount == 1)
        }
    }

    @Test func `an idle peer is closed in the end`() async throws {
        try await withTCP { $0.transport.idleTimeout = .milliseconds(100) } _: { _, address async throws in
            let peer = try RawPeer(.stream, to: address)
            peer.send(request(1))
            #expect(try await peer.end() == .closed)
        }
    }

    @Test func `a connection that is kept for a device is not closed for its silence, until the time is over`() async throws {
        let keeping: Responder = { incoming in
            await incoming.keepConnection(for: incoming.request.headers.callID == "c1" ? .seconds(60) : .milliseconds(300))
            return incoming.response(.ok)
        }
        try await withAgent(settings(.tcp) { $0.transport.idleTimeout = .milliseconds(100) }, answering: [.message: keeping]) { _, addresses async throws in
            let kept = try RawPeer(.stream, to: addresses[0]), brief = try RawPeer(.stream, to: addresses[0])
            kept.send(request(1))
            #expect(try await kept.receive(until: "\r\n\r\n").statusCode == 200)
            // Longer silent than the one that is closed.
            brief.send(request(2))
            #expect(try await brief.end() == .closed)
            kept.send(text("MESSAGE", branch: "b3", via: "TCP 127.0.0.1:5060", number: 3, callID: "c1", body: "still here"))
            #expect(try await kept.receive(until: "\r\n\r\n").statusCode == 200)
        }
    }

    @Test func `a kept connection's message has to be finished all the same`() async throws {
        let keeping: Responder = { incoming in
            await incoming.keepConnection(for: .seconds(60))
            return incoming.response(.ok)
        }
        try await withAgent(settings(.tcp) { $0.transport.messageTimeout = .milliseconds(100) }, answering: [.message: keeping]) { _, addresses async throws in
            let peer = try RawPeer(.stream, to: addresses[0])
            peer.send(request(1))
            #expect(try await peer.receive(until: "\r\n\r\n").statusCode == 200)
            peer.send("MESSAGE sip:bob")
            #expect(try await peer.end() == .closed)
        }
    }

    @Test func `a peer that says nothing in the TLS handshake is closed`() async throws {
        let certificate = try await TestCertificate()
        try await withAgent(settings(.tls, certificate: certificate.files) { $0.transport.handshakeTimeout = .milliseconds(100) }) { _, addresses in
            let peer = try RawPeer(.stream, to: addresses[0])
            #expect(try await peer.end() == .closed)
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "MESSAGE sip:bob@127.0.0.1 SIP/2.0\r\nContent-Length: 99999999999\r\n\r\n",
        "MESSAGE sip:bob@127.0.0.1 SIP/2.0\r\nContent-Length: -1\r\n\r\n", "MESSAGE sip:bob@127.0.0.1 SIP/2.0\r\nCall-ID: c\r\n\r\n",
        "MESSAGE sip:bob@127.0.0.1 SIP/2.0\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    ])
    func `what cannot be followed closes the connection and is counted`(octets: String) async throws {
        try await withTCP { agent, address async throws in
            let peer = try RawPeer(.stream, to: address)
            peer.send(octets)
            #expect(try await peer.end() == .closed)
            #expect(await agent.counters.dropped[.garbage] == 1)
            while await agent.connectionCount > 0 { await Task.yield() }
        }
    }

    @Test(arguments: [
        ("Content-Length: 99999999999\r\n\r\n", 413), ("Content-Length: 20000\r\n\r\n", 413), ("Content-Length: -1\r\n\r\n", 400), ("\r\n", 400),
        ("Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400), ("Subject: \(String(repeating: "x", count: 40_000))", 400),
        (String(repeating: "X: y\r\n", count: 400) + "\r\n", 400),
    ])
    func `whoever can be told is told why, then the connection is closed`(rest: String, status: Int) async throws {
        try await withTCP { agent, address async throws in
            let peer = try RawPeer(.stream, to: address)
            peer.send("MESSAGE sip:bob@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bK1\r\nCall-ID: broken\r\n\(rest)")
            let answer = try await peer.receive(until: "\r\n\r\n")
            #expect(answer.statusCode == status)
            #expect(answer.contains("Call-ID: broken\r\n"))
            // What comes behind it is not taken for a message.
            peer.send(request(2))
            #expect(try await peer.receive(until: "\r\n\r\n").isEmpty)
            while await agent.connectionCount > 0 { await Task.yield() }
            #expect(await agent.counters.requests.isEmpty)
        }
    }

    @Test func `when there are too many connections those make room over which nobody logged in, the oldest first`() async throws {
        let login: Responder = { incoming in
            await incoming.recordLogin()
            return incoming.response(.accepted)
        }
        try await withAgent(settings(.tcp) { $0.transport.connections = 3 }, answering: [.message: login]) { agent, addresses in
            let owner = try RawPeer(.stream, to: addresses[0])
            owner.send(request(1))
            #expect(try await owner.receive(until: "\r\n\r\n").statusCode == 202)
            let strangers = try (2...4).map { try RawPeer(.stream, to: addresses[0], at: "127.0.0.\($0)") }
            for stranger in strangers.suffix(2) {
                stranger.send("\r\n\r\n")
                #expect(try await stranger.receive() == "\r\n")
            }
            #expect(try await strangers[0].end() == .closed)
            owner.send(request(2))
            #expect(try await owner.receive(until: "\r\n\r\n").statusCode == 202)
            #expect(await agent.counters.dropped == [.evicted: 1])
            #expect(await agent.connectionCount == 3)
        }
    }

    @Test func `a header section without end is cut off at its limit`() async throws {
        try await withTCP { agent, address async throws in
            let peer = try RawPeer(.stream, to: address)
            peer.send("MESSAGE sip:bob@127.0.0.1 SIP/2.0\r\n")
            for _ in 0..<64 { peer.send("X: \(String(repeating: "y", count: 1_000))\r\n") }
            #expect(try await peer.end() == .closed)
            #expect(await agent.counters.dropped[.garbage] == 1)
        }
    }

    @Test func `one source holds no more connections than it may`() async throws {
        try await withTCP { $0.transport.connectionsPerSource = 3 } _: { agent, address async throws in
            let peers = try (0..<3).map { _ in try RawPeer(.stream, to: address) }
            for peer in peers {
                peer.send("\r\n\r\n")
                #expect(try await peer.receive() == "\r\n")
            }
            let fourth = try RawPeer(.stream, to: address)
            #expect(try await fourth.end() == .closed)
            #expect(await agent.counters.dropped[.connectionCap] == 1)
            #expect(await agent.connectionCount == 3)
        }
    }

    @Test func `a peer that does not read is closed when its buffer is full`() async throws {
        let login: Responder = { incoming in
            await incoming.recordLogin()
            return incoming.response(.accepted)
        }
        try await withAgent(settings(.tcp) { $0.transport.writeBuffer = 4_096 }, answering: [.message: login]) { agent, addresses in
            let peer = try RawPeer(.stream, to: addresses[0], receiveBuffer: 4_096)
            peer.send(request(0))
            #expect(try await peer.receive(until: "\r\n\r\n").statusCode == 202)
            // What is long in the request is long in its answer.
            let long = String(repeating: "c", count: 10_000)
            for number in 1...2_000 {
                peer.send(text("MESSAGE", branch: "b\(number)", via: "TCP 127.0.0.1:5060", callID: "\(number)\(long)"))
                if number.isMultiple(of: 10), await !agent.counters.dropped.isEmpty { break }
            }
            #expect(await agent.counters.dropped == [.slowReader: 1])
            #expect(await agent.connectionCount == 0)
        }
    }

    @Test func `a connection that is closed in the middle of what it said holds up no answer to others`() async throws {
        let (closed, close) = AsyncStream<Void>.makeStream()
        let waiting: Responder = { incoming in
            for await _ in closed {}
            return incoming.response(.accepted)
        }
        let settings = settings(.udp, .tcp) { ($0.sources.rate, $0.sources.burst) = (1, 50) }
        try await withAgent(settings, answering: [.message: waiting]) { agent, addresses in
            let phone = try RawPeer(.datagram, to: addresses[0])
            phone.send(text("MESSAGE", branch: "b1", body: "hello"))
            let stranger = try RawPeer(.stream, to: addresses[1], at: "127.0.0.2")
            stranger.send(String(repeating: "\r\n\r\n", count: 200))
            #expect(try await stranger.end() == .closed)
            close.finish()
            #expect(try await phone.receive().statusCode == 202)
            #expect(await agent.counters.dropped[.tooFast] == 1)
        }
    }
}
