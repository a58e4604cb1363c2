import Exchange
import Kinds
import Settings
import Telephony

extension TrunkKind {
    public static let loopback = TrunkKind(
        name: "loopback", summary: "A line without a carrier: every text is taken, and brought back when echo is on.",
        keys: [echoKey.documentation]
    ) { section, context in
        let isEchoing = try section.value(echoKey, default: false)
        let trunk = LoopbackTrunk(line: context.line, inbox: context.inbox) { claim, sender in
            guard isEchoing else { return [] }
            return LoopbackPDU.deliver(claim.message.text, from: sender, number: claim.messageNumber, at: claim.message.recordedAt)
        }
        return TrunkPorts(line: context.line, service: trunk, messages: trunk, capacity: 32, health: { Health(.working, "Loops back.") })
    }

    private static let echoKey = Key.toggle("echo", "Bring every text back as one from its recipient.", example: "yes")
}
