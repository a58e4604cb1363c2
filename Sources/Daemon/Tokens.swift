import Exchange
import HTTPStack
import Telephony

/// API tokens, made from the command line.
public enum Tokens {
    /// What is done where there is a token of the name already.
    public enum Known: Sendable {
        case refuse
        /// Its secret is good no longer.
        case replace
    }

    /// There is a token of the name already.
    public struct Taken: Error, Hashable {}

    /// Saves the token's hash and returns its secret, which exists nowhere else. Throws `Taken`.
    public static func create(
        _ name: String, scopes: Set<Token.Scope>, days: Int?, _ known: Known = .refuse, ledger: any ConsoleLedger
    ) async throws -> String {
        if known == .refuse, try await ledger.tokens().contains(where: { $0.name == name }) { throw Taken() }
        var generator = SystemRandomNumberGenerator()
        let secret = TokenSecret.mint { generator.next() }
        let now = SystemClock().now()
        try await ledger.save(
            Token(
                name: name, hash: TokenSecret.hash(secret), scopes: scopes, createdAt: now,
                expiresAt: days.map { now + .seconds(Int64($0) * 86400) }))
        await ledger.noteCommand(.tokenMade, about: name)
        return secret
    }

    /// False where there is none of the name.
    public static func revoke(_ name: String, ledger: any ConsoleLedger) async throws -> Bool {
        guard try await ledger.removeToken(named: name) else { return false }
        await ledger.noteCommand(.tokenRevoked, about: name)
        return true
    }
}
