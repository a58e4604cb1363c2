import Telephony

/// The browsers that somebody is signed in with.
public protocol SignInBook: Sendable {
    /// A person's, each as it was last seen, the latest first.
    func signIns(of person: PersonID) async throws(LedgerError) -> [SignIn]
    /// Puts a secret in an old one's place, in one. The old one is good until `end`: what the browser asks for just now still carries it.
    /// Conflict when the old one is not there any more.
    func renew(_ signIn: SignIn, replacing hash: String, until end: Instant) async throws(LedgerError)
    /// Signs one browser out; false where the person has no such.
    func end(_ series: String, of person: PersonID) async throws(LedgerError) -> Bool
    /// Signs a person's browsers out, but for one.
    func endSignIns(of person: PersonID, but series: String?) async throws(LedgerError)
    /// When each API token was last used, by its name.
    func tokenUses() async throws(LedgerError) -> [String: Instant]
    /// Notes it; nothing where there is no such token.
    func noteUse(ofToken name: String, at: Instant) async throws(LedgerError)
}
