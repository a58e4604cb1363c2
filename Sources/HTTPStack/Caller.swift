import Telephony

/// Where a request came from.
public enum Source: Hashable, Sendable {
    /// The peer's IP address.
    case network(String)
    /// The unix-domain socket, which only the owner of the process can open.
    case local
}

/// Who asks.
public enum Caller: Hashable, Sendable {
    case stranger
    case token(name: String, scopes: Set<Token.Scope>)
    /// Over the local socket: trusted with everything.
    case local

    public func may(_ scope: Token.Scope) -> Bool {
        switch self {
        case .stranger: false
        case .token(_, let scopes): scopes.contains(scope) || scopes.contains(.admin)
        case .local: true
        }
    }

    /// For logs, and to keep one caller's keys apart from another's.
    public var name: String {
        switch self {
        case .stranger: "stranger"
        case .token(let name, _): name
        case .local: "local"
        }
    }
}
