import Wire

/// `Scheme name=value, name="value"` of the four authentication fields (RFC 3261 §25.1). Not a list: commas part the parameters.
struct AuthenticationParameters {
    let scheme: String
    let parameters: Parameters

    /// Parameters, in number. Digest has a dozen; that each is there once takes the square of it to see, before anybody has proven anything.
    private static let longestList = 32

    init(decoding value: ArraySlice<UInt8>) throws(DecodeError) {
        var lexer = Lexer(value)
        scheme = try lexer.token("scheme")
        var parameters: [Parameter] = []
        parameters.reserveCapacity(10)
        guard let octet = lexer.peek, Grammar.isSpace(octet) else { throw lexer.invalid("scheme", "a space and parameters expected") }
        lexer.skipSpace()
        repeat {
            // Stray commas are harmless and sent by real clients.
            while lexer.skip(",") {}
            if lexer.isAtEnd { break }
            guard parameters.count < AuthenticationParameters.longestList else {
                throw DecodeError("parameters", at: lexer.position, .tooLong(limit: AuthenticationParameters.longestList))
            }
            let name = try lexer.token("parameter")
            try lexer.expect("=", name)
            guard !parameters.contains(where: { Grammar.equalIgnoringCase($0.name, name) }) else { throw lexer.invalid(name, "each parameter once expected") }
            if lexer.peek == UInt8(ascii: "\"") {
                parameters.append(Parameter(name, quoting: try lexer.quotedString(name)))
            } else {
                let value = try lexer.run(name) { $0 > 0x20 && $0 != UInt8(ascii: ",") && $0 != 0x7F }
                parameters.append(Parameter(name, String(decoding: value, as: UTF8.self)))
            }
        } while lexer.skip(",")
        try lexer.expectEnd("parameters")
        self.parameters = Parameters(parameters)
    }

    var isDigest: Bool { Grammar.equalIgnoringCase(scheme, "Digest") }

    func required(_ name: String) throws(DecodeError) -> String {
        guard let value = parameters[name] else { throw DecodeError(name, at: 0, .invalid("the parameter expected")) }
        return value
    }
}
