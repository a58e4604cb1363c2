import Kinds
import Runtime
import Settings

extension EndpointKind {
    public static let smstoolsSpool = EndpointKind(
        name: "smstools-spool", summary: "Folders as smsd of smstools has them: programs made for it go on as before.", audience: .everyone,
        keys: [spoolKey.required, modemKey.documentation, programKey.documentation] + StandInKeys.documentation
    ) { section, context in
        let spool = try section.require(spoolKey).path
        let layout = StandInLayout(
            incoming: Folder("\(spool)/incoming"), outgoing: Folder("\(spool)/outgoing"), sent: Folder("\(spool)/sent"), failed: Folder("\(spool)/failed"),
            reports: Folder("\(spool)/report"))
        let standIn = SMSToolsStandIn(modem: try section.value(modemKey, default: "GSM1"))
        return try SpoolEndpoint.ports(standIn, layout, &section, context, program: try section.optional(programKey))
    }

    private static let spoolKey = Key.folder(
        "spool", "The folder that has the folders outgoing, sent, failed, incoming and report.", example: "/var/spool/sms")
    private static let modemKey = Key.text("modem", "What the names of files that came begin with.", example: "GSM1")
    private static let programKey = StandInKeys.program("eventhandler", "A program that is started for what came, was sent, failed and was reported.")
}
