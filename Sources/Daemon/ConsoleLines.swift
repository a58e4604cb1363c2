import Telephony

// What the command line shows of people and of what they did: a name that others chose commands no terminal.

extension AuditEntry {
    public var line: String {
        let end = about.isEmpty ? "" : "  \(about)"
        return "\(CivilDate(at).rfc3339)  \(act.rawValue)  \(person?.name ?? "-")  \(place)\(end)".harmlessLine
    }
}

extension Passkey {
    public var line: String {
        let used = usedAt.map { "last used \(CivilDate($0).rfc3339)" } ?? "never used"
        return "passkey: \(name)  for \(site)  made \(CivilDate(createdAt).rfc3339)  \(used)".harmlessLine
    }
}
