import HTTPStack

/// How a gateway that calls us shows that it is the one.
enum Proof: Hashable, Sendable {
    /// A secret as the last segment of the path.
    case path
    /// A secret in a parameter, a header field, or an Authorization header.
    case query(String)
    case header(String)
    case bearer
    /// A user name and a secret (RFC 7617).
    case basic
    /// X-Twilio-Signature over address and parameters, under the account's token.
    case twilio
    /// telnyx-signature-ed25519 over time and body, under the account's public key.
    case telnyx
    /// `sig` over the parameters, under the account's signature secret.
    case vonage

    /// Whether a signature is made over what is said, so that nothing secret travels.
    var isSignature: Bool {
        switch self {
        case .twilio, .telnyx, .vonage: true
        case .path, .query, .header, .bearer, .basic: false
        }
    }
}
