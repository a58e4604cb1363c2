/// The fields that are one number. Each is nil when absent or out of range.
extension Headers {
    /// Max-Forwards, 0 to 255 (RFC 3261 §20.22).
    public var maxForwards: Int? {
        get { number(.maxForwards, limit: 255) }
        set { self[.maxForwards] = newValue.map(String.init) }
    }

    /// Expires, seconds (RFC 3261 §20.19).
    public var expires: Int? {
        get { number(.expires, limit: 0xFFFF_FFFF) }
        set { self[.expires] = newValue.map(String.init) }
    }

    /// Min-Expires, seconds (RFC 3261 §20.23).
    public var minExpires: Int? {
        get { number(.minExpires, limit: 0xFFFF_FFFF) }
        set { self[.minExpires] = newValue.map(String.init) }
    }

    /// Retry-After, seconds; comment and parameters are left out (RFC 3261 §20.33).
    public var retryAfter: Int? {
        get { self[.retryAfter].flatMap { Lexer.number($0.utf8.prefix(while: Grammar.isDigit), limit: 0xFFFF_FFFF) } }
        set { self[.retryAfter] = newValue.map(String.init) }
    }

    func number(_ name: HeaderName, limit: Int) -> Int? {
        self[name].flatMap { Lexer.number($0.utf8, limit: limit) }
    }
}
