import Kinds
import Runtime
import Settings
import Spooling

extension TrunkKind {
    public static let smsqSpool = TrunkKind(
        name: "smsq-spool", summary: "Asterisk's application SMS sends to a landline's message centre, and receives from it.",
        keys: [spoolKey.required, queueKey.required, channelKey.documentation, callerKey.documentation] + SpoolKeys.documentation
    ) { section, context in
        let spool = try section.require(spoolKey).path
        let queue = try section.require(queueKey)
        let caller = try section.value(callerKey, default: queue)
        let call = try section.optional(channelKey).map { SMSQCall(.toCentre, channel: $0, callerID: caller, queue: queue) }
        let layout = SpoolLayout(
            outgoing: Folder("\(spool)/sms/motx"), sent: nil, failed: nil, incoming: [Folder("\(spool)/sms/mtrx")])
        return try SpoolTrunk.ports(
            SMSQDialect(queue: queue), layout, &section, context, bell: call.map { SpoolBell(folder: Folder("\(spool)/outgoing"), call: $0) })
    }

    private static let spoolKey = Key.folder("spool", "Asterisk's spool directory (astspooldir).", example: "/var/spool/asterisk")
    private static let queueKey = Key.text("queue", "The line's queue: its number, as the dialplan gives it to the application SMS.", example: "\"0123456789\"")
    private static let channelKey = Key.text(
        "channel", "What Asterisk dials to reach the message centre; without it something else must call.", example: "PJSIP/1470@landline")
    private static let callerKey = Key.text("caller-id", "The number that the message centre is called from; the queue where left out.", example: "\"0123456789\"")
}
