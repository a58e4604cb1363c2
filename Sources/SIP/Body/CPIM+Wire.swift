import Wire

extension CPIM {
    /// Fields in one of the two parts.
    private static let fieldLimit = 64

    /// The envelope and content in a body already inflated. Line ends may be LF alone. Throws where a line is no field.
    public init(decoding octets: [UInt8]) throws(DecodeError) {
        var position = 0
        headers = try CPIM.section(octets, &position)
        contentHeaders = try CPIM.section(octets, &position)
        let rest = octets[position...]
        let length = contentHeaders.first { Grammar.equalIgnoringCase($0.name, "Content-Length") }.flatMap { Lexer.number($0.value.utf8, limit: rest.count) }
        body = Array(rest.prefix(length ?? rest.count))
        guard !headers.isEmpty else { throw DecodeError("cpim", at: 0, .invalid("an envelope expected")) }
    }

    /// CRLF line ends always; a client in use refuses others. Content-Length, where there is one, is always that of the body.
    public func encoded() -> [UInt8] {
        var out: [UInt8] = []
        for section in [headers, contentHeaders] {
            for field in section where Method(field.name) != nil {
                let isLength = Grammar.equalIgnoringCase(field.name, "Content-Length")
                out += Array("\(field.name): ".utf8) + CPIM.escaped(isLength ? "\(body.count)" : field.value) + [0x0D, 0x0A]
            }
            out += [0x0D, 0x0A]
        }
        return out + body
    }

    /// Lines up to the empty one, which is left behind.
    private static func section(_ octets: [UInt8], _ position: inout Int) throws(DecodeError) -> [Field] {
        var fields: [Field] = []
        while position < octets.count {
            let start = position
            let end = octets[start...].firstIndex(of: 0x0A) ?? octets.endIndex
            position = min(end + 1, octets.count)
            let line = octets[start..<end].last == 0x0D ? octets[start..<(end - 1)] : octets[start..<end]
            if line.isEmpty { return fields }
            guard fields.count < fieldLimit else { throw DecodeError("cpim", at: start, .tooLong(limit: fieldLimit)) }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > start, line[..<colon].allSatisfy(Grammar.isToken) else {
                throw DecodeError("cpim", at: start, .invalid("a name, a colon and a value expected"))
            }
            let value = line[(colon + 1)...].drop(while: Grammar.isSpace)
            fields.append(Field(String(decoding: line[..<colon], as: UTF8.self), unescaped(value)))
        }
        return fields
    }

    /// Backslash escapes of RFC 3862 §2.3.1 resolved; quotation marks keep theirs, being part of an address.
    private static func unescaped(_ octets: ArraySlice<UInt8>) -> String {
        let text = String(decoding: octets, as: UTF8.self)
        guard text.contains("\\u") else { return text }
        var out = "", rest = text[...]
        while let escape = rest.firstRange(of: "\\u") {
            let digits = rest[escape.upperBound...].prefix(4)
            guard digits.count == 4, let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init), scalar.value >= 0x20 else { break }
            out += rest[..<escape.lowerBound]
            out.unicodeScalars.append(scalar)
            rest = rest[digits.endIndex...]
        }
        return out + rest
    }

    /// Leading space would be lost to the reader anyway.
    private static func escaped(_ value: String) -> [UInt8] {
        Array(value.utf8.lazy.map(MessageEncoder.cleaned).drop(while: Grammar.isSpace))
    }
}
