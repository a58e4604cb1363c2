/// What the browser says of the moment (WebAuthn §5.8.1): read from its JSON by whoever can, and kept as the octets that are signed.
public struct ClientData: Hashable, Sendable {
    /// `webauthn.create` or `webauthn.get`.
    public let type: String
    public let challenge: [UInt8]
    public let origin: String
    /// Whether it happened within a page of another site.
    public let isCrossOrigin: Bool
    /// The JSON as it came.
    public let octets: [UInt8]

    public init(type: String, challenge: [UInt8], origin: String, isCrossOrigin: Bool, octets: [UInt8]) {
        self.type = type
        self.challenge = challenge
        self.origin = origin
        self.isCrossOrigin = isCrossOrigin
        self.octets = octets
    }
}
