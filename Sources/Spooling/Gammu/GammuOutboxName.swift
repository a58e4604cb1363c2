/// The name of a file that gammu-smsd is to send: what it must do is partly in there.
///
/// `OUT+4917.txt`, `OUTA_+4917_00.txt` and `OUTA20261121_103742_00_+4917_note.txtd`, or the same with `.smsbackup`. Case of `OUT` is ignored.
public struct GammuOutboxName: Hashable, Sendable {
    public enum Form: Hashable, Sendable {
        /// A text to the number of the name.
        case text(GammuOptions)
        /// A whole message with everything about it, `GammuBackup`.
        case backup
    }

    /// Nil where the pieces are as no number can be found among; a backup has its own.
    public let number: String?
    public let form: Form

    /// Nil for what gammu-smsd leaves alone: it begins otherwise, or ends otherwise.
    public init?(_ name: String) {
        guard name.prefix(3).lowercased() == "out", name.utf8.count <= 255, let dot = name.lastIndex(of: ".") else { return nil }
        let suffix = name[dot...].lowercased()
        if suffix.hasPrefix(".smsbackup") {
            form = .backup
        } else if suffix.hasPrefix(".txt") {
            form = .text(GammuOptions(letters: suffix.dropFirst(4)))
        } else {
            return nil
        }
        let pieces = name.split(separator: "_", omittingEmptySubsequences: false)
        let found: Substring? =
            switch pieces.count {
            case 1: name.dropFirst(3).prefix { $0 != "." }
            case 3: pieces[1]
            case 5...: pieces[3]
            default: nil
            }
        number = found.flatMap { $0.isEmpty ? nil : String($0) }
    }

    /// A backup as `gammu-smsd-inject` names it, `OUTC20261121_103742_00_+4917_sms0.smsbackup`.
    public static func backup(at time: CivilTime, to number: String, note: String) -> String {
        "OUTC\(time.underscored)_00_\(SpoolName.piece(number))_\(SpoolName.piece(note)).smsbackup"
    }
}

/// The letters behind `.txt`.
public struct GammuOptions: OptionSet, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// `d`: the network is to report.
    public static let report = GammuOptions(rawValue: 1)
    /// `f`: shown at once, not kept.
    public static let flash = GammuOptions(rawValue: 2)
    /// `b`: a WAP bookmark, name and address.
    public static let bookmark = GammuOptions(rawValue: 4)

    init(letters: some StringProtocol) {
        self = []
        if letters.contains("d") { insert(.report) }
        if letters.contains("f") { insert(.flash) }
        if letters.contains("b") { insert(.bookmark) }
    }
}
