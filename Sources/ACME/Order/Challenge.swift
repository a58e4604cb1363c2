import HTTPStack

/// The ways of proving that a name is ours that we know.
public enum ChallengeKind: String, Hashable, Sendable, CaseIterable {
    /// A file on the name's web server, port 80 (RFC 8555 §8.3).
    case http = "http-01"
    /// A certificate on the name's TLS server, port 443 (RFC 8737).
    case tls = "tls-alpn-01"
}

/// One challenge that we have taken up.
public struct Proof: Hashable, Sendable {
    public let kind: ChallengeKind
    /// The name that is proven to be ours.
    public let name: String
    public let token: String
    /// Where the authority is told that the proof is in its place.
    let url: WebURL
}
