import Exchange
import HTTPStack
import Telephony

/// API tokens, made from the command line.
public enum Tokens {
    /// Saves the token's hash and returns its secret, which exists nowhere else.
    public static func create(_ name: String, scopes: Set<Token.Scope>, days: Int?, ledger: any Ledger) async throws -> String {
        var generator = SystemRandomNumberGenerator()
        let secret = TokenSecret.mint { generator.next() }
        let now = SystemClock().now()
        try await ledger.save(
            Token(
                name: name, hash: TokenSecret.hash(secret), scopes: scopes, createdAt: now,
                expiresAt: days.map { now + .seconds(Int64($0) * 86400) }))
        return secret
    }
}
