import NIOCore
import SIP
@testable import SIPStack
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct StopTests {
    @Test func `connections are closed together, not one after the other`() async throws {
        try await withAgent(settings(.tcp)) { agent, addresses async throws in
            let peers = try (1...3).map { _ in try RawPeer(.stream, to: addresses[0]) }
            while await agent.connectionCount < 3 { await Task.yield() }
            try await agent.makeHesitant(Together(3))
            await agent.stop()
            for peer in peers { #expect(try await peer.end() == .closed) }
        }
    }
}

extension UserAgent {
    /// Its connections close when all of them are asked to, as those do in the end whose peers do not answer.
    fileprivate func makeHesitant(_ together: Together) throws {
        for connection in connections.all { try connection.channel.pipeline.syncOperations.addHandler(Hesitant(together)) }
    }
}

private final class Together: Sendable {
    private let count: Int
    private let waiting = Mutex<[@Sendable () -> Void]>([])

    init(_ count: Int) { self.count = count }

    func wait(_ close: @escaping @Sendable () -> Void) {
        let all = waiting.withLock { waiting in
            waiting.append(close)
            return waiting.count == count ? waiting : []
        }
        for close in all { close() }
    }
}

private final class Hesitant: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private let together: Together

    init(_ together: Together) { self.together = together }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        together.wait { bound.value.close(mode: mode, promise: promise) }
    }
}
