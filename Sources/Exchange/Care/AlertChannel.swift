import Telephony

/// A way to reach the owners when something is wrong.
public protocol AlertChannel: Sendable {
    /// For people: `text over backup`.
    var name: String { get }
    /// Brings the news without using any of the parts that do not work; throws when it was not taken over.
    func bring(_ news: AlertNews, avoiding broken: Set<Vital.Place>) async throws(Failure) -> AlertReach
}

/// Whom the news reaches by a way that took it over.
public enum AlertReach: Hashable, Sendable {
    case somebody
    /// Nobody is there: it lies where the pages show it, and is not to be put there again.
    case whoeverLooks
}

/// What owners are told by an alert.
public struct AlertNews: Hashable, Sendable {
    public enum Kind: String, Sendable { case wrong, over, trial }

    public let kind: Kind
    /// `line/home`, `disk`.
    public let topic: String
    public let sentence: String
    public let at: Instant
    /// Since when it is as it is, as far as that is known; else the same.
    public let since: Instant

    public init(_ kind: Kind, topic: String, sentence: String, at: Instant, since: Instant? = nil) {
        self.kind = kind
        self.topic = topic
        self.sentence = sentence
        self.at = at
        self.since = since ?? at
    }

    /// As people read it.
    public var words: String {
        switch kind {
        case .wrong: "Homeline: \(sentence)"
        case .over: "Homeline: this is over: \(sentence)"
        case .trial: "Homeline: a trial of the alerts. Nothing is wrong."
        }
    }
}
