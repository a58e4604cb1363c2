/// A line of the audit log: who did what, and from where. Numbers and texts of people are never in it.
public struct AuditEntry: Hashable, Sendable {
    /// What was done. Each has its sentence in `Words`.
    public enum Act: String, Sendable, CaseIterable {
        case signedIn, signInRefused, signedOut, browserEnded, confirmed, confirmationRefused
        case invitationMade, accountMade, accountRemoved, passwordChanged
        case codesTurnedOn, codesTurnedOff, codeRefused, recoveryCodesMade, recoveryCodeUsed
        case passkeyAdded, passkeyRenamed, passkeyRemoved, passkeyRefused
        case tokenMade, tokenRevoked
        case personAdded, personChanged, personRemoved, deviceRemoved, provisioningLinkMade
        case lineAdded, lineChanged, lineRemoved, lineRestarted, pinEntered, ussdSent, troubleSettled
        case configurationChanged, exposureChanged, certificateChanged, tunnelChanged, restarted
        case backupTaken, backupDownloaded, restored, exported, imported, retentionChanged, supportBundleTaken
        case contactsImported, contactsExported, addressBlocked, addressUnblocked, messagesDeleted
    }

    /// Counts up; 0 until it is on record.
    public let sequence: Int64
    public let at: Instant
    public let act: Act
    /// Who did it, or the program that did; nil where nobody is known, or it was the machine's owner at the command line.
    public let person: PersonID?
    /// The address it came from, `local` for the machine itself.
    public let place: String
    /// To what it was done: the name of a line, a person, a token. Digits are masked where there are five or more.
    public let about: String

    public init(sequence: Int64 = 0, at: Instant, act: Act, person: PersonID?, place: String, about: String = "") {
        self.sequence = sequence
        self.at = at
        self.act = act
        self.person = person
        self.place = place
        self.about = Self.masked(about)
    }

    /// A program that did something, by its token's name. No account is named so, for none has a space in its name.
    public static func program(_ token: String) -> PersonID { PersonID("token \(masked(token))") }

    private static let longest = 100

    /// Names of lines, tokens and passkeys are free, and somebody may put a telephone number there.
    private static func masked(_ text: String) -> String {
        let shown = text.prefix(longest)
        guard shown.count(where: { $0.isNumber }) >= 5 else { return String(shown) }
        return String(shown.map { $0.isNumber ? "•" : $0 })
    }
}
