import Wire

/// The first line of a message (RFC 3261 §7.1, §7.2).
struct StartLine {
    enum Form {
        case request(Method, uri: ArraySlice<UInt8>, Version)
        case response(Status, String)
    }

    let form: Form
    /// First octet behind the line.
    let end: Int

    init(_ octets: [UInt8], limits: Limits) throws(DecodeError) {
        let bytes = octets.span.bytes
        var start = 0
        while start < bytes.byteCount, bytes[start] == 0x0D || bytes[start] == 0x0A { start += 1 }
        var stop = OctetSearch.index(of: 0x0A, from: start, in: bytes)
        guard stop < bytes.byteCount else { throw DecodeError("start line", at: octets.count, .truncated(needed: 1, available: 0)) }
        end = stop + 1
        while stop > start, bytes[stop - 1] == 0x0D { stop -= 1 }
        guard stop - start <= limits.line else { throw DecodeError("start line", at: start, .tooLong(limit: limits.line)) }
        let firstSpace = StartLine.space(from: start, to: stop, in: bytes)
        if let version = Version(start..<firstSpace, in: bytes) {
            form = try StartLine.response(octets, firstSpace..<stop, version)
        } else {
            form = try StartLine.request(octets, start, firstSpace, stop)
        }
    }

    private static func space(from start: Int, to stop: Int, in bytes: RawSpan) -> Int {
        var index = start
        while index < stop, bytes[index] != 0x20 { index += 1 }
        return index
    }

    private static func request(_ octets: [UInt8], _ start: Int, _ firstSpace: Int, _ stop: Int) throws(DecodeError) -> Form {
        let bytes = octets.span.bytes
        var end = stop
        while end > firstSpace, Grammar.isSpace(bytes[end - 1]) { end -= 1 }
        var lastSpace = end
        while lastSpace > firstSpace, bytes[lastSpace - 1] != 0x20 { lastSpace -= 1 }
        lastSpace -= 1
        guard lastSpace > firstSpace else {
            throw DecodeError("request line", at: start, .invalid("a method, a URI and a version expected"))
        }
        guard let version = Version(lastSpace + 1..<end, in: bytes) else {
            throw DecodeError("version", at: lastSpace + 1, .invalid("SIP and a version expected"))
        }
        guard let method = Method(octets: octets[start..<firstSpace]) else {
            throw DecodeError("method", at: start, .invalid("a token expected"))
        }
        return .request(method, uri: octets[firstSpace + 1..<lastSpace], version)
    }

    /// What stands behind the version: a space, three digits, a space and a phrase; the last two may be missing.
    private static func response(_ octets: [UInt8], _ rest: Range<Int>, _ version: Version) throws(DecodeError) -> Form {
        guard version == .sip2 else { throw DecodeError("version", at: rest.lowerBound, .invalid("SIP/2.0 expected")) }
        let code = octets[rest].dropFirst().prefix(3), phrase = octets[rest].dropFirst(4)
        guard code.count == 3, let status = Lexer.number(code, limit: 699).flatMap(Status.init), phrase.isEmpty || phrase.first == 0x20 else {
            throw DecodeError("status", at: rest.lowerBound, .invalid("a code from 100 to 699 expected"))
        }
        return .response(status, String(decoding: phrase.dropFirst(), as: UTF8.self))
    }
}

extension Method {
    init?(octets: ArraySlice<UInt8>) {
        guard !octets.isEmpty, octets.allSatisfy(Grammar.isToken) else { return nil }
        self.init(known: String(decoding: octets, as: UTF8.self))
    }
}

extension Version {
    /// "SIP/x.y" in either case.
    init?(_ range: Range<Int>, in octets: RawSpan) {
        guard range.count >= 7, range.count <= 11 else { return nil }
        let start = range.lowerBound
        guard octets[start] | 0x20 == UInt8(ascii: "s"), octets[start + 1] | 0x20 == UInt8(ascii: "i"), octets[start + 2] | 0x20 == UInt8(ascii: "p"),
              octets[start + 3] == UInt8(ascii: "/") else { return nil }
        var numbers = (0, 0), hasPoint = false, digits = 0
        for index in start + 4..<range.upperBound {
            let octet = octets[index]
            if octet == UInt8(ascii: "."), !hasPoint, digits > 0 {
                (hasPoint, digits, numbers) = (true, 0, (numbers.1, 0))
            } else if Grammar.isDigit(octet) {
                digits += 1
                numbers.1 = numbers.1 * 10 + Int(octet & 0x0F)
            } else {
                return nil
            }
        }
        guard hasPoint, digits > 0 else { return nil }
        self.init(major: numbers.0, minor: numbers.1)
    }
}
