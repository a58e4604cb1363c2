import Telephony

/// Passwords that single apps have for themselves, and links that set them up.
public protocol DeviceBook: Sendable {
    /// The oldest first.
    func appPasswords(of person: PersonID) async throws(LedgerError) -> [AppPassword]
    /// Keeps a new password, with the link that gives it away where there is one. Conflict when there is no such person. Links that ended more
    /// than a day ago are forgotten, with the passwords that nobody was given.
    func save(_ password: AppPassword, link: ProvisioningLink?, now: Instant) async throws(LedgerError)
    /// Forgets a password with the devices that proved themselves by it, and gives up what waits for them; false when there is none.
    func remove(_ password: AppPassword.ID, now: Instant) async throws(LedgerError) -> Bool
    /// What would become of a request; nil when there is no such link.
    func provisioningLink(_ hash: String, from source: String, now: Instant) async throws(LedgerError) -> RuledLink?
    /// The same, and notes whom it was given to.
    func take(_ hash: String, from source: String, now: Instant) async throws(LedgerError) -> RuledLink?
}

/// A link with what it gives away, and whether it does.
public struct RuledLink: Hashable, Sendable {
    public let link: ProvisioningLink
    public let password: AppPassword
    public let ruling: ProvisioningLink.Ruling

    public init(link: ProvisioningLink, password: AppPassword, ruling: ProvisioningLink.Ruling) {
        self.link = link
        self.password = password
        self.ruling = ruling
    }

    /// How long a link that ended is remembered, to tell who comes late what happened.
    public static let memory: Duration = .seconds(86400)
}
