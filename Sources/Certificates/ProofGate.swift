import NIOCore
import NIOSSL

/// Stands before the TLS of a connection while a proof is pending, reads the client's first words, and gives it the proof's certificate where it
/// asks for one (RFC 8737 §3); everybody else gets the ordinary one.
final class ProofGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let identity: NIOSSLContext
    private let proofs: TLSProofs
    private var held = ByteBuffer()
    private var isOpen = false

    init(identity: NIOSSLContext, proofs: TLSProofs) {
        self.identity = identity
        self.proofs = proofs
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOpen else { return context.fireChannelRead(data) }
        var piece = unwrapInboundIn(data)
        held.writeBuffer(&piece)
        switch ClientHello.read(Array(held.readableBytesView.prefix(2 * ClientHello.limit))) {
        case .incomplete where held.readableBytes < 2 * ClientHello.limit: break
        case .incomplete, .unreadable: open(context, with: identity)
        case .whole(let hello): open(context, with: proofs.context(for: hello) ?? identity)
        }
    }

    private func open(_ context: ChannelHandlerContext, with identity: NIOSSLContext) {
        isOpen = true
        do {
            try context.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: identity), position: .after(self))
        } catch {
            return context.close(promise: nil)
        }
        context.fireChannelRead(wrapInboundOut(held))
        context.fireChannelReadComplete()
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }
}
