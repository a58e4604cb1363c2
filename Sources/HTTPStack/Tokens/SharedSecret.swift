import Crypto
import Exchange
import Synchronization
import Telephony

/// A secret that a peer and we know, by which it proves who it is. Compared in constant time; who guesses is made to wait.
public final class SharedSecret: Sendable {
    private let key: SymmetricKey
    private let clock: any WallClock
    private let failures = Mutex(FailedAttempts())

    public init(_ secret: String, clock: any WallClock) {
        key = SymmetricKey(data: Array(secret.utf8))
        self.clock = clock
    }

    /// Throws 401, or 429 for a source that has guessed too often, unless the field is `Bearer` and the secret (RFC 6750 §2.1).
    public func check(authorization: String?, from source: Source) throws(Problem) {
        guard let shown = Self.token(authorization), isSecret(shown) else { throw refusal(of: source) }
    }

    /// Throws likewise unless the code is the HMAC-SHA256 of the octets under the secret.
    ///
    /// - Parameter code: the 32 octets that the peer sent; nil where it sent none that could be read.
    public func check(code: [UInt8]?, of octets: [UInt8], from source: Source) throws(Problem) {
        guard let code, HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: octets, using: key) else { throw refusal(of: source) }
    }

    /// What a bearer field carries; nil for any other.
    public static func token(_ authorization: String?) -> String? {
        guard let parts = authorization?.split(separator: " ", maxSplits: 1), parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }

    /// Compares codes of both, so that neither length nor content is told by the time.
    private func isSecret(_ shown: String) -> Bool {
        guard shown.utf8.count <= 4096 else { return false }
        let mark: [UInt8] = Array("homeline".utf8)
        let code = HMAC<SHA256>.authenticationCode(for: mark, using: SymmetricKey(data: Array(shown.utf8)))
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: mark, using: key)
    }

    private func refusal(of source: Source) -> Problem {
        guard case .network(let address) = source else { return .unauthorized }
        let now = clock.now()
        guard let wait = failures.withLock({ $0.note(IPAddress.countingKey(address), now: now) }) else { return .unauthorized }
        return Problem(429, "rate_limited", "Too many wrong secrets from here", retryAfter: wait)
    }
}
