import NIOCore
import NIOHTTP1

/// One HTTP connection to the simulated MMSC.
final class MultimediaConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private static let chunk = 8192
    private let host: ModemHost
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(host: ModemHost) {
        self.host = host
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let octets):
            guard body.count + octets.readableBytes <= MultimediaCentre.bodyLimit else { return context.close(promise: nil) }
            body += octets.readableBytesView
        case .end:
            guard let head else { return }
            let headers = Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
            let (method, target, body) = (head.method.rawValue, head.uri, body)
            answer(host.assumeIsolated { $0.answerMultimedia(method, target, headers: headers, body: body) }, context)
        }
    }

    private func answer(_ reply: MultimediaReply, _ context: ChannelHandlerContext) {
        guard case .late(let duration) = reply.delivery else { return write(reply, context) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(duration)) {
            let (connection, context) = bound.value
            guard context.channel.isActive else { return }
            connection.write(reply, context)
        }
    }

    private func write(_ reply: MultimediaReply, _ context: ChannelHandlerContext) {
        guard reply.delivery != .never else { return context.close(promise: nil) }
        var headers = HTTPHeaders(reply.headers.map { ($0.name, $0.value) })
        if reply.delivery == .chunked {
            headers.add(name: "Transfer-Encoding", value: "chunked")
        } else {
            headers.add(name: "Content-Length", value: "\(reply.body.count)")
        }
        headers.add(name: "Connection", value: "close")
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: reply.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let isCut: Int? = if case .cut(let count) = reply.delivery { count } else { nil }
        for start in stride(from: 0, to: min(isCut ?? reply.body.count, reply.body.count), by: Self.chunk) {
            let octets = reply.body[start..<min(start + Self.chunk, isCut ?? reply.body.count, reply.body.count)]
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: octets)))), promise: nil)
        }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        if isCut != nil {
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer())))).whenComplete { _ in bound.value.close(promise: nil) }
        } else {
            context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in bound.value.close(promise: nil) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
