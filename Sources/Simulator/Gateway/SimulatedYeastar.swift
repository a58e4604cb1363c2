import NIOCore
import NIOPosix
import Synchronization

/// The SMS API of a Yeastar TG gateway: the manager interface on a TCP port, as its maker's guide describes it.
public final class SimulatedYeastar: Sendable {
    public enum Mood: Sendable {
        case working
        /// It sends, and answers later.
        case slow
        /// The network takes nothing; the command is not known.
        case networkRefusing, failing
        /// It sends, and hangs up or says nothing.
        case losingAnswers, silent
    }

    public struct Sent: Hashable, Sendable {
        public let span: String
        public let number: String
        /// Decoded.
        public let text: String
        public let id: String
    }

    fileprivate struct State {
        var mood = Mood.working
        var sent: [Sent] = []
        var clients: [any Channel] = []
        var logins = 0
    }

    public static let user = "apiuser"
    public static let secret = "apipass"

    private let server: any Channel
    private let state: SharedState

    /// Kept apart from the server, so that its connections need not know it.
    fileprivate final class SharedState: Sendable {
        private let held = Mutex(State())
        func with<Result: Sendable>(_ body: (inout State) -> sending Result) -> Result { held.withLock { body(&$0) } }
    }

    private init(_ server: any Channel, _ state: SharedState) {
        self.server = server
        self.state = state
    }

    public static func start(port: Int = 0) async throws -> SimulatedYeastar {
        let state = SharedState()
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Conversation(state)) }
            }
            .bind(host: "127.0.0.1", port: port).get()
        return SimulatedYeastar(server, state)
    }

    public var port: Int { server.localAddress?.port ?? 0 }
    public var sent: [Sent] { state.with { $0.sent } }
    /// How often somebody logged in.
    public var logins: Int { state.with { $0.logins } }

    public func set(_ mood: Mood) { state.with { $0.mood = mood } }

    /// A text arrives on a span; `content` as the gateway writes it.
    public func receive(span: Int = 2, from sender: String, content: String, id: String, index: Int = 1, of total: Int = 1, at time: String = "2026-03-30 14:24:16") {
        tell("""
            Event: ReceivedSMS\r\nPrivilege: all,smscommand\r\nID: \(id)\r\nGsmSpan: \(span)\r\nSender: \(sender)\r\nRecvtime: \(time)\r\nIndex: \(index)\r
            Total: \(total)\r\nSmsc: +8613800592500\r\nContent: \(content)\r\n--END SMS EVENT--\r\n\r\n
            """)
    }

    /// What became of a text.
    public func update(_ id: String, status: Int) {
        tell("Event: UpdateSMSSend\r\nPrivilege: all,smscommand\r\nID: \(id)\r\nSmsc: +8613800592500\r\nStatus: \(status)\r\n--END SMS EVENT--\r\n\r\n")
    }

    /// Ends every connection, as a restart does.
    public func hangUp() {
        for client in state.with({ $0.clients }) { client.close(promise: nil) }
        state.with { $0.clients = [] }
    }

    public func stop() async {
        try? await server.close()
        hangUp()
    }

    private func tell(_ text: String) {
        for client in state.with({ $0.clients }) { client.writeAndFlush(ByteBuffer(string: text), promise: nil) }
    }

    /// One client: actions of lines, each ended by an empty one.
    private final class Conversation: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let state: SharedState
        private var text = ""
        private var isKnown = false

        init(_ state: SharedState) { self.state = state }

        func channelActive(context: ChannelHandlerContext) { write("Asterisk Call Manager/1.1\r\n", context) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            while let end = text.firstRange(of: "\r\n\r\n") {
                let lines = text[..<end.lowerBound].split(separator: "\r\n").map { $0.split(separator: ":", maxSplits: 1).map { String($0).drop { $0 == " " } } }
                text = String(text[end.upperBound...])
                let fields = Dictionary(lines.map { (String($0[0]).lowercased(), $0.count > 1 ? String($0[1]) : "") }) { $1 }
                act(fields, context)
            }
        }

        private func act(_ fields: [String: String], _ context: ChannelHandlerContext) {
            if fields["action"]?.lowercased() == "login" {
                isKnown = fields["username"] == SimulatedYeastar.user && fields["secret"] == SimulatedYeastar.secret
                guard isKnown else {
                    write("Response: Error\r\nMessage: Authentication failed\r\n\r\n", context)
                    return context.close(promise: nil)
                }
                let channel = context.channel
                state.with {
                    $0.logins += 1
                    $0.clients.append(channel)
                }
                return write("Response: Success\r\nMessage: Authentication accepted\r\n\r\n", context)
            }
            guard isKnown, let command = fields["command"] else { return write("Response: Error\r\nMessage: Missing action in request\r\n\r\n", context) }
            obey(command.split(separator: " ", maxSplits: 6).map(String.init), context)
        }

        private func obey(_ words: [String], _ context: ChannelHandlerContext) {
            guard words.count >= 3, words[0] == "gsm" else { return answer("No such command", context) }
            if words[1] == "show" {
                return answer("D-channel: \(words[2])\r\nStatus: Power on, Provisioned, Up, Active,Standard\r\n\r\nNetwork Name: CHINA MOBILE\r\nSignal Quality (0,31): 27", context)
            }
            guard words.count == 7, words[1] == "send", words[2] == "sms" else { return answer("No such command", context) }
            let mood = state.with { $0.mood }
            if mood == .failing { return context.close(promise: nil) }
            guard words[4] != "0000", words[5].hasPrefix("\""), words[5].hasSuffix("\"") else { return answer("Invalid destination", context) }
            let text = PeerRequest.parameters("text=" + words[5].dropFirst().dropLast())["text"] ?? ""
            let id = words[6]
            state.with { $0.sent.append(Sent(span: words[3], number: words[4], text: text, id: id)) }
            switch mood {
            case .losingAnswers: context.close(promise: nil)
            case .silent, .failing: break
            case .working, .networkRefusing: tell(id, status: mood == .working ? 1 : 0, context)
            case .slow:
                let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
                context.eventLoop.scheduleTask(in: .milliseconds(300)) { bound.value.0.tell(id, status: 1, bound.value.1) }
            }
        }

        /// The answer to a command, and what became of its text.
        private func tell(_ id: String, status: Int, _ context: ChannelHandlerContext) {
            answer("", context)
            write(
                "Event: UpdateSMSSend\r\nPrivilege: all,smscommand\r\nID: \(id)\r\nSmsc: +8613800592500\r\nStatus: \(status)\r\n--END SMS EVENT--\r\n\r\n", context)
        }

        private func answer(_ text: String, _ context: ChannelHandlerContext) {
            write("Response: Follows\r\nPrivilege: SMSCommand\r\n\(text)\r\n--END COMMAND--\r\n\r\n", context)
        }

        private func write(_ text: String, _ context: ChannelHandlerContext) {
            context.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: nil)
        }
    }
}
