import Telephony

/// Who may sign in to the Console, and which browsers are.
public protocol AccountLedger: Sendable {
    /// Those who may sign in, by name.
    func accounts() async throws(LedgerError) -> [Account]
    /// Makes or changes an account. Where the password is another, other browsers than `keeping` are signed out, and the person's invitation
    /// is forgotten. To a new account everything that is there already counts as read.
    func save(_ account: Account, keeping signIn: String?) async throws(LedgerError)
    /// Puts a password in the place of the one that was checked, signs out other browsers than `keeping` and forgets the person's invitation.
    /// Conflict when it is another by now, or there is no such account any more.
    func change(passwordOf person: PersonID, from old: String, to new: String, keeping signIn: String?) async throws(LedgerError)
    /// Conflict when there is no such account.
    func save(timeZone: String, of person: PersonID) async throws(LedgerError)
    /// Forgets an account with all that is signed in, and the person's invitation; false when there is no account.
    func removeAccount(of person: PersonID) async throws(LedgerError) -> Bool
    /// Keeps an invitation, and forgets those that have expired by `now` and any earlier one of the same person.
    func save(_ invitation: Invitation, now: Instant) async throws(LedgerError)
    /// Nil when it was used, has expired or never was.
    func invitation(_ hash: String, now: Instant) async throws(LedgerError) -> Invitation?
    /// Makes the account and uses up the invitation, in one. Conflict when it is not there any more, or names nobody and somebody has the name: an
    /// account, or for a member also a person, whose lines they would have by it.
    func accept(_ invitation: String, as account: Account, now: Instant) async throws(LedgerError)
    /// Keeps a new sign-in. Conflict when there is no such account.
    func save(_ signIn: SignIn) async throws(LedgerError)
    /// The same for who showed a password: the one that is kept as `password`. Conflict also when the account has another by now.
    func save(_ signIn: SignIn, provenBy password: String) async throws(LedgerError)
    /// Notes when and from where a browser was last used; false when it is signed out.
    func noteSeen(_ hash: String, at: Instant, place: String) async throws(LedgerError) -> Bool
    func signIn(_ hash: String) async throws(LedgerError) -> SignIn?
    func signOut(_ hash: String) async throws(LedgerError)
    /// Forgets what was last used, or begun, before these times.
    func signOut(seenBefore: Instant, startedBefore: Instant) async throws(LedgerError)
}
