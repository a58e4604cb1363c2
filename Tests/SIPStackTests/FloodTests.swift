import SIP
import SIPStack
import Testing

/// One source behaves badly (127.0.0.2), another (127.0.0.1) notices nothing.
@Suite(.timeLimit(.minutes(10))) struct FloodTests {
    private func settings(_ transport: Transport) -> UserAgentSettings {
        var settings = UserAgentSettings(listen: [ListenAddress(transport, loopback, port: 0)])
        settings.sources.rate = 5
        settings.sources.burst = 100
        settings.transport.messageTimeout = .seconds(60)
        return settings
    }

    @Test func `a source that floods is not heard over its rate, others are`() async throws {
        try await withAgent(settings(.udp), answering: [.message: accepting]) { agent, addresses async throws in
            let flooder = try RawPeer(.datagram, to: addresses[0], at: "127.0.0.2")
            // No more than a socket's buffer holds on any machine, so that none of it is lost.
            let began = ContinuousClock.now
            await agent.holdUp {
                for number in 1...300 { flooder.send(text("REGISTER", branch: "f\(number)", callID: "f\(number)")) }
            }
            try await withAgent(SIPStackTests.settings(.udp)) { phone, _ async throws in
                let uri = try URI(decoding: "sip:bob@127.0.0.1:\(addresses[0].port)")
                for number in 1...10 { #expect(try await phone.send(message(callID: "m\(number)"), to: .uri(uri)).status == .accepted) }
            }
            let counters = await agent.counters
            // What it may send at once, and five more a second.
            let heard = 100 + 5 * Int((ContinuousClock.now - began).components.seconds + 1)
            #expect(counters.responses[405, default: 0] <= heard)
            #expect(counters.dropped[.tooFast, default: 0] >= 300 - heard)
        }
    }

    @Test(arguments: ["\r\n", text("SUBSCRIBE", branch: "1", via: "TCP 127.0.0.1:5060")])
    func `a storm over a connection is answered to the source's rate, and then not read any more`(word: String) async throws {
        try await withAgent(settings(.tcp)) { agent, addresses async throws in
            let peer = try RawPeer(.stream, to: addresses[0])
            for _ in 0..<50 { peer.send(String(repeating: word, count: 100)) }
            while await agent.counters.connectionsOpened == 0 { await Task.yield() }
            while await agent.connectionCount > 0 { await Task.yield() }
            let counters = await agent.counters
            #expect(counters.keepAlives + counters.responses[405, default: 0] < 500)
            #expect(counters.dropped[.tooFast] == 1)
        }
    }

    @Test func `a source that holds every connection it may leaves room for others`() async throws {
        try await withAgent(settings(.tcp), answering: [.message: accepting]) { agent, addresses async throws in
            let holders = try (1...100).map { _ in try RawPeer(.stream, to: addresses[0], at: "127.0.0.2") }
            for holder in holders { holder.send("MESSAGE sip:") }
            let phone = try RawPeer(.stream, to: addresses[0])
            phone.send(text("MESSAGE", branch: "1", via: "TCP 127.0.0.1:5060"))
            #expect(try await phone.receive(until: "\r\n\r\n").statusCode == 202)
            #expect(await agent.connectionCount == 33)
            let dropped = await agent.counters.dropped
            #expect(dropped[.connectionCap, default: 0] + dropped[.tooFast, default: 0] == 68)
        }
    }
}
