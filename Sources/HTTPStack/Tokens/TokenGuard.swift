import Exchange
import Synchronization
import Telephony

/// Tells who calls by the bearer token (RFC 6750 §2.1).
///
/// Tokens are held in memory and read again when the ledger's directory version changes, which is asked at most once a second: a
/// revoked token dies within that time.
public final class TokenGuard: Sendable {
    private struct Known: Sendable {
        let token: Token
        let digest: [UInt8]
    }

    private struct State {
        var known: [Known] = []
        var version: Int64?
        var askedAt: Instant?
        var failures = FailedAttempts()
        /// When each token's use was last noted.
        var noted: [String: Instant] = [:]
    }

    static let refreshEvery: Duration = .seconds(1)

    /// How exactly it is known when a token was last used.
    private static let notedEvery: Duration = .seconds(600)

    private let ledger: any PersonLedger
    private let uses: (any SignInBook)?
    private let clock: any WallClock
    private let state = Mutex(State())

    /// - Parameter uses: where it is noted when a token was used; nil for nowhere.
    public init(ledger: any PersonLedger, uses: (any SignInBook)? = nil, clock: any WallClock) {
        self.ledger = ledger
        self.uses = uses
        self.clock = clock
    }

    /// A stranger without the header; 401 or 429 for one that is wrong.
    func identify(authorization: String?, source: Source) async throws(Problem) -> Caller {
        let address: String
        switch source {
        case .local: return .local
        case .network(let text): address = text
        }
        guard let authorization else { return .stranger }
        try await refresh()
        guard let secret = Self.secret(authorization), let token = find(secret) else { throw refuse(address) }
        await noteUse(of: token.name)
        return .token(name: token.name, scopes: token.scopes)
    }

    /// Who an admitted caller is by now: a stranger where the token was revoked or has expired meanwhile. Nobody is counted as guessing for it.
    func again(_ request: Request) async -> Caller {
        guard case .token = request.caller else { return request.caller }
        try? await refresh()
        guard let secret = request.fields[.authorization].flatMap(Self.secret), let token = find(secret) else { return .stranger }
        return .token(name: token.name, scopes: token.scopes)
    }

    /// Seldom, and never in the way of what the token is used for.
    private func noteUse(of name: String) async {
        guard let uses else { return }
        let now = clock.now()
        let isDue = state.withLock { state in
            if let noted = state.noted[name], now >= noted, now - noted < Self.notedEvery { return false }
            state.noted[name] = now
            return true
        }
        if isDue { try? await uses.noteUse(ofToken: name, at: now) }
    }

    private static func secret(_ authorization: String) -> String? {
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 128 else { return nil }
        return String(parts[1])
    }

    /// Compares with every token, and with all octets of each, so that the time tells nothing.
    private func find(_ secret: String) -> Token? {
        let digest = TokenSecret.digest(secret)
        let now = clock.now()
        return state.withLock { state in
            var found: Token?
            for known in state.known where Self.areEqual(known.digest, digest) { found = known.token }
            guard let found, found.expiresAt.map({ now < $0 }) ?? true else { return nil }
            return found
        }
    }

    private static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        var difference: UInt8 = 0
        for (one, other) in zip(one, other) { difference |= one ^ other }
        return difference == 0
    }

    private func refuse(_ address: String) -> Problem {
        let now = clock.now()
        guard let wait = state.withLock({ $0.failures.note(IPAddress.countingKey(address), now: now) }) else { return .unauthorized }
        return Problem(429, "rate_limited", "Too many wrong tokens from here", retryAfter: wait)
    }

    private func refresh() async throws(Problem) {
        let now = clock.now()
        let version = state.withLock { state -> Int64?? in
            // Until they were read once everybody waits for them: nobody's token is wrong because it is not known yet.
            if state.version != nil, let askedAt = state.askedAt, now >= askedAt, now - askedAt < Self.refreshEvery { return nil }
            state.askedAt = now
            return .some(state.version)
        }
        guard let version else { return }
        do {
            let current = try await ledger.directoryVersion()
            guard current != version else { return }
            let known = try await ledger.tokens().map { Known(token: $0, digest: octets(hex: $0.hash)) }
            state.withLock { state in
                state.known = known
                state.version = current
            }
        } catch {
            // Without any tokens nobody could be told from a stranger; with old ones the service goes on.
            state.withLock { $0.askedAt = nil }
            if version == nil { throw Problem(error) }
        }
    }
}

/// Octets of hex digits in either case; empty for anything else, which equals no digest.
private func octets(hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    guard digits.count == hex.count, digits.count.isMultiple(of: 2) else { return [] }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
