import Logging
import SIP
import SIPStack
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10))) struct TransportTests {
    @Test(arguments: Transport.allCases)
    func `a request travels and its answer comes back`(transport: Transport) async throws {
        let certificate = try await TestCertificate()
        let bodies = Mutex<[String]>([])
        let responder: Responder = { incoming in
            bodies.withLock { $0.append(String(decoding: incoming.request.body, as: UTF8.self)) }
            return incoming.response(.accepted)
        }
        try await withAgent(settings(transport, certificate: certificate.files), answering: [.message: responder]) { _, addresses in
            let port = addresses[0].port
            try await withAgent(settings(.udp) { $0.trustedAuthorities = certificate.files.chain }) { client, _ in
                let uri = "sip:bob@127.0.0.1:\(port);transport=\(transport.rawValue)"
                for number in 1...3 {
                    let response = try await client.send(message(callID: "m\(number)", body: "text \(number)"), to: .uri(URI(decoding: uri)))
                    #expect(response.status == .accepted)
                    #expect(response.headers.topVia?.rport != nil)
                }
                #expect(await client.connectionCount == (transport == .udp ? 0 : 1))
            }
        }
        #expect(bodies.withLock { $0 } == ["text 1", "text 2", "text 3"])
    }

    @Test(arguments: Transport.allCases)
    func `a peer is reached again over the flow it came by`(transport: Transport) async throws {
        let certificate = try await TestCertificate()
        let flow = Mutex<Flow?>(nil)
        let noting: Responder = { incoming in
            flow.withLock { $0 = incoming.flow }
            return incoming.response(.ok)
        }
        try await withAgent(settings(transport, certificate: certificate.files), answering: [.message: noting]) { server, addresses in
            let port = addresses[0].port
            let client = settings(.udp) { $0.trustedAuthorities = certificate.files.chain }
            let back = try await withAgent(client, answering: [.message: accepting]) { client, _ in
                let uri = "sip:bob@127.0.0.1:\(port);transport=\(transport.rawValue)"
                _ = try await client.send(message(), to: .uri(URI(decoding: uri)))
                let back = try #require(flow.withLock { $0 })
                #expect(await server.isOpen(back))
                #expect(try await server.send(message(callID: "back"), to: .flow(back)).status == .accepted)
                return back
            }
            #expect(Flow(back.description) == back)
            switch transport {
            case .udp:
                await #expect(throws: SendFailure.timeout) { try await server.send(message(callID: "late"), to: .flow(back), timeout: .milliseconds(50)) }
            case .tcp, .tls:
                while await server.connectionCount > 0 { await Task.yield() }
                #expect(await !server.isOpen(back))
                await #expect(throws: SendFailure.flowGone) { try await server.send(message(callID: "late"), to: .flow(back)) }
            }
        }
    }

    @Test func `what no datagram holds goes over TCP to where the datagram would have gone`() async throws {
        let arrived = Mutex<[String]>([])
        let noting: Responder = { incoming in
            arrived.withLock { $0.append("\(incoming.request.headers.topVia?.transport ?? "") \(incoming.request.body.count)") }
            return incoming.response(.accepted)
        }
        try await withAgent(settings(.tcp) { $0.transport.strangerLimits = .stream }, answering: [.message: noting]) { _, addresses in
            let uri = "sip:bob@127.0.0.1:\(addresses[0].port)"
            try await withAgent(settings(.udp)) { client, _ in
                for number in 1...2 {
                    let request = try message(to: uri, callID: "m\(number)", body: String(repeating: "x", count: 70_000))
                    let response = try await client.send(request, to: .uri(request.uri))
                    #expect(response.status == .accepted)
                }
                #expect(await client.connectionCount == 1)
            }
        }
        #expect(arrived.withLock { $0 } == ["TCP 70000", "TCP 70000"])
    }

    @Test(arguments: ["", ";transport=udp"])
    func `what no datagram holds fails at once where there is no connection to be had, and what one holds goes in it`(parameter: String) async throws {
        let peer = try RawPeer(.datagram)
        try await withAgent(settings(.udp)) { agent, _ in
            let uri = "sip:bob@127.0.0.1:\(peer.port)\(parameter)"
            let long = try message(to: uri, body: String(repeating: "x", count: 65_508))
            await #expect(throws: SendFailure.tooLarge) { try await agent.send(long, to: .uri(long.uri)) }
            #expect(await agent.counters.requestsSent.isEmpty)
            let shorter = try message(to: uri, body: String(repeating: "y", count: 65_000))
            let sending = Task { try await agent.send(shorter, to: .uri(shorter.uri)) }
            #expect(try await peer.receive().hasSuffix("yyy"))
            sending.cancel()
        }
    }

    @Test func `a connection whose peer never answers is given up with the request`() async throws {
        let peer = try RawPeer(.stream)
        try peer.listen()
        try await withAgent(settings(.udp) {
            $0.transactions.timers.t1 = .milliseconds(5)
            // Who is called may take longer than who calls.
            $0.transport.messageTimeout = .milliseconds(10)
        }) { agent, _ in
            let uri = try URI(decoding: "sip:bob@127.0.0.1:\(peer.port);transport=tcp")
            await #expect(throws: SendFailure.timeout) { try await agent.send(message(), to: .uri(uri)) }
            #expect(await agent.connectionCount == 0)
            #expect(await agent.counters.dropped == [.deadPeer: 1])
        }
    }

    @Test(arguments: [Transport.udp, .tcp])
    func `IPv6 works like IPv4, and beside it on one port`(transport: Transport) async throws {
        let six = try #require(IPAddress("::1"))
        try await withAgent(UserAgentSettings(listen: [ListenAddress(transport, six, port: 0)]), answering: [.message: accepting]) { _, addresses in
            let port = addresses[0].port
            let both = [ListenAddress(.udp, loopback, port: 0), ListenAddress(.udp, six, port: 0)]
            try await withAgent(UserAgentSettings(listen: both)) { client, _ in
                let uri = try URI(decoding: "sip:bob@[::1]:\(port);transport=\(transport.rawValue)")
                let response = try await client.send(message(), to: .uri(uri))
                #expect(response.status == .accepted)
                #expect(response.headers.topVia?.host.text == "::1")
            }
        }
        let any = [ListenAddress("\(transport.rawValue):0.0.0.0:0"), ListenAddress("\(transport.rawValue):[::]:0")].compactMap(\.self)
        try await withAgent(UserAgentSettings(listen: any)) { _, addresses in #expect(addresses.count == 2) }
    }

    @Test func `a socket on all addresses names one that the peer can answer`() async throws {
        let peer = try RawPeer(.datagram)
        let any = try #require(ListenAddress("udp:0.0.0.0:0"))
        try await withAgent(UserAgentSettings(listen: [any])) { agent, addresses in
            let uri = try URI(decoding: "sip:bob@127.0.0.1:\(peer.port)")
            let sending = Task { try await agent.send(message(), to: .uri(uri)) }
            #expect(try await peer.receive().contains("Via: SIP/2.0/UDP 127.0.0.1:\(addresses[0].port);branch=z9hG4bK"))
            sending.cancel()
        }
    }

    @Test func `a certificate that was replaced serves the next connection`() async throws {
        let certificate = try await TestCertificate(named: "before")
        let settings = settings(.tls, certificate: certificate.files) { $0.certificateCheckInterval = .milliseconds(20) }
        try await withAgent(settings, answering: [.message: accepting]) { _, addresses in
            let port = addresses[0].port
            let uri = try URI(decoding: "sip:bob@127.0.0.1:\(port);transport=tls")
            try await certificate.make(named: "after")
            // Only a client that trusts the new certificate alone gets through, as soon as it is taken up.
            var status: Status?
            for _ in 0..<200 where status == nil {
                try await withAgent(SIPStackTests.settings(.udp) { $0.trustedAuthorities = certificate.files.chain }) { client, _ in
                    status = try? await client.send(message(), to: .uri(uri)).status
                }
            }
            #expect(status == .accepted)
        }
    }

    @Test func `a server whose certificate nobody vouches for is not spoken to`() async throws {
        let certificate = try await TestCertificate()
        try await withAgent(settings(.tls, certificate: certificate.files), answering: [.message: accepting]) { server, addresses in
            let uri = try URI(decoding: "sips:bob@127.0.0.1:\(addresses[0].port)")
            try await withAgent(settings(.udp)) { client, _ in
                await #expect(throws: SendFailure.self) { try await client.send(message(), to: .uri(uri)) }
            }
            #expect(await server.counters.requests.isEmpty)
        }
    }

    @Test func `run serves until it is cancelled and leaves nothing open`() async throws {
        let agent = UserAgent(settings(.udp, .tcp), log: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let service = Task { try await agent.run() }
        while await agent.listening.isEmpty { await Task.yield() }
        let addresses = await agent.listening
        #expect(addresses.map(\.transport) == [.udp, .tcp])
        service.cancel()
        try await service.value
        #expect(await agent.listening.isEmpty)
        // The ports are free again.
        try await withAgent(UserAgentSettings(listen: addresses)) { _, again in #expect(again == addresses) }
    }

    @Test func `a listener on TLS without a certificate and a port in use are errors at the start`() async throws {
        await #expect(throws: MissingCertificate.self) { try await withAgent(settings(.tls)) { _, _ in () } }
        try await withAgent(settings(.tcp)) { _, addresses in
            await #expect(throws: (any Error).self) { try await withAgent(UserAgentSettings(listen: addresses)) { _, _ in () } }
        }
    }
}
