import Exchange
import Kinds
import SMS
import Settings
import Telephony

extension TrunkKind {
    public static let loopback = TrunkKind(
        name: "loopback", summary: "A line without a carrier: every text is taken, and brought back when echo is on.",
        keys: [echoKey.documentation]
    ) { section, context in
        let isEchoing = try section.value(echoKey, default: false)
        let echo: @Sendable (String, Address) -> [UInt8]? = isEchoing ? { LoopbackPDU.deliver($0, from: $1, at: context.mint.now()) } : { _, _ in nil }
        let trunk = LoopbackTrunk(line: context.line, inbox: context.inbox, echo: echo)
        return TrunkPorts(line: context.line, service: trunk, messages: trunk, health: { Health(.working, "Loops back.") })
    }

    private static let echoKey = Key.toggle("echo", "Bring every text back as one from its recipient.", example: "yes")
}
