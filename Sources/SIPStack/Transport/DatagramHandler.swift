import NIOCore

/// Hands datagrams to the user agent and flushes what it answered once for each batch read.
final class DatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let agent: UserAgent
    private let local: PeerAddress

    init(_ agent: UserAgent, local: PeerAddress) {
        self.agent = agent
        self.local = local
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let remote = PeerAddress(envelope.remoteAddress) else { return }
        let octets = Array(envelope.data.readableBytesView)
        let flow = Flow(udpFrom: local, to: remote)
        agent.assumeIsolated { $0.receive(datagram: octets, over: flow) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        agent.assumeIsolated { $0.endBatch() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A port that was unreachable for an earlier datagram; the socket goes on.
        agent.assumeIsolated { $0.noteTransportError() }
    }
}
