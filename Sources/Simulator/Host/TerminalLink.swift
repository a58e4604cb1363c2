import NIOCore

/// Carries octets of one terminal between its channel and the host.
final class TerminalLink: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let number: String
    private let host: ModemHost

    init(of number: String, host: ModemHost) {
        self.number = number
        self.host = host
    }

    func channelActive(context: ChannelHandlerContext) {
        let (channel, number) = (context.channel, number)
        host.assumeIsolated { $0.opened(channel, of: number) }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let octets = Array(unwrapInboundIn(data).readableBytesView)
        let (channel, number) = (context.channel, number)
        host.assumeIsolated { $0.typed(octets, on: channel, of: number) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let (channel, number) = (context.channel, number)
        host.assumeIsolated { $0.closed(channel, of: number) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
