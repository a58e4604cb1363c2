import Telephony

/// By what people show who they are, besides passwords.
public protocol FactorBook: Sendable {
    func codeSecret(of person: PersonID) async throws(LedgerError) -> CodeSecret?
    /// Puts it in the place of what was there. Conflict when there is no such account.
    func save(_ secret: CodeSecret) async throws(LedgerError)
    /// Makes the secret count, with the step that proved it, and puts recovery codes (SHA-256, hex) in the place of older ones; in one.
    /// Conflict when there is none to confirm.
    func confirmCodes(of person: PersonID, step: Int64, recoveryCodes: [String], at: Instant) async throws(LedgerError)
    /// Uses a step up; false when it was used already, or a later one was.
    func useStep(_ step: Int64, of person: PersonID) async throws(LedgerError) -> Bool
    /// Forgets the secret and the recovery codes; false when there is none.
    func removeCodes(of person: PersonID) async throws(LedgerError) -> Bool
    /// Puts recovery codes in the place of older ones.
    func save(recoveryCodes: [String], of person: PersonID) async throws(LedgerError)
    /// Uses a recovery code up; false when there is none such.
    func useRecoveryCode(_ hash: String, of person: PersonID) async throws(LedgerError) -> Bool
    /// How many are left.
    func recoveryCodes(of person: PersonID) async throws(LedgerError) -> Int
    /// The oldest first.
    func passkeys(of person: PersonID) async throws(LedgerError) -> [Passkey]
    func passkey(_ id: [UInt8]) async throws(LedgerError) -> Passkey?
    /// Conflict when one of this ID is there already, whosever it is, or there is no such account.
    func add(_ passkey: Passkey) async throws(LedgerError)
    /// Makes the account that an invitation is for, with its passkey, and uses the invitation up; in one. Conflict when the invitation is not
    /// there any more, or the passkey is, or the invitation names nobody and the account is there.
    func accept(_ invitation: String, as account: Account, with passkey: Passkey, now: Instant) async throws(LedgerError)
    /// Notes that it was used, and the counter that it showed.
    func usePasskey(_ id: [UInt8], count: UInt32, at: Instant) async throws(LedgerError)
    /// False where the person has none such.
    func renamePasskey(_ id: [UInt8], of person: PersonID, to name: String) async throws(LedgerError) -> Bool
    func removePasskey(_ id: [UInt8], of person: PersonID) async throws(LedgerError) -> Bool
}
