import Wire

/// A SIP, SIPS, tel or other URI (RFC 3261 §19.1, RFC 3966).
///
/// User and password are kept as they were escaped, so that an address goes out as it came in. `==` compares the parts exactly;
/// `isEquivalent(to:)` is the comparison of RFC 3261.
public struct URI: Hashable, Sendable {
    public enum Scheme: Hashable, Sendable {
        case sip, sips, tel
        /// Any other, in lower case; empty for text that is no URI.
        case other(String)
    }

    public var scheme: Scheme
    var escapedUser: String?
    var escapedPassword: String?
    public var host: Host
    /// Nil when not written, which is not the same as the default port (RFC 3261 §19.1.4).
    public var port: Int?
    public var parameters: Parameters
    /// What stands behind the question mark.
    public var headers: Parameters
    /// All behind the colon of a URI that is neither sip nor sips; else empty.
    public var opaque: String

    /// A sip URI of a user at a host.
    public init(user: String? = nil, host: Host, port: Int? = nil, scheme: Scheme = .sip, parameters: Parameters = []) {
        self.scheme = scheme
        self.escapedUser = user.map { Escaping.escape($0, unless: Grammar.isUser) }
        self.host = host
        self.port = port
        self.parameters = parameters
        self.headers = []
        self.opaque = ""
    }

    init(scheme: Scheme, escapedUser: String?, escapedPassword: String?, host: Host, port: Int?, parameters: Parameters, headers: Parameters) {
        self.scheme = scheme
        self.escapedUser = escapedUser
        self.escapedPassword = escapedPassword
        self.host = host
        self.port = port
        self.parameters = parameters
        self.headers = headers
        opaque = ""
    }

    /// A URI of another scheme, kept as it is.
    public init(scheme: Scheme, opaque: String) {
        self.init(host: Host(unchecked: ""), scheme: scheme)
        self.opaque = opaque
    }

    /// With the escapes resolved. Setting escapes what must be.
    public var user: String? {
        get { escapedUser.map(Escaping.unescape) }
        set { escapedUser = newValue.map { Escaping.escape($0, unless: Grammar.isUser) } }
    }

    public var password: String? {
        get { escapedPassword.map(Escaping.unescape) }
        set { escapedPassword = newValue.map { Escaping.escape($0, unless: Grammar.isPassword) } }
    }

    /// False for a request URI that could not be read and was kept to be refused.
    public var isWellFormed: Bool { scheme != .other("") }

    public var isSIP: Bool { scheme == .sip || scheme == .sips }

    /// Scheme, user, host and port alone: the address of record (RFC 3261 §10.3).
    public var addressOfRecord: URI {
        guard isSIP else { return self }
        var bare = self
        bare.escapedPassword = nil
        bare.parameters = []
        bare.headers = []
        return bare
    }

    public var transport: String? {
        get { parameters["transport"]?.lowercased() }
        set { parameters["transport"] = newValue }
    }
}

extension URI.Scheme: CustomStringConvertible {
    public var description: String {
        switch self {
        case .sip: "sip"
        case .sips: "sips"
        case .tel: "tel"
        case .other(let name): name
        }
    }

    init(name: String) {
        switch name.lowercased() {
        case "sip": self = .sip
        case "sips": self = .sips
        case "tel": self = .tel
        case let other: self = .other(other)
        }
    }
}

extension URI: CustomStringConvertible {
    public var description: String {
        var text = ""
        append(to: &text)
        return text
    }

    func append(to text: inout String) {
        if isWellFormed {
            text += scheme.description
            text += ":"
        }
        guard isSIP else { return text += isWellFormed ? Escaping.escape(opaque) { $0 >= 0x80 || Grammar.isURI($0) } : opaque }
        if let escapedUser {
            text += escapedUser
            if let escapedPassword { text += ":\(escapedPassword)" }
            text += "@"
        }
        host.append(to: &text, port: port)
        for parameter in parameters.list { text += ";\(URI.raw(parameter))" }
        if !headers.isEmpty { text += "?" + headers.list.map(URI.raw).joined(separator: "&") }
    }

    /// URI parameters know no quotation marks; what they cannot hold is escaped.
    private static func raw(_ parameter: Parameter) -> String {
        let name = Escaping.protect(parameter.name)
        return parameter.value.map { "\(name)=\(Escaping.protect($0))" } ?? name
    }
}
