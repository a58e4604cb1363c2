/// Someone who owns or shares lines.
public struct Person: Hashable, Sendable {
    public let id: PersonID
    /// In order of preference: the first is the one their texts leave from.
    public let lines: [LineID]
    public let credentials: SIPCredentials
    /// Passwords that single apps of theirs have for themselves; saved on their own (`DeviceBook`).
    public let apps: [AppPassword]

    public init(id: PersonID, lines: [LineID], credentials: SIPCredentials, apps: [AppPassword] = []) {
        self.id = id
        self.lines = lines
        self.credentials = credentials
        self.apps = apps
    }
}

/// What a digest check needs instead of the password (RFC 7616 §3.4.2): hex of H(user:realm:password).
public struct SIPCredentials: Hashable, Sendable {
    public let realm: String
    public let ha1MD5: String
    public let ha1SHA256: String

    public init(realm: String, ha1MD5: String, ha1SHA256: String) {
        self.realm = realm
        self.ha1MD5 = ha1MD5
        self.ha1SHA256 = ha1SHA256
    }
}

/// A device's registration (RFC 3261 §10).
public struct Binding: Hashable, Sendable {
    public let person: PersonID
    public let device: DeviceID
    /// The Contact URI with its parameters.
    public let contact: String
    /// Path header values, in order (RFC 3327).
    public let path: [String]
    /// The connection it came over, in the SIP stack's own words; useless after a restart for streams, kept for UDP.
    public let flow: String
    public let callID: String
    public let cseq: UInt32
    public let userAgent: String
    public let registeredAt: Instant
    public let expiresAt: Instant
    /// The password of its own that the app proved itself by; nil for the person's.
    public let password: AppPassword.ID?

    public init(
        person: PersonID, device: DeviceID, contact: String, path: [String], flow: String, callID: String, cseq: UInt32,
        userAgent: String, registeredAt: Instant, expiresAt: Instant, password: AppPassword.ID? = nil
    ) {
        self.person = person
        self.device = device
        self.contact = contact
        self.path = path
        self.flow = flow
        self.callID = callID
        self.cseq = cseq
        self.userAgent = userAgent
        self.registeredAt = registeredAt
        self.expiresAt = expiresAt
        self.password = password
    }
}

/// An API key's public side: only its hash is kept.
public struct Token: Hashable, Sendable {
    public enum Scope: String, Sendable, CaseIterable {
        /// Read messages, conversations, lines and events.
        case read
        /// Submit messages.
        case send
        /// Everything, incl. USSD.
        case admin
    }

    public let name: String
    /// SHA-256 of the secret, hex.
    public let hash: String
    public let scopes: Set<Scope>
    public let createdAt: Instant
    public let expiresAt: Instant?

    public init(name: String, hash: String, scopes: Set<Scope>, createdAt: Instant, expiresAt: Instant?) {
        self.name = name
        self.hash = hash
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
