import Wire

/// Whether the other side is typing (RFC 3994, application/im-iscomposing+xml).
public struct IsComposing: Hashable, Sendable {
    public enum State: Hashable, Sendable {
        case active
        case idle
    }

    public var state: State
    /// Seconds until the state is idle again if nothing more is heard; nil when not said.
    public var refresh: Int?

    public init(_ state: State, refresh: Int? = nil) {
        self.state = state
        self.refresh = refresh
    }

    /// Any state but `active` is idle (RFC 3994 §3.4).
    public init(decoding octets: [UInt8]) throws(DecodeError) {
        let root = try XML.decode(octets)
        guard root.name == "isComposing", let state = root.child("state")?.text else {
            throw DecodeError("isComposing", at: 0, .invalid("an isComposing element with a state expected"))
        }
        self.state = state == "active" ? .active : .idle
        refresh = root.child("refresh").flatMap { Lexer.number($0.text.utf8, limit: 86_400) }
    }

    public func encoded() -> [UInt8] {
        let refresh = refresh.map { "<refresh>\($0)</refresh>" } ?? ""
        let word = state == .active ? "active" : "idle"
        let text = """
            <?xml version="1.0" encoding="UTF-8"?><isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing">\
            <state>\(word)</state>\(refresh)</isComposing>
            """
        return Array(text.utf8)
    }
}
