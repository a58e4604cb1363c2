import NIOCore
import NIOHTTP1

/// Refuses heads that two readers could take for different requests, before anything is made of them: a framing that is not the one
/// we have (RFC 9112 §6.1), and a host that is missing, doubled or none (§3.2).
///
/// A refusal is told as the parser's own are: a 400 after the answers to what came before, then the end of the connection.
final class HeadCheck: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private let limits: ListenerSettings.Limits
    /// Where long request lines are let in; nil where none are.
    private let room: HeadRoom?
    private var hasRefused = false

    init(limits: ListenerSettings.Limits, room: HeadRoom? = nil) {
        self.limits = limits
        self.room = room
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasRefused else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): check(head, data, context)
        case .body: context.fireChannelRead(data)
        case .end:
            room?.requestIsWhole()
            context.fireChannelRead(data)
        }
    }

    private func check(_ head: HTTPRequestHead, _ data: NIOAny, _ context: ChannelHandlerContext) {
        var head = head
        guard Self.hasOneMeaning(head), room?.admits(head, limits) ?? true else {
            hasRefused = true
            return context.fireErrorCaught(HTTPParserError.invalidHeaderToken)
        }
        room?.headIsWhole()
        guard !head.isKeepAlive else { return context.fireChannelRead(data) }
        // One word for "this request is the last", whatever the version and the case it was said in.
        head.headers.replaceOrAdd(name: "connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    private static func hasOneMeaning(_ head: HTTPRequestHead) -> Bool {
        var hosts = 0
        for (name, value) in head.headers {
            switch name.utf8.count {
            case 4 where isSame(name, "host"):
                hosts += 1
                guard value.utf8.allSatisfy(isOfHost) else { return false }
            case 17 where isSame(name, "transfer-encoding"):
                guard head.version == .http1_1, isSame(value, "chunked") else { return false }
            default: break
            }
        }
        return hosts == 1 || (hosts == 0 && head.version != .http1_1)
    }

    private static func isSame(_ text: String, _ lowercased: StaticString) -> Bool {
        lowercased.withUTF8Buffer { other in
            text.utf8.elementsEqual(other) { (0x41...0x5A).contains($0) ? $0 | 0x20 == $1 : $0 == $1 }
        }
    }

    /// Whether an octet may be in a host and port (RFC 3986 §3.2.2): printable, and no delimiter of the parts around them.
    private static func isOfHost(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: "\\"): false
        case 0x21...0x7E: true
        default: false
        }
    }
}
