import Wire

/// CSeq (RFC 3261 §20.16).
public struct CSeq: HeaderField {
    public static var name: HeaderName { .cseq }

    /// Less than 2^31.
    public var number: Int
    public var method: Method

    public init(_ number: Int, _ method: Method) {
        self.number = number
        self.method = method
    }

    public init(decoding value: ArraySlice<UInt8>) throws(DecodeError) {
        var lexer = Lexer(value)
        number = try lexer.number("number", limit: 0x7FFF_FFFF)
        guard let octet = lexer.peek, Grammar.isSpace(octet) else { throw lexer.invalid("method", "a space before the method expected") }
        lexer.skipSpace()
        method = Method(known: try lexer.token("method"))
        try lexer.expectEnd("method")
    }

    public var description: String { "\(number) \(method)" }
}

extension Headers {
    /// Nil when absent or malformed.
    public var cseq: CSeq? {
        get { try? decodeFirst(CSeq.self) }
        set { self[.cseq] = newValue?.description }
    }
}
