/// A secret that is to be tried on a peer which counts wrong ones: a PIN on a SIM, a password on a router.
public struct SecretAttempt: Hashable, Sendable {
    public let secret: String
    /// The peer, by a name that stays: a modem's IMEI, a router's address and user.
    public let peer: String

    public init(_ secret: String, of peer: String) {
        self.secret = secret
        self.peer = peer
    }
}

/// Remembers secrets that a peer refused, so that no restart tries them again.
public protocol RefusedSecrets: Sendable {
    /// Whether this secret was tried on this peer and not accepted.
    func hasFailed(_ attempt: SecretAttempt) -> Bool
    /// To be called before the secret is sent, where a crash must count as a refusal. False when it cannot be remembered; then nothing
    /// may be sent.
    func willTry(_ attempt: SecretAttempt) -> Bool
    /// The peer did not refuse it.
    func forget(_ attempt: SecretAttempt)
}
