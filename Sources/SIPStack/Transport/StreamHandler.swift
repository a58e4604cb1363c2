import NIOCore
import NIOTLS
import SIP
import Wire

/// Cuts a connection's octets into messages, answers keep-alives and holds the peer to its deadlines.
final class StreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// What only a connection of ours has.
    struct Outgoing {
        let peerName: String
        /// Told the flow when messages can be sent.
        let opened: EventLoopPromise<Flow>
    }

    private enum Phase {
        case handshaking
        /// Nothing but keep-alives so far.
        case expecting
        case conversing
        /// Told why it is refused; whatever it still says is not listened to.
        case refused
        case closed
    }

    private let agent: UserAgent
    private let transport: Transport
    private let settings: TransportSettings
    private let outgoing: Outgoing?
    private var framer: StreamFramer
    private var phase = Phase.handshaking
    private var flow: Flow?
    private var deadline: ConnectionDeadline?
    private var messageHasBegun = false

    init(_ agent: UserAgent, _ transport: Transport, _ settings: TransportSettings, outgoing: Outgoing? = nil) {
        self.agent = agent
        self.transport = transport
        self.settings = settings
        self.outgoing = outgoing
        framer = StreamFramer(limits: outgoing == nil ? settings.strangerLimits : settings.limits)
    }

    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel, transport = transport, peerName = outgoing?.peerName
        guard let flow = agent.assumeIsolated({ $0.open(transport, channel, peerName: peerName) }) else { return context.close(promise: nil) }
        self.flow = flow
        let contextBound = NIOLoopBound(context, eventLoop: context.eventLoop)
        deadline = ConnectionDeadline(on: context.eventLoop) { [unowned self] in expire(flow, contextBound.value) }
        switch transport {
        case .tls: deadline?.set(after: settings.handshakeTimeout)
        case .udp, .tcp: begin(flow)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(TLSUserEvent.handshakeCompleted) = event as? TLSUserEvent, let flow { begin(flow) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let flow, phase != .closed, phase != .refused else { return }
        if framer.limits != settings.limits, agent.assumeIsolated({ $0.isProven(flow) }) { framer.limits = settings.limits }
        framer.append(unwrapInboundIn(data).readableBytesView)
        do throws(DecodeError) {
            while phase != .closed, let frame = try framer.next() {
                messageHasBegun = false
                take(frame, from: flow, context)
            }
            moveDeadline()
        } catch {
            refuse(error, from: flow, context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        agent.assumeIsolated { $0.endBatch() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        phase = .closed
        deadline?.cancel()
        deadline = nil
        if let flow { agent.assumeIsolated { $0.closed(flow) } }
        // A connection that was closed while its octets were looked at tells no end of its reading.
        agent.assumeIsolated { $0.endBatch() }
        outgoing?.opened.fail(ChannelError.eof)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        agent.assumeIsolated { $0.noteTransportError() }
        outgoing?.opened.fail(error)
        context.close(promise: nil)
    }

    /// Messages can flow. Who came to us is to speak soon; whom we came to may take its time.
    private func begin(_ flow: Flow) {
        phase = outgoing == nil ? .expecting : .conversing
        deadline?.set(after: outgoing == nil ? settings.messageTimeout : settings.idleTimeout)
        outgoing?.opened.succeed(flow)
    }

    private func take(_ frame: StreamFramer.Frame, from flow: Flow, _ context: ChannelHandlerContext) {
        switch frame {
        case .ping:
            agent.assumeIsolated { $0.answerPing(over: flow) }
            if phase == .conversing { deadline?.set(after: settings.idleTimeout) }
        case .message(let message):
            phase = .conversing
            deadline?.set(after: settings.idleTimeout)
            agent.assumeIsolated { $0.receive(message, over: flow) }
        }
        // The agent may have had enough of this peer.
        if !agent.assumeIsolated({ $0.isOpen(flow) }) { phase = .closed }
    }

    /// A message has so long from its first octet to its last, however the octets are spread.
    private func moveDeadline() {
        guard phase != .closed, framer.bufferedCount > 0, !messageHasBegun else { return }
        messageHasBegun = true
        if phase == .conversing { deadline?.set(after: settings.messageTimeout) }
    }

    /// Where the next message starts is not known. Who sent the one that broke the stream is told, if that can be read, and then there is nothing
    /// more to say. The connection is not cut before the peer has had time to read it: octets that arrive at a closed socket would wipe it out.
    private func refuse(_ error: DecodeError, from flow: Flow, _ context: ChannelHandlerContext) {
        phase = .refused
        agent.assumeIsolated { agent in
            agent.serveStranger(over: flow)
            agent.noteGarbage(error, over: flow)
        }
        // Behind the answers to what came before it.
        context.eventLoop.assumeIsolated().execute { self.takeLeave(error.status, of: flow, context) }
    }

    private func expire(_ flow: Flow, _ context: ChannelHandlerContext) {
        guard phase != .refused else { return context.close(promise: nil) }
        // Silence is no fault of a device that is registered. Whether it is still there is the kernel's to see.
        if phase == .conversing, !messageHasBegun, let left = agent.assumeIsolated({ $0.timeKept(flow) }) {
            deadline?.set(after: left)
            return
        }
        agent.assumeIsolated { $0.drop(.deadline) }
        takeLeave(.badRequest, of: flow, context)
    }

    private func takeLeave(_ status: Status, of flow: Flow, _ context: ChannelHandlerContext) {
        let remains = phase == .handshaking ? nil : framer.remains
        framer = StreamFramer(limits: framer.limits)
        agent.assumeIsolated { agent in
            if let remains { agent.refuse(remains, status, over: flow) }
            agent.endBatch()
        }
        guard remains != nil, context.channel.isActive else {
            phase = .closed
            return context.close(promise: nil)
        }
        phase = .refused
        deadline?.set(after: settings.lingering)
        context.close(mode: .output, promise: nil)
    }
}

extension DecodeError {
    /// What the sender of a message that breaks a stream is answered.
    fileprivate var status: Status {
        if case .tooLong = reason, path == ["body"] { .requestEntityTooLarge } else { .badRequest }
    }
}
