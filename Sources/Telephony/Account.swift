/// Somebody who may sign in to the Console, by the name of the person whose messages it shows.
public struct Account: Hashable, Sendable {
    public enum Role: String, Sendable, CaseIterable {
        /// Sees every line, and says who else may.
        case owner
        /// Sees the lines that are theirs.
        case member
    }

    public let person: PersonID
    public let role: Role
    /// The password's hash with the parameters it was made with; never the password. Empty where there is none, but passkeys.
    public let password: String
    /// The name of the person's time zone (IANA), `Europe/Zurich`; nil for the machine's own.
    public let timeZone: String?
    public let createdAt: Instant

    public init(person: PersonID, role: Role, password: String, timeZone: String? = nil, createdAt: Instant) {
        self.person = person
        self.role = role
        self.password = password
        self.timeZone = timeZone
        self.createdAt = createdAt
    }

    public func with(password: String) -> Account {
        Account(person: person, role: role, password: password, timeZone: timeZone, createdAt: createdAt)
    }

    public func with(timeZone: String) -> Account {
        Account(person: person, role: role, password: password, timeZone: timeZone, createdAt: createdAt)
    }
}

/// A link that lets whoever opens it first choose a password.
public struct Invitation: Hashable, Sendable {
    /// SHA-256 of the secret in the link, hex.
    public let hash: String
    /// Whom it is for; nil where who opens it chooses the name.
    public let person: PersonID?
    public let role: Account.Role
    public let expiresAt: Instant

    public init(hash: String, person: PersonID?, role: Account.Role, expiresAt: Instant) {
        self.hash = hash
        self.person = person
        self.role = role
        self.expiresAt = expiresAt
    }
}
