import Kinds
import Runtime
import Settings
import Spooling

extension EndpointKind {
    public static let smsqSpool = EndpointKind(
        name: "smsq-spool", summary: "A landline telephone that sends and receives texts through Asterisk's application SMS.", audience: .everyone,
        keys: [spoolKey.required, queueKey.required, channelKey.documentation, callerKey.documentation, namelessKey.documentation] + StandInKeys.documentation
    ) { section, context in
        let spool = try section.require(spoolKey).path
        let queue = try section.require(queueKey)
        let caller = try section.value(callerKey, default: "080058752X0")
        let call = try section.optional(channelKey).map { SMSQCall(.toPhone, channel: $0, callerID: caller, queue: queue) }
        let failed = Folder("\(context.directory)/alien")
        try? failed.make()
        let layout = StandInLayout(
            incoming: Folder("\(spool)/sms/mttx"), outgoing: Folder("\(spool)/sms/morx"), sent: nil, failed: failed, reports: nil)
        let calls = Folder("\(spool)/outgoing")
        var bell: (@Sendable () -> Void)?
        if let call { bell = { ring(call, in: calls) } }
        let standIn = SMSQStandIn(queue: queue, nameless: try section.value(namelessKey, default: "0"))
        return try SpoolEndpoint.ports(standIn, layout, &section, context, bell: bell)
    }

    /// A call that is under way already fetches everything.
    private static func ring(_ call: SMSQCall, in calls: Folder) {
        guard !calls.has(call.name) else { return }
        try? calls.write(call.name, call.encoded())
    }

    private static let spoolKey = Key.folder("spool", "Asterisk's spool directory (astspooldir).", example: "/var/spool/asterisk")
    private static let queueKey = Key.text("queue", "The telephone's queue, as the dialplan gives it to the application SMS.", example: "\"1000\"")
    private static let channelKey = Key.text(
        "channel", "What Asterisk dials to reach the telephone; without it something else must call.", example: "PJSIP/1000")
    private static let callerKey = Key.text("caller-id", "The number that the telephone knows its message centre by.", example: "\"9001\"")
    private static let namelessKey = Key.text("nameless", "The number that texts from names are shown from; the name stands before the text.", example: "\"0\"")
}
