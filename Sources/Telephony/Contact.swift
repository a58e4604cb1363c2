/// Somebody whom a person knows, as an address book has them.
public struct Contact: Hashable, Sendable {
    /// Whose address book it is in.
    public let owner: PersonID
    /// The card's UID: the same for ever, also in other programs (RFC 6350 §6.7.6).
    public let uid: String
    public let name: String
    /// Their numbers, read by the country of the owner's line.
    public let addresses: [Address]
    /// All that is known, as a vCard; nothing of it is lost when it is exported again.
    public let card: String
    public let changedAt: Instant

    public init(owner: PersonID, uid: String, name: String, addresses: [Address], card: String, changedAt: Instant) {
        self.owner = owner
        self.uid = uid
        self.name = name
        self.addresses = addresses
        self.card = card
        self.changedAt = changedAt
    }
}

/// Whose messages are brought to nobody: they are kept, and shown where one looks for them.
public struct Block: Hashable, Sendable {
    public enum Scope: Hashable, Sendable {
        /// For all who have the line, and for programs.
        case line(LineID)
        /// For the devices of one person.
        case person(PersonID)
    }

    public let sender: Address
    public let scope: Scope

    public init(_ sender: Address, for scope: Scope) {
        self.sender = sender
        self.scope = scope
    }
}
