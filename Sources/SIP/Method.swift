/// A method: an open vocabulary, compared with case (RFC 3261 §7.1).
public struct Method: Hashable, Sendable, CustomStringConvertible {
    public let token: String

    /// Nil unless `token` is a token of RFC 3261 §25.1.
    public init?(_ token: String) {
        guard !token.isEmpty, token.utf8.allSatisfy(Grammar.isToken) else { return nil }
        self.token = token
    }

    init(known token: String) {
        self.token = token
    }

    public var description: String { token }

    public static let ack = Method(known: "ACK")
    public static let bye = Method(known: "BYE")
    public static let cancel = Method(known: "CANCEL")
    public static let info = Method(known: "INFO")
    public static let invite = Method(known: "INVITE")
    public static let message = Method(known: "MESSAGE")
    public static let notify = Method(known: "NOTIFY")
    public static let options = Method(known: "OPTIONS")
    public static let prack = Method(known: "PRACK")
    public static let publish = Method(known: "PUBLISH")
    public static let refer = Method(known: "REFER")
    public static let register = Method(known: "REGISTER")
    public static let subscribe = Method(known: "SUBSCRIBE")
    public static let update = Method(known: "UPDATE")
}
