import Settings

/// When backups are made by themselves, and where they are kept.
public struct BackupSettings: Sendable {
    public enum Interval: String, Sendable, CaseIterable {
        case hourly, daily, weekly

        public var duration: Duration {
            switch self {
            case .hourly: .seconds(3600)
            case .daily: .seconds(86400)
            case .weekly: .seconds(7 * 86400)
            }
        }
    }

    public let folder: String
    public let every: Interval
    /// How many are kept.
    public let keep: Int
    public let passphraseFile: String

    static let folderKey = Key.text(
        "folder", "Where backups are made by themselves: best another disk, which must be there. No backups are made where the section is left out.",
        example: "/mnt/backup/homeline")
    static let everyKey = Key.choice(
        "every", "How often: hourly, daily or weekly.", example: "daily", Dictionary(uniqueKeysWithValues: Interval.allCases.map { ($0.rawValue, $0) }))
    static let keepKey = Key.number("keep", "How many are kept; the oldest goes when a new one is proven.", example: "7", in: 1...1000)
    static let passphraseKey = Key.text(
        "passphrase-file", "A file with the passphrase on its first line, 10 characters or more. Keep it elsewhere too: nobody opens a backup without it.",
        example: "/etc/homeline/backup-passphrase")

    static let keys = [folderKey.documentation, passphraseKey.documentation, everyKey.documentation, keepKey.documentation]

    /// Nil where no folder is named.
    init?(_ section: Section?) throws(SettingsError) {
        var section = section ?? Section(emptyAt: "backup")
        let folder = try section.optional(Self.folderKey), passphraseFile = try section.optional(Self.passphraseKey)
        every = try section.value(Self.everyKey, default: .daily)
        keep = try section.value(Self.keepKey, default: 7)
        try section.finish()
        guard (folder == nil) == (passphraseFile == nil) else { throw section.error("folder", "folder and passphrase-file go together") }
        guard let folder, let passphraseFile else { return nil }
        self.folder = folder
        self.passphraseFile = passphraseFile
        guard folder.hasPrefix("/") else { throw section.error("folder", "a path from / expected, such as /mnt/backup/homeline") }
        guard passphraseFile.hasPrefix("/") else { throw section.error("passphrase-file", "a path from / expected, such as /etc/homeline/backup-passphrase") }
    }
}
