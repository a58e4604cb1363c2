import NIOCore
import NIOHTTP1

/// Stands before the parser and counts the octets of a head that is still coming, so that a long request line is held for those paths that
/// take one, and for no other; and no more of them at a time than their budget has room for.
///
/// The parser's own limit is that of the longest; the check behind it tells here where heads and requests end. What is left in the parser
/// of a request that came in one piece with the end of the one before counts for nothing: it is never more than one read.
final class HeadRoom: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// More of a long request line has come.
    struct Grew: Sendable {
        let octets: Int
    }

    private let limits: ListenerSettings.Limits
    private let targets: LongTargets
    /// The peer: who is behind a proxy is not known before the head is whole.
    private let source: Source
    private var isInHead = true
    /// Octets of the head that is coming, and its first ones.
    private var count = 0
    private var beginning: [UInt8] = []
    /// Taken from the budget of the path.
    private var taken = 0
    private var budget: OctetBudget?
    private var hasRefused = false

    init(limits: ListenerSettings.Limits, targets: LongTargets, source: Source) {
        self.limits = limits
        self.source = source
        self.targets = targets
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasRefused else { return }
        let buffer = unwrapInboundIn(data)
        if isInHead {
            count += buffer.readableBytes
            let missing = LongTargets.tellingOctets - beginning.count
            if missing > 0 { beginning += buffer.readableBytesView.prefix(missing) }
        }
        context.fireChannelRead(data)
        guard isInHead, count > limits.headOctets else { return }
        guard let target = targets.target(ofRequestBeginning: beginning), count <= target.limit + limits.headOctets,
            target.budget.take(count - taken, from: source)
        else {
            hasRefused = true
            return context.fireErrorCaught(HTTPParserError.headerOverflow)
        }
        budget = target.budget
        context.fireUserInboundEventTriggered(Grew(octets: count - max(taken, limits.headOctets)))
        taken = count
    }

    func handlerRemoved(context: ChannelHandlerContext) { giveBack() }
    func channelInactive(context: ChannelHandlerContext) {
        giveBack()
        context.fireChannelInactive()
    }

    private func giveBack() {
        budget?.giveBack(taken, to: source)
        budget = nil
        taken = 0
    }

    // MARK: - What the check behind the parser tells

    /// Whether a whole head is within the limits of its path.
    func admits(_ head: HTTPRequestHead, _ limits: ListenerSettings.Limits) -> Bool {
        let line = head.uri.utf8.count
        let fields = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard line + fields > limits.headOctets else { return true }
        guard fields <= limits.headOctets, head.method == .GET, let target = targets.target(head.uri) else { return false }
        return line <= target.limit
    }

    func headIsWhole() {
        isInHead = false
        count = 0
        beginning = []
    }

    func requestIsWhole() {
        giveBack()
        isInHead = true
        count = 0
        beginning = []
    }
}
