/// A browser that is signed in, by the secret that its cookie holds now.
public struct SignIn: Hashable, Sendable {
    /// SHA-256 of the secret in the browser's cookie, hex.
    public let hash: String
    /// SHA-256 of the part of the secret that stays when the rest is renewed, hex: what a browser is known by for as long as it is signed in.
    public let series: String
    public let person: PersonID
    public let startedAt: Instant
    /// When it was last used, to within some minutes.
    public var seenAt: Instant
    /// When this secret was made.
    public let renewedAt: Instant
    /// From when on the secret is good no more, because another took its place; nil while none has.
    public var endsAt: Instant?
    /// When whoever sits there last showed who they are.
    public var confirmedAt: Instant?
    /// What the browser says it is: `Firefox on Linux`.
    public let browser: String
    /// The address it was last seen at; empty where nobody noted it.
    public var place: String

    public init(
        hash: String, series: String? = nil, person: PersonID, startedAt: Instant, seenAt: Instant, renewedAt: Instant? = nil, endsAt: Instant? = nil,
        confirmedAt: Instant? = nil, browser: String = "", place: String = ""
    ) {
        self.hash = hash
        self.series = series ?? hash
        self.person = person
        self.startedAt = startedAt
        self.seenAt = seenAt
        self.renewedAt = renewedAt ?? startedAt
        self.endsAt = endsAt
        self.confirmedAt = confirmedAt
        self.browser = browser
        self.place = place
    }
}
