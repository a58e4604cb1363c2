/// Which router is played: how it gives out sessions, what login it wants, how much it holds.
public struct RouterModel: Sendable {
    /// Where a session's cookie and first token come from.
    public enum Opening: String, Sendable, CaseIterable {
        /// `webserver/SesTokInfo` (E3372h).
        case information
        /// Meta elements of the start page (E5180, B315).
        case startPage
        /// A cookie from the start page, a token of 64 characters from `webserver/token` (B525).
        case token
    }

    public enum Login: String, Sendable, CaseIterable {
        /// `hilink_login` is 0.
        case none
        case plain
        case hashed
        case challenge
    }

    /// How many tokens an answer gives.
    public enum Tokens: String, Sendable, CaseIterable {
        case one
        /// One, and two with a login.
        case two
        case many
        /// The first is good for ever (old firmware).
        case fixed
    }

    public var name = "E3372"
    public var opening = Opening.information
    public var login = Login.none
    public var tokens = Tokens.one
    public var user = "admin"
    public var password = "router secret"
    /// Messages in all local boxes.
    public var room = 500
    public var imei = "861821032479591"
    public var imsi = "228013930000000"
    public var number = "+41791234567"
    /// Nil for a SIM without.
    public var pin: String?
    /// Of its clock, against UTC.
    public var zoneSeconds = 0
    /// How many times `send-status` says that it is still being sent.
    public var looksUntilSent = 1
    /// Whether it keeps what it sent.
    public var keepsSent = true
    /// Wrong passwords until it locks, and for how many minutes.
    public var triesUntilLocked = 3
    public var lockMinutes = 1
    /// Codes it knows, with the network's answers.
    public var codes = ["*100#": "Balance 12.30 €"]

    public init() {}
}

/// Something that goes wrong with the router on demand.
public enum RouterFault: Hashable, Sendable {
    /// This HTTP status, and nothing done.
    case status(Int)
    /// This error code, and nothing done.
    case error(Int)
    /// It does what was asked, and the connection ends without an answer.
    case loseAnswer
    /// It does what was asked, and never answers.
    case silence
    case slow(Duration)
    /// The answer is cut, or a page of a hotspot.
    case garbage
    /// The session is gone before the request is looked at.
    case expireSession
    /// Every token is another one before the request is looked at.
    case rotateTokens
}

/// A text that a router brought to the network.
public struct RoutedText: Hashable, Sendable {
    public let number: String
    public let text: String
    public let alphabet: String
}
