/// A password that one app of a person's has for itself: it can be taken back without touching the others.
public struct AppPassword: Hashable, Sendable {
    public typealias ID = Identifier<AppPassword>

    public let id: ID
    public let person: PersonID
    /// What the person calls the app, `Alice's phone`.
    public let label: String
    public let credentials: SIPCredentials
    public let createdAt: Instant

    public init(id: ID, person: PersonID, label: String, credentials: SIPCredentials, createdAt: Instant) {
        self.id = id
        self.person = person
        self.label = label
        self.credentials = credentials
        self.createdAt = createdAt
    }

    /// Characters of a label.
    public static let labelLimit = 60
}
