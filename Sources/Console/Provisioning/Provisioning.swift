import Exchange
import HTTPStack
import Telephony

/// Gives apps passwords of their own, by a link that sets Linphone up or as settings to type.
public struct Provisioning: Sendable {
    /// A link that was just made; its secret exists nowhere else.
    public struct Link: Sendable {
        public let path: String
        public let password: AppPassword
        public let expiresAt: Instant
    }

    /// Apps of one person that have passwords of their own: a login tries all of them.
    public static let appLimit = 24

    private let service: PhoneService
    private let book: any DeviceBook
    private let mint: Mint

    public init(service: PhoneService, book: any DeviceBook, mint: Mint) {
        self.service = service
        self.book = book
        self.mint = mint
    }

    /// Nobody ever learns the password behind the link: the app is given its digest. Conflict when there is no such person.
    public func link(for person: PersonID, label: String) async throws -> Link {
        var generator = SystemRandomNumberGenerator()
        let secret = TokenSecret.mint { generator.next() }
        let password = appPassword(of: person, label: label, SIPPassword.make())
        let link = ProvisioningLink(
            hash: TokenSecret.hash(secret), password: password.id, expiresAt: password.createdAt + ProvisioningLink.lifetime)
        try await book.save(password, link: link, now: password.createdAt)
        return Link(path: "/provision/\(secret)", password: password, expiresAt: link.expiresAt)
    }

    /// Conflict when there is no such person.
    public func settings(for person: PersonID, label: String) async throws -> (settings: PlainSettings, password: AppPassword) {
        let secret = SIPPassword.make()
        let password = appPassword(of: person, label: label, secret)
        try await book.save(password, link: nil, now: password.createdAt)
        return (PlainSettings(user: person.name, password: secret, service: service), password)
    }

    private func appPassword(of person: PersonID, label: String, _ secret: String) -> AppPassword {
        AppPassword(id: mint.identifier(), person: person, label: label, credentials: service.credentials(person.name, secret), createdAt: mint.now())
    }
}
