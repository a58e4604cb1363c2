import SIP
@testable import SIPStack
import Testing

/// What the system refuses to send costs the whole UDP socket: it is not sent where that can be known before, and else the socket comes back.
@Suite(.timeLimit(.minutes(10))) struct LostSocketTests {
    /// Requests whose answers come about in different ways.
    private static let unanswerable = [
        text("OPTIONS", branch: "1", via: "UDP 192.0.2.1:0", rport: ""),
        text("SUBSCRIBE", branch: "1", via: "UDP 192.0.2.1:0", rport: ""),
        text("MESSAGE", branch: "1", via: "UDP 192.0.2.1:0", rport: ""),
        text("OPTIONS", branch: "1", via: "UDP 192.0.2.1:0", rport: "", cseqMethod: "MESSAGE"),
    ]

    @Test(arguments: unanswerable)
    func `a request that would be answered at port 0 is dropped, and the next is answered`(request: String) async throws {
        try await withAgent(settings(.udp), answering: [.message: accepting]) { agent, addresses async throws in
            let peer = try RawPeer(.datagram, to: addresses[0])
            peer.send(request)
            while await agent.counters.requests.isEmpty { await Task.yield() }
            peer.send(text("OPTIONS", branch: "2", number: 2))
            #expect(try await peer.receive().statusCode == 200)
            let counters = await agent.counters
            #expect(counters.dropped == [.unanswerable: 1])
            #expect(counters.transportErrors == 0)
        }
    }

    @Test func `nothing is sent to port 0`() async throws {
        try await withAgent(settings(.udp)) { agent, addresses async throws in
            let uri = try URI(decoding: "sip:bob@127.0.0.1:0")
            let flow = Flow(udpFrom: addresses[0].address, to: PeerAddress(loopback, port: 0))
            for destination in [Destination.uri(uri), .flow(flow)] {
                await #expect(throws: SendFailure.unreachable("port 0")) { try await agent.send(message(), to: destination) }
            }
            #expect(await agent.counters.transportErrors == 0)
            try await isServed(addresses)
        }
    }

    @Test func `a socket that the system closed is opened again at the same address`() async throws {
        try await withAgent(settings(.udp)) { agent, addresses async throws in
            // From an address of loopback nothing leaves the machine: EINVAL, or ENETUNREACH where there is no route.
            let uri = try URI(decoding: "sip:bob@192.0.2.1")
            for number in 1...3 {
                let sending = Task { try await agent.send(message(callID: "m\(number)"), to: .uri(uri)) }
                while await agent.counters.transportErrors < number { await Task.yield() }
                sending.cancel()
                _ = await sending.result
                while await !agent.reopening.isEmpty { await Task.yield() }
                try await isServed(addresses)
            }
            #expect(await agent.listening == addresses)
        }
    }

    @Test func `while the address is another's it is tried again and again, and known to be closed`() async throws {
        try await withAgent(settings(.udp)) { agent, addresses async throws in
            do {
                let thief = try await agent.loseSocket()
                try await Task.sleep(for: .milliseconds(100))
                #expect(await agent.reopening == addresses)
                #expect(await agent.listening == addresses)
                let flow = Flow(udpFrom: addresses[0].address, to: PeerAddress(loopback, port: thief.port))
                // Not gone: whoever has something for the phone need not wait until it registers again.
                await #expect(throws: SendFailure.unreachable("its socket is being opened again")) {
                    try await agent.send(message(), to: .flow(flow))
                }
                #expect(thief.port == addresses[0].port)
            }
            while await !agent.reopening.isEmpty { await Task.yield() }
            try await isServed(addresses)
        }
    }

    @Test func `who is stopped opens nothing again`() async throws {
        try await withAgent(settings(.udp)) { agent, addresses async throws in
            _ = try await agent.loseSocket()
            await agent.stop()
            #expect(await agent.reopening.isEmpty)
            try await Task.sleep(for: .milliseconds(100))
            #expect(try RawPeer(.datagram, port: addresses[0].port).port == addresses[0].port)
        }
    }

    private func isServed(_ addresses: [ListenAddress]) async throws {
        let peer = try RawPeer(.datagram, to: addresses[0])
        peer.send(text("OPTIONS", branch: "served"))
        #expect(try await peer.receive().statusCode == 200)
    }
}

extension UserAgent {
    /// Closes the socket as the system would, and takes its port before it can be opened again.
    fileprivate func loseSocket() throws -> RawPeer {
        for socket in sockets.values { socket.close(promise: nil) }
        return try RawPeer(.datagram, port: listening[0].port)
    }
}
