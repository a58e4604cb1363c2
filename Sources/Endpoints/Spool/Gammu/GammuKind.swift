import Kinds
import Runtime
import Settings

extension EndpointKind {
    public static let gammuSpool = EndpointKind(
        name: "gammu-spool", summary: "Folders as gammu-smsd's FILES service has them: programs made for it go on as before.", audience: .everyone,
        keys: [inboxKey.required, outboxKey.required, sentKey.required, errorKey.required, formatKey.documentation, reportKey.documentation]
            + [programKey.documentation, phoneKey.documentation] + StandInKeys.documentation
    ) { section, context in
        let inbox = try section.require(inboxKey)
        let reports = try section.value(reportKey, default: .log) == .sms ? inbox : nil
        let layout = StandInLayout(
            incoming: inbox, outgoing: try section.require(outboxKey), sent: try section.require(sentKey), failed: try section.require(errorKey), reports: reports)
        let standIn = GammuStandIn(format: try section.value(formatKey, default: .unicode), phone: try section.value(phoneKey, default: ""))
        return try SpoolEndpoint.ports(standIn, layout, &section, context, program: try section.optional(programKey))
    }

    private static let inboxKey = Key.folder("inbox", "Where what came is put (InboxPath).", example: "/var/spool/gammu/inbox")
    private static let outboxKey = Key.folder("outbox", "Where others put what is to be sent (OutboxPath).", example: "/var/spool/gammu/outbox")
    private static let sentKey = Key.folder("sent", "Where it goes when it was sent (SentSMSPath).", example: "/var/spool/gammu/sent")
    private static let errorKey = Key.folder("error", "Where it goes when it could not be (ErrorSMSPath).", example: "/var/spool/gammu/error")
    private static let formatKey = Key.choice(
        "inbox-format", "standard (UTF-8), unicode (UTF-16) or detail, as InboxFormat.", example: "unicode",
        Dictionary(uniqueKeysWithValues: GammuStandIn.Format.allCases.map { ($0.rawValue, $0) }))

    private enum Reports: Sendable {
        case log, sms
    }

    private static let reportKey = Key.choice(
        "delivery-report", "sms to put reports into the inbox, log for none (DeliveryReport).", example: "log", ["log": Reports.log, "sms": Reports.sms])
    private static let programKey = StandInKeys.program("run-on-receive", "A program that is started for what came (RunOnReceive).")
    private static let phoneKey = Key.text("phone-id", "PHONE_ID in that program's environment (PhoneID).", example: "SIM0")
}
