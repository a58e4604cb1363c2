import HTTPStack
import Telephony

/// What is wanted of which authority.
public struct IssuerSettings: Sendable {
    public let directory: WebURL
    /// Host names and addresses, at least one.
    public let names: [String]
    /// URLs such as `mailto:you@example.org`.
    public let contact: [String]
    public let challenge: ChallengeKind
    public let externalAccount: ExternalAccount?

    public init(directory: WebURL, names: [String], contact: [String], challenge: ChallengeKind, externalAccount: ExternalAccount? = nil) {
        self.directory = directory
        self.names = names
        self.contact = contact
        self.challenge = challenge
        self.externalAccount = externalAccount
    }

    /// What tells whether an earlier failure was one of this order.
    var subject: String { "\(directory) \(names.sorted().joined(separator: " ")) \(challenge.rawValue)" }
}
