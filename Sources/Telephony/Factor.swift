/// The secret from which somebody's app makes codes (RFC 6238).
public struct CodeSecret: Hashable, Sendable {
    public let person: PersonID
    /// The secret under a seal that whoever reads the ledger alone cannot open.
    public let sealed: [UInt8]
    public let createdAt: Instant
    /// When a code first proved that the app has it; until then it is asked for nowhere.
    public var confirmedAt: Instant?
    /// The latest step whose code was used: it and those before it are good no more.
    public var lastStep: Int64

    public init(person: PersonID, sealed: [UInt8], createdAt: Instant, confirmedAt: Instant? = nil, lastStep: Int64 = -1) {
        self.person = person
        self.sealed = sealed
        self.createdAt = createdAt
        self.confirmedAt = confirmedAt
        self.lastStep = lastStep
    }
}

/// A key that somebody's device signs in with (WebAuthn Level 2 §4, public key credential).
public struct Passkey: Hashable, Sendable {
    /// The credential ID: 1 to 1023 octets.
    public let id: [UInt8]
    public let person: PersonID
    /// The user handle that the device has for the person; it tells nothing of them.
    public let handle: [UInt8]
    /// The public key as a COSE_Key (RFC 9052 §7).
    public let key: [UInt8]
    /// The RP ID that it is for: the name of a site.
    public let site: String
    /// What the person calls it.
    public var name: String
    /// The highest signature counter seen; 0 where the device has none.
    public var count: UInt32
    public let createdAt: Instant
    public var usedAt: Instant?

    public init(
        id: [UInt8], person: PersonID, handle: [UInt8], key: [UInt8], site: String, name: String, count: UInt32, createdAt: Instant, usedAt: Instant? = nil
    ) {
        self.id = id
        self.person = person
        self.handle = handle
        self.key = key
        self.site = site
        self.name = name
        self.count = count
        self.createdAt = createdAt
        self.usedAt = usedAt
    }
}
