/// Why a registration or an assertion is not believed. Each is a step of WebAuthn §7.1 or §7.2.
public enum CeremonyError: Error, Hashable, Sendable {
    /// Something in it cannot be read.
    case malformed
    case wrongType
    case wrongChallenge
    case wrongOrigin
    /// Its RP ID is another's.
    case wrongSite
    case userNotPresent
    case userNotVerified
    /// Said to be backed up and not to be so, at once.
    case contradictoryFlags
    case noCredential
    /// The credential is not the one that was named.
    case wrongCredential
    /// The user handle is another person's.
    case wrongPerson
    case unusableKey
    case wrongSignature
    /// The counter stands where it stood, or before: there may be a copy of the key.
    case counterWentBack
}
