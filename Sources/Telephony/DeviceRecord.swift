/// What is known of a device, whether it is registered or away.
public struct DeviceRecord: Hashable, Sendable {
    public let person: PersonID
    public let device: DeviceID
    /// What the app calls itself; empty where it never said.
    public let userAgent: String
    /// The Contact URI that it last gave.
    public let contact: String
    /// The way it last came, in the SIP stack's own words.
    public let flow: String
    /// When it registered last; nil for one that has not been here since this is kept.
    public let seenAt: Instant?
    /// When its registration ends, or ended; nil where it took it back.
    public let expiresAt: Instant?
    /// Of its last registration; nil where it took that back.
    public let callID: String?
    /// The password of its own that it proved itself by; nil for the person's.
    public let password: AppPassword.ID?

    public init(
        person: PersonID, device: DeviceID, userAgent: String, contact: String, flow: String, seenAt: Instant?, expiresAt: Instant?, callID: String?,
        password: AppPassword.ID?
    ) {
        self.person = person
        self.device = device
        self.userAgent = userAgent
        self.contact = contact
        self.flow = flow
        self.seenAt = seenAt
        self.expiresAt = expiresAt
        self.callID = callID
        self.password = password
    }

    public func isHere(at now: Instant) -> Bool { expiresAt.map { $0 > now } ?? false }
}
