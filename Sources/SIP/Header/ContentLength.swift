/// Content-Length (RFC 3261 §20.14).
enum ContentLength {
    /// Digits and nothing else; nil also for more than memory could hold.
    static func number(_ range: Range<Int>, in octets: RawSpan) -> Int? {
        guard (1...12).contains(range.count) else { return nil }
        var number = 0
        for index in range {
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
