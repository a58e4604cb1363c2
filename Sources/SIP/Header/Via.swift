import Wire

/// Via (RFC 3261 §20.42, RFC 3581).
public struct Via: HeaderField {
    public static var name: HeaderName { .via }

    /// `2.0`; a request of another version still says where its 505 is to go.
    public let version: String
    /// `UDP`, `TCP`, `TLS`, `WS`…, in upper case.
    public var transport: String
    public var host: Host
    public var port: Int?
    public var parameters: Parameters

    public init(transport: String, host: Host, port: Int? = nil, branch: String? = nil) {
        self.version = "2.0"
        self.transport = transport
        self.host = host
        self.port = port
        self.parameters = []
        self.branch = branch
    }

    public init(decoding value: ArraySlice<UInt8>) throws(DecodeError) {
        var lexer = Lexer(value)
        let isSIP = try lexer.tokenIs("SIP", "protocol")
        try lexer.expect("/", "protocol")
        guard isSIP else { throw lexer.invalid("protocol", "SIP expected") }
        version = try lexer.token("version")
        try lexer.expect("/", "version")
        transport = try lexer.token("transport").uppercased()
        guard let octet = lexer.peek, Grammar.isSpace(octet) else { throw lexer.invalid("host", "a space before the host expected") }
        lexer.skipSpace()
        let start = lexer.position
        let text = try lexer.run("host") { Grammar.isHost($0) || "[]:".utf8.contains($0) }
        (host, port) = try Host.decode(text)
        if port == nil, !text.isEmpty, lexer.position > start, lexer.skip(":") { port = try lexer.number("port", limit: 65_535) }
        parameters = try lexer.parameters("parameters")
        try lexer.expectEnd("parameters")
    }

    /// Starts with `Branch.cookie` where the sender follows RFC 3261.
    public var branch: String? {
        get { parameters["branch"] }
        set { parameters["branch"] = newValue }
    }

    /// The address a server saw the request come from.
    public var received: String? {
        get { parameters["received"] }
        set { parameters["received"] = newValue }
    }

    /// The port a server saw; nil where it is absent or not yet filled in.
    public var rport: Int? {
        get { parameters["rport"].flatMap { Lexer.number($0.utf8, limit: 65_535) } }
        set { parameters["rport"] = newValue.map(String.init) }
    }

    /// Whether the sender asked for answers to the port it sent from (RFC 3581).
    public var asksForResponsePort: Bool { parameters.contains("rport") }

    /// What every branch since RFC 3261 starts with (§8.1.1.7).
    public static let branchCookie = "z9hG4bK"

    public var description: String {
        var text = "SIP/"
        text += version
        text += "/"
        text += transport
        text += " "
        host.append(to: &text, port: port)
        parameters.append(to: &text)
        return text
    }
}

extension Headers {
    /// Empty when there is none or one is malformed.
    public var via: [Via] {
        get { (try? decode(Via.self)) ?? [] }
        set { replace(.via, with: newValue.map(\.description)) }
    }

    /// The first Via; setting replaces it alone, nil removes it.
    public var topVia: Via? {
        get { try? decodeFirst(Via.self) }
        set { replaceFirst(.via, with: newValue?.description) }
    }

    /// Puts our Via before those there are.
    public mutating func prepend(_ via: Via) {
        prepend(.via, via.description)
    }
}
