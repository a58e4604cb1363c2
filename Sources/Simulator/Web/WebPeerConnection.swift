import NIOCore
import NIOHTTP1

/// One connection to a simulated peer; its requests are answered one after the other.
final class WebPeerConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let respond: WebPeer.Respond
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(_ respond: @escaping WebPeer.Respond) { self.respond = respond }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let octets):
            guard body.count + octets.readableBytes <= WebPeer.bodyLimit else { return context.close(promise: nil) }
            body += octets.readableBytesView
        case .end:
            guard let head else { return }
            answer(head, body, context)
        }
    }

    /// The HTTP pipeline holds the next request back until this one is answered.
    private func answer(_ head: HTTPRequestHead, _ body: [UInt8], _ context: ChannelHandlerContext) {
        let target = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let request = PeerRequest(
            method: head.method.rawValue, path: String(target[0]), query: target.count > 1 ? String(target[1]) : "",
            headers: Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }, body: body,
            connection: ObjectIdentifier(context.channel))
        let respond = respond
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.makeFutureWithTask { await respond(request) }.whenSuccess { reply in
            let (connection, context) = bound.value
            guard context.channel.isActive else { return }
            connection.write(reply, context, to: head)
        }
    }

    private func write(_ reply: PeerReply, _ context: ChannelHandlerContext, to head: HTTPRequestHead) {
        guard reply.delivery != .never else { return context.close(promise: nil) }
        var headers = HTTPHeaders(reply.headers.map { ($0.name, $0.value) })
        headers.replaceOrAdd(name: "Content-Length", value: "\(reply.body.count)")
        context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .init(statusCode: reply.status), headers: headers))), promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        if case .cut(let count) = reply.delivery {
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: reply.body.prefix(count)))))).whenComplete { _ in
                bound.value.close(promise: nil)
            }
            return
        }
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: reply.body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            if !head.isKeepAlive { bound.value.close(promise: nil) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
