import SIP
import Synchronization
import Telephony

/// Finds out who sent a request, by digest (RFC 3261 §22, RFC 8760). A stranger learns nothing: an unknown user, a wrong password and a
/// foreign realm get the same challenge in the same time.
final class Authenticator: Sendable {
    enum Verdict: Sendable {
        /// By a password of a single app of theirs, or by the person's own where it is nil.
        case person(Person, app: AppPassword.ID?)
        /// Nothing was proven yet; nobody is blamed.
        case challenge(stale: Bool)
        /// Something was claimed and is not so; the account that was claimed, which need not exist.
        case wrong(account: String)
    }

    /// Octets of a user's name. A longer one is nobody's, and is not looked up.
    private static let longestName = 256

    private let realm: String
    private let directory: Directory
    private let mint: Mutex<NonceMint>
    /// Checked for users that do not exist, so that they cost as much as those that do.
    private let nobody: SIPCredentials

    /// Nonces are sealed anew by each process: after a restart clients answer one more challenge.
    init(realm: String, directory: Directory) {
        self.realm = realm
        self.directory = directory
        self.mint = Mutex(NonceMint(seal: Hashing.seal()))
        let noise = "\(UInt64.random(in: .min ... .max))"
        nobody = SIPCredentials(realm: realm, user: noise, password: noise)
    }

    func verdict(for request: Request, source: String, now: Instant) -> Verdict {
        let claims = request.headers.authorization + request.headers.proxyAuthorization
        return verdict(on: claims, method: request.method, source: source, now: now) { Digest.covers($0, request.uri) }
    }

    /// - Parameter covers: whether the credentials are those of this very request, by the address that was hashed with them.
    func verdict(
        on claims: [Digest.Credentials], method: Method, source: String, now: Instant, covers: (Digest.Credentials) -> Bool
    ) -> Verdict {
        // By octets: to compare texts as such takes long for some that strangers can send.
        let ours = claims.filter { $0.realm.utf8.elementsEqual(realm.utf8) && $0.username.utf8.count <= Self.longestName }
        guard let credentials = ours.first(where: \.algorithm.isKnown) else { return .challenge(stale: false) }
        // A nonce that this source was not given proves nothing, not even who sent it: nobody is blamed, and the answer is the same whatever else
        // is right or wrong.
        guard let minting = mint.withLock({ $0.minting(of: credentials.nonce, for: source) }) else { return .challenge(stale: true) }
        let person = directory.person(PersonID(credentials.username))
        let isProven = Self.proves(credentials, method, person?.credentials ?? nobody)
        // A dozen more hashes for who has a dozen apps: some microseconds.
        let app = isProven ? nil : person?.apps.first { Self.proves(credentials, method, $0.credentials) }
        // Also with a nonce that is old: else old nonces would serve to guess passwords unpunished.
        guard isProven || app != nil, let person, covers(credentials) else { return .wrong(account: credentials.username) }
        let verdict = mint.withLock { $0.check(minting, count: credentials.nonceCount, now: Int(now.seconds)) }
        switch verdict {
        case .fresh: return .person(person, app: app?.id)
        case .stale: return .challenge(stale: true)
        case .refused: return .wrong(account: credentials.username)
        }
    }

    private static func proves(_ credentials: Digest.Credentials, _ method: Method, _ held: SIPCredentials) -> Bool {
        switch credentials.algorithm {
        case .md5: Digest.verify(credentials, method: method, ha1: held.ha1MD5, hash: Hashing.md5)
        case .sha256: Digest.verify(credentials, method: method, ha1: held.ha1SHA256, hash: Hashing.sha256)
        case .other: false
        }
    }

    /// The strongest algorithm first: a client takes the first it knows.
    func challenges(stale: Bool, source: String, userAgent: String?, now: Instant) -> [Digest.Challenge] {
        let nonce = mint.withLock { $0.mint(now: Int(now.seconds), source: source, random: .random(in: .min ... .max)) }
        return Digest.Algorithm.offered(to: userAgent).map { Digest.Challenge(realm: realm, nonce: nonce, algorithm: $0, qop: ["auth"], isStale: stale) }
    }
}

extension SIPCredentials {
    /// What is kept of a new password.
    public init(realm: String, user: String, password: String) {
        self.init(
            realm: realm, ha1MD5: Digest.ha1(username: user, realm: realm, password: password, hash: Hashing.md5),
            ha1SHA256: Digest.ha1(username: user, realm: realm, password: password, hash: Hashing.sha256))
    }
}
