/// Content-Length (RFC 3261 §20.14).
enum ContentLength {
    /// Digits with spaces around them; nil for anything else or more than memory could hold.
    static func number(_ octets: Span<UInt8>) -> Int? {
        guard octets.count > 0, octets.count <= 12 else { return nil }
        var number = 0
        for index in octets.indices {
            guard Grammar.isDigit(octets[index]) else { return nil }
            number = number * 10 + Int(octets[index] & 0x0F)
        }
        return number
    }
}

extension Headers {
    /// Nil when absent or no number. What is encoded is always the body's own length.
    public var contentLength: Int? { self[.contentLength].flatMap { Lexer.number($0.utf8, limit: 999_999_999_999) } }
}
