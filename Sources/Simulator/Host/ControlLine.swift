import NIOCore

/// One line of JSON in, one line of JSON out.
final class ControlLine: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let lengthLimit = 1 << 16
    private let host: ModemHost
    private var line: [UInt8] = []

    init(host: ModemHost) {
        self.host = host
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for octet in unwrapInboundIn(data).readableBytesView {
            if octet == UInt8(ascii: "\n") {
                let (request, host) = (line, host)
                line = []
                let answer = host.assumeIsolated { $0.answer(request) }
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer + [UInt8(ascii: "\n")])), promise: nil)
            } else if line.count < ControlLine.lengthLimit {
                line.append(octet)
            } else {
                return context.close(promise: nil)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
