/// A link that sets up one app, once.
public struct ProvisioningLink: Hashable, Sendable {
    /// The first time that an app fetched what is behind it.
    public struct Taking: Hashable, Sendable {
        public let at: Instant
        /// From where, as sources are counted.
        public let source: String

        public init(at: Instant, source: String) {
            self.at = at
            self.source = source
        }
    }

    /// What becomes of a request for what is behind it.
    public enum Ruling: Hashable, Sendable {
        case given
        /// Somebody has it.
        case spent
        /// Nobody came in time.
        case expired
    }

    /// SHA-256 of the secret in the link, hex.
    public let hash: String
    /// Which password it gives away.
    public let password: AppPassword.ID
    public let expiresAt: Instant
    public var taking: Taking?

    public init(hash: String, password: AppPassword.ID, expiresAt: Instant, taking: Taking? = nil) {
        self.hash = hash
        self.password = password
        self.expiresAt = expiresAt
        self.taking = taking
    }

    /// How long a link is open.
    public static let lifetime: Duration = .seconds(1800)
    /// How long the same source may fetch again what it fetched.
    public static let patience: Duration = .seconds(600)

    /// Nobody else is given what somebody was. The same source may fetch again for a while, until the app has registered: an answer that
    /// was lost, or an app that was closed too early, would lock the person out else.
    ///
    /// - Parameter hasArrived: whether an app has registered with the password.
    public func ruling(on source: String, at now: Instant, hasArrived: Bool) -> Ruling {
        guard let taking else { return hasArrived ? .spent : now < expiresAt ? .given : .expired }
        let isInTime = now >= taking.at && now - taking.at < Self.patience
        return !hasArrived && isInTime && taking.source == source ? .given : .spent
    }
}
