import Exchange
import HTTPStack
import Kinds
import Runtime
import Settings
import Telephony

extension TrunkKind {
    public static let yeastar = TrunkKind(
        name: "yeastar-tg", summary: "One port of a Yeastar TG (NeoGate) gateway and the SIM in it.",
        keys: [
            hostKey.required, GatewayKeys.user.required, GatewayKeys.secret.required, portKey.required, interfaceKey.documentation, managerPortKey.documentation,
            intervalKey.documentation, webKey.documentation,
        ],
        make: { section, context in
            let host = try section.require(hostKey), simPort = try section.require(portKey)
            let user = try section.require(GatewayKeys.user), secret = try section.require(GatewayKeys.secret)
            let interval = try section.value(intervalKey, default: .seconds(10))
            let managerPort = try section.value(managerPortKey, default: 5038), webPort = try section.value(webKey, default: 80)
            guard try section.value(interfaceKey, default: .manager) == .manager else {
                var line = GatewayLine(template: .yeastarWeb(port: simPort))
                line.url = WebURL("http://\(host.contains(":") ? "[\(host)]" : host):\(webPort)")
                (line.user, line.secret, line.capacity, line.interval) = (user, secret, 1, interval)
                return line.made(context).ports
            }
            let settings = YeastarSettings(host: host, port: managerPort, user: user, secret: secret, span: simPort + 1, interval: interval)
            let inbox = GatewayInbox(line: context.line, inbox: context.inbox, mint: context.mint, numbers: GatewayLine.numbers(context))
            let trunk = YeastarTrunk(
                settings: settings, ports: SystemSerialPorts(lockFile: .none), inbox: inbox, receipts: context.inbox, notices: context.notices, pause: context.pause)
            return TrunkPorts(line: context.line, service: trunk, messages: trunk, capacity: 1, health: { await trunk.health })
        })

    private enum Interface: Sendable { case manager, web }

    private static let hostKey = Key.text("host", "Name or address of the gateway.", example: "10.0.0.8")
    private static let portKey = Key.number("sim-port", "Which of its ports the SIM is in, from 1.", example: "1", in: 1...16)
    private static let interfaceKey = Key<Interface>.choice(
        "api", "tcp for both ways; http only sends.", example: "tcp", ["tcp": .manager, "http": .web])
    private static let managerPortKey = Key.number("tcp-port", "Where its SMS API listens.", example: "5038", in: 1...65535)
    private static let webKey = Key.number("http-port", "Where its web interface listens.", example: "80", in: 1...65535)
    private static let intervalKey = Key.duration("interval", "How long to wait between two texts; the maker asks for ten seconds.", example: "10s")
}

extension GatewayTemplate {
    /// Its web interface, which only sends.
    fileprivate static func yeastarWeb(port: Int) -> GatewayTemplate {
        GatewayTemplate(
            text: RequestTemplate(
                method: .get, address: Pattern(known: "{url}/cgi/WebCGI?1500101=account={user}"),
                query: [
                    .init("password", known: "{secret}"), .init("port", Pattern(literal: "\(port)")), .init("destination", known: "{to}"), .init("content", known: "{text}"),
                ]),
            answer: AnswerTemplate(
                reference: .own, state: .text(TextMark.yeastar), taken: ["success"], strangerStatuses: [401, 403], detail: .text(TextMark.yeastarMessage)))
    }
}
