import NIOCore

/// What one UDP datagram brought.
struct Datagram: Sendable {
    let octets: [UInt8]
    let flow: Flow
}

/// Hands datagrams to the user agent, all that were read together at once.
final class DatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let agent: UserAgent
    private let local: PeerAddress
    private var batch: [Datagram] = []

    init(_ agent: UserAgent, local: PeerAddress) {
        self.agent = agent
        self.local = local
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let remote = PeerAddress(envelope.remoteAddress) else { return }
        batch.append(Datagram(octets: Array(envelope.data.readableBytesView), flow: Flow(udpFrom: local, to: remote)))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard !batch.isEmpty else { return }
        let datagrams = batch
        batch.removeAll(keepingCapacity: true)
        // As a job of the actor, still on this loop: only inside one does a responder begin without being queued by itself, so that the
        // answers of a batch go out together.
        agent.assumeIsolated { agent in _ = Task { agent.receive(datagrams) } }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let (socket, local) = (context.channel, local)
        agent.assumeIsolated { $0.closed(socket, at: local) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A port that was unreachable for an earlier datagram; the socket goes on.
        agent.assumeIsolated { $0.noteTransportError() }
    }
}
