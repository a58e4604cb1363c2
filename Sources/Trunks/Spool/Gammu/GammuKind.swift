import Kinds
import Runtime
import Settings

extension TrunkKind {
    public static let gammuSpool = TrunkKind(
        name: "gammu-spool", summary: "A running gammu-smsd with its FILES service sends and receives.",
        keys: [inboxKey.required, outboxKey.required, sentKey.required, errorKey.required] + SpoolKeys.documentation
    ) { section, context in
        let (outbox, sent, failed) = (try section.require(outboxKey), try section.require(sentKey), try section.require(errorKey))
        // gammu-smsd would remove what it has sent, and nobody would know.
        guard outbox != sent, outbox != failed, sent != failed else { throw section.error("sent", "outbox, sent and error must be different folders") }
        let layout = SpoolLayout(outgoing: outbox, sent: sent, failed: failed, incoming: [try section.require(inboxKey)])
        return try SpoolTrunk.ports(GammuDialect(), layout, &section, context)
    }

    private static let inboxKey = Key.folder("inbox", "InboxPath of gammu-smsd.", example: "/var/spool/gammu/inbox")
    private static let outboxKey = Key.folder("outbox", "OutboxPath of gammu-smsd.", example: "/var/spool/gammu/outbox")
    private static let sentKey = Key.folder("sent", "SentSMSPath of gammu-smsd; another folder than the outbox.", example: "/var/spool/gammu/sent")
    private static let errorKey = Key.folder("error", "ErrorSMSPath of gammu-smsd; another folder than the outbox.", example: "/var/spool/gammu/error")
}
