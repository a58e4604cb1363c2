import NIOCore
import NIOHTTPTypes

/// Closes a connection whose peer is too slow: with its head, its body, or with reading our answer.
///
/// One timer a connection sweeps once a second; what a request costs is two stores.
final class RequestDeadlines: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// The body did not arrive in time.
    struct SlowBody: Error {}

    private enum Phase {
        case head, body, answering
        /// Answered before the body was whole: what still comes is thrown away for a moment, so that the peer sees the answer
        /// instead of a reset.
        case refused
    }

    private static let linger: TimeAmount = .seconds(1)

    private let limits: ListenerSettings.Limits
    private let census: ConnectionCensus
    private let counts: RequestCounts
    private var phase = Phase.head
    private var deadline: NIODeadline?
    private var stallDeadline: NIODeadline?
    private var sweep: RepeatedTask?
    private var isStreaming = false
    /// Requests whose heads came and whose answers have not ended: a peer may send the next before it has the answer to one.
    private var unanswered = 0
    /// The body came too slowly, so that its rest is not waited for behind the answer.
    private var isTooSlow = false
    private var hasPeerEnded = false

    init(limits: ListenerSettings.Limits, census: ConnectionCensus, counts: RequestCounts) {
        self.limits = limits
        self.census = census
        self.counts = counts
    }

    func handlerAdded(context: ChannelHandlerContext) {
        deadline = .now() + TimeAmount(limits.headDeadline)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        sweep = context.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
            let (handler, context) = bound.value
            handler.check(context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        sweep?.cancel()
        sweep = nil
    }

    /// Whether the connection's peer has ended its half or all of it.
    static func hasPeerEnded(_ channel: any Channel) async -> Bool {
        guard channel.isActive else { return true }
        let answer = channel.eventLoop.submit { try channel.pipeline.syncOperations.handler(type: RequestDeadlines.self).hasPeerEnded }
        return (try? await answer.get()) ?? true
    }

    private func check(_ context: ChannelHandlerContext) {
        let now = NIODeadline.now()
        if let stallDeadline, now > stallDeadline { return cut(context, .unread) }
        guard let deadline, now > deadline else { return }
        if phase == .body {
            // The responder gets a chance to say 408; a peer that ignores it is closed by the next deadline.
            phase = .answering
            isTooSlow = true
            self.deadline = now + TimeAmount(limits.stallDeadline)
            context.fireErrorCaught(SlowBody())
        } else {
            cut(context, phase == .head ? .slowHead : .slowBody)
        }
    }

    private func cut(_ context: ChannelHandlerContext, _ reason: RequestCounts.Cut) {
        counts.note(reason)
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        // Beside a stream nothing is taken but the end of its own request; unread, the rest would hide that the peer has gone.
        case .head where isStreaming, .body where isStreaming: return
        case .end where isStreaming && phase != .body: return
        case .head:
            census.isBusy(context.channel)
            unanswered += 1
            phase = .body
            deadline = .now() + TimeAmount(limits.bodyDeadline)
        case .body(let piece): lengthen(by: piece.readableBytes)
        case .end where phase == .refused: awaitHead(context.channel)
        case .end:
            phase = .answering
            deadline = nil
        }
        context.fireChannelRead(data)
    }

    /// A long body may take long, as long as it comes: what has come buys time, but no more than a whole one's ahead.
    private func lengthen(by octets: Int) {
        guard phase == .body || phase == .head, let deadline else { return }
        let bought = TimeAmount.nanoseconds(Int64(octets) * 1_000_000_000 / Int64(limits.bodyRate))
        self.deadline = min(deadline + bought, .now() + TimeAmount(limits.bodyDeadline))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            isStreaming = head.headerFields[.contentLength] == nil && head.status.kind != .informational
            // A stream has no use for a body that is still to come, and no deadline.
            if isStreaming { deadline = nil }
        case .body: break
        case .end:
            isStreaming = false
            unanswered = max(0, unanswered - 1)
            if isTooSlow || (phase == .body && unanswered == 0) {
                phase = .refused
                deadline = .now() + Self.linger
            } else if phase != .body {
                awaitHead(context.channel)
            }
            // Else the answer was to an earlier request than the one whose body is coming, which has its own time.
        }
        context.write(data, promise: promise)
        endStream(context)
    }

    /// Ends streams and bodies that would hold up others. A peer that ends its half still gets its answer, but a stream has no end to wait for.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            hasPeerEnded = true
            endStream(context)
        case let long as HeadRoom.Grew: lengthen(by: long.octets)
        // The process stops: a body that is still to come is not waited for.
        case is ChannelShouldQuiesceEvent where phase == .body && !isStreaming: deadline = .now() + Self.linger
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func endStream(_ context: ChannelHandlerContext) {
        if isStreaming, hasPeerEnded { context.close(promise: nil) }
    }

    private func awaitHead(_ channel: any Channel) {
        phase = .head
        census.isIdle(channel)
        deadline = .now() + TimeAmount(limits.idleDeadline)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stallDeadline = context.channel.isWritable ? nil : .now() + TimeAmount(limits.stallDeadline)
        context.fireChannelWritabilityChanged()
    }
}
