/// Writes start line, fields and body.
enum MessageEncoder {
    static func encode(startLine: String, headers: Headers, body: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(startLine.utf8.count + headers.octets.count + headers.count * 16 + body.count + 64)
        append(startLine, to: &out)
        out.append(contentsOf: lineEnd)
        var hasLength = false
        for field in headers.fields where field.known != nil || field.nameLength > 0 {
            if field.known == .contentLength {
                if !hasLength { append(.contentLength, length: body.count, to: &out) }
                hasLength = true
                continue
            }
            append(field, of: headers, to: &out)
        }
        if !hasLength { append(.contentLength, length: body.count, to: &out) }
        out.append(contentsOf: lineEnd)
        out.append(contentsOf: body)
        return out
    }

    /// The octet itself, or a space for what would end a field or a line, or a C string.
    static func cleaned(_ octet: UInt8) -> UInt8 {
        octet == 0x0D || octet == 0x0A || octet == 0x00 ? 0x20 : octet
    }

    /// Appends the text, cleaned. Hardly any needs it, and looking is cheaper than copying one by one.
    static func append(_ text: String, to out: inout [UInt8]) {
        let start = out.count
        out.append(contentsOf: text.utf8)
        for index in start..<out.count where out[index] <= 0x0D { out[index] = cleaned(out[index]) }
    }

    private static let lineEnd: [UInt8] = [0x0D, 0x0A]

    private static func append(_ field: Headers.Field, of headers: Headers, to out: inout [UInt8]) {
        if let known = field.known {
            out.append(contentsOf: known.spelling.utf8)
        } else {
            out.append(contentsOf: headers.octets[field.name])
        }
        out.append(UInt8(ascii: ":"))
        out.append(0x20)
        if field.isFolded {
            out.append(contentsOf: headers.unfolded(field).lazy.map(cleaned))
        } else {
            append(headers.octets, field.value, to: &out)
        }
        out.append(contentsOf: lineEnd)
    }

    /// A value that came in holds no LF; a lone CR and NUL are as good as never there, and looking is cheaper than copying one by one.
    private static func append(_ octets: [UInt8], _ range: Range<Int>, to out: inout [UInt8]) {
        let value = octets.span.bytes.extracting(range)
        if OctetSearch.index(of: 0x0D, from: 0, in: value) == value.byteCount, OctetSearch.index(of: 0x00, from: 0, in: value) == value.byteCount {
            out.append(contentsOf: octets[range])
        } else {
            out.append(contentsOf: octets[range].lazy.map(cleaned))
        }
    }

    private static func append(_ name: HeaderName.Known, length: Int, to out: inout [UInt8]) {
        out.append(contentsOf: "\(name.spelling): \(length)".utf8)
        out.append(contentsOf: lineEnd)
    }
}
