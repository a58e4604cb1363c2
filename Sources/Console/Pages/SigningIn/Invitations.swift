import Exchange
import HTTPStack
import Telephony

/// Links that let somebody choose a password.
public enum Invitations {
    public static let lifetime: Duration = .seconds(3600)

    /// Keeps the hash of a new link's secret and gives the link's path, which exists nowhere else.
    public static func make(for person: PersonID?, role: Account.Role, now: Instant, ledger: any Ledger) async throws -> String {
        var generator = SystemRandomNumberGenerator()
        let secret = TokenSecret.mint { generator.next() }
        let invitation = Invitation(hash: TokenSecret.hash(secret), person: person, role: role, expiresAt: now + lifetime)
        try await ledger.save(invitation, now: now)
        return "/welcome/\(secret)"
    }
}
