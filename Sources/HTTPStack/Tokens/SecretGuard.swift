import Exchange
import Synchronization
import Telephony

/// Admits those who call a kind's own routes with a secret of its settings, and tells whoever guesses to wait. A right secret always passes: it
/// is long enough to be found by no number of guesses. What people think up is for `PasswordGuard`.
public final class SecretGuard: Sendable {
    public enum Verdict: Hashable, Sendable {
        case right
        /// Nil while the source has guesses left, else the seconds it is to wait.
        case wrong(wait: Int?)
    }

    private let mint: Mint
    private let failures = Mutex(FailedAttempts())

    public init(mint: Mint) { self.mint = mint }

    /// Judges what a caller said: nil for nothing, which is wrong and costs no guess. Whoever calls over the local socket is the owner.
    public func judge(_ said: String?, _ secret: KnownSecret, from source: Source) -> Verdict {
        judge(said.map(secret.equals), from: source)
    }

    /// The same for who compared by themselves; nil where nothing was said.
    public func judge(_ isRight: Bool?, from source: Source) -> Verdict {
        guard case .network(let address) = source else { return .right }
        switch isRight {
        case true?: return .right
        case nil: return .wrong(wait: nil)
        case false?:
            let now = mint.now()
            return .wrong(wait: failures.withLock { $0.note(IPAddress.countingKey(address), now: now) })
        }
    }

    /// The secret behind `Bearer ` of an Authorization field (RFC 6750 §2.1); nil for another form.
    public static func bearer(_ authorization: String?) -> String? {
        guard let parts = authorization?.split(separator: " ", maxSplits: 1), parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}
