import Wire

/// An address with a name and header parameters: `"Bob" <sip:bob@example.net>;tag=1` (RFC 3261 §20.10, `name-addr` or `addr-spec`).
public struct NameAddress: Hashable, Sendable, CustomStringConvertible {
    /// Without quotation marks; nil when there is none.
    public var displayName: String?
    public var uri: URI
    /// Parameters of the header, not of the URI.
    public var parameters: Parameters

    public init(displayName: String? = nil, uri: URI, parameters: Parameters = []) {
        self.displayName = displayName
        self.uri = uri
        self.parameters = parameters
    }

    public var tag: String? {
        get { parameters["tag"] }
        set { parameters["tag"] = newValue }
    }

    /// Always with angle brackets, so that parameters cannot change their owner.
    public var description: String {
        var text = ""
        if let displayName {
            Quoting.appendQuoted(displayName, to: &text)
            text += " "
        }
        text += "<"
        uri.append(to: &text)
        text += ">"
        parameters.append(to: &text)
        return text
    }

    init(_ lexer: inout Lexer, _ field: String) throws(DecodeError) {
        if lexer.peek == UInt8(ascii: "\"") {
            displayName = try lexer.quotedString(field)
            try lexer.expect("<", field)
            uri = try NameAddress.bracketed(&lexer, field)
        } else if lexer.rest.prefix(while: { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ">") }).contains(UInt8(ascii: "<")) {
            displayName = try NameAddress.tokens(&lexer, field)
            try lexer.expect("<", field)
            uri = try NameAddress.bracketed(&lexer, field)
        } else {
            displayName = nil
            let start = lexer.position
            let text = try lexer.run(field) { $0 > 0x20 && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") }
            guard !text.contains(UInt8(ascii: "?")) else {
                throw DecodeError(field, at: start, .invalid("angle brackets expected around a URI with headers"))
            }
            uri = try URI(decoding: text)
        }
        parameters = try lexer.parameters(field)
    }

    private static func bracketed(_ lexer: inout Lexer, _ field: String) throws(DecodeError) -> URI {
        let uri = try URI(decoding: try lexer.run(field) { $0 != UInt8(ascii: ">") })
        try lexer.expect(">", field)
        return uri
    }

    /// A name without quotation marks: tokens and the spaces between them.
    private static func tokens(_ lexer: inout Lexer, _ field: String) throws(DecodeError) -> String? {
        var words: [String] = []
        while let octet = lexer.peek, octet != UInt8(ascii: "<") {
            let word = try lexer.run(field) { Grammar.isToken($0) || $0 >= 0x80 }
            words.append(String(decoding: word, as: UTF8.self))
            lexer.skipSpace()
        }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}

extension NameAddress {
    /// One address with its parameters, nothing behind it.
    public init(decoding text: String) throws(DecodeError) {
        try self.init(decoding: Array(text.utf8)[...], "address")
    }

    init(decoding octets: ArraySlice<UInt8>, _ field: String) throws(DecodeError) {
        var lexer = Lexer(octets)
        try self.init(&lexer, field)
        try lexer.expectEnd(field)
    }
}
