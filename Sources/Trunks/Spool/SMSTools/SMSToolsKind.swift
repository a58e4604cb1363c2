import Kinds
import Runtime
import Settings

extension TrunkKind {
    public static let smstoolsSpool = TrunkKind(
        name: "smstools-spool", summary: "A running smsd of smstools sends and receives.",
        keys: [spoolKey.required, checkedKey.documentation, modemKey.documentation, queueKey.documentation] + SpoolKeys.documentation
    ) { section, context in
        let spool = try section.require(spoolKey).path
        let reports = Folder("\(spool)/report")
        let layout = SpoolLayout(
            outgoing: Folder("\(spool)/outgoing"),
            waiting: [Folder("\(spool)/checked")] + (try section.optional(checkedKey) ?? []).map { Folder($0) },
            sent: Folder("\(spool)/sent"), failed: Folder("\(spool)/failed"), incoming: [Folder("\(spool)/incoming"), reports], reports: reports)
        let dialect = SMSToolsDialect(modem: try section.optional(modemKey), queue: try section.optional(queueKey))
        return try SpoolTrunk.ports(dialect, layout, &section, context)
    }

    private static let spoolKey = Key.folder(
        "spool", "The folder that has smsd's folders outgoing, checked, sent, failed, incoming and report.", example: "/var/spool/sms")
    private static let checkedKey = Key.list("queues", "Folders of smsd's queues, where it has some.", example: "[/var/spool/sms/GSM1]")
    private static let modemKey = Key.text("modem", "smsd's name of the line's modem, where it has several.", example: "GSM1")
    private static let queueKey = Key.text("queue", "smsd's name of the line's queue, where it has several.", example: "GSM1")
}
