import Wire

/// The first line of a message (RFC 3261 §7.1, §7.2).
struct StartLine {
    enum Form {
        case request(Method, URI, Version)
        case response(Status, String)
    }

    let form: Form
    /// First octet behind the line.
    let end: Int

    init(_ octets: [UInt8], limits: Limits) throws(DecodeError) {
        var start = 0
        while start < octets.count, octets[start] == 0x0D || octets[start] == 0x0A { start += 1 }
        var stop = start
        while stop < octets.count, octets[stop] != 0x0A { stop += 1 }
        guard stop < octets.count else { throw DecodeError("start line", at: octets.count, .truncated(needed: 1, available: 0)) }
        end = stop + 1
        while stop > start, octets[stop - 1] == 0x0D { stop -= 1 }
        guard stop - start <= limits.line else { throw DecodeError("start line", at: start, .tooLong(limit: limits.line)) }
        let line = octets[start..<stop]
        if let version = Version(line.prefix { $0 != 0x20 }) {
            form = try StartLine.response(line, version)
        } else {
            form = try StartLine.request(line)
        }
    }

    private static func request(_ line: ArraySlice<UInt8>) throws(DecodeError) -> Form {
        guard let first = line.firstIndex(of: 0x20), let last = line.lastIndex(where: { !Grammar.isSpace($0) }).flatMap({ line[...$0].lastIndex(of: 0x20) }), first < last else {
            throw DecodeError("request line", at: line.startIndex, .invalid("a method, a URI and a version expected"))
        }
        guard let method = Method(octets: line[..<first]) else {
            throw DecodeError("method", at: line.startIndex, .invalid("a token expected"))
        }
        guard let version = Version(line[(last + 1)...]) else {
            throw DecodeError("version", at: last + 1, .invalid("SIP and a version expected"))
        }
        return .request(method, URI(lenient: line[(first + 1)..<last]), version)
    }

    private static func response(_ line: ArraySlice<UInt8>, _ version: Version) throws(DecodeError) -> Form {
        guard version == .sip2 else { throw DecodeError("version", at: line.startIndex, .invalid("SIP/2.0 expected")) }
        let rest = line.dropFirst(8)
        let code = rest.prefix(3)
        guard code.count == 3, let status = Status(digits: code), rest.count == 3 || rest.dropFirst(3).first == 0x20 else {
            throw DecodeError("status", at: rest.startIndex, .invalid("a code from 100 to 699 expected"))
        }
        return .response(status, String(decoding: rest.dropFirst(4), as: UTF8.self))
    }
}

extension Method {
    /// The commonest methods without making text of them.
    init?(octets: ArraySlice<UInt8>) {
        guard !octets.isEmpty, octets.allSatisfy(Grammar.isToken) else { return nil }
        self.init(known: String(decoding: octets, as: UTF8.self))
    }
}

extension Status {
    init?(digits: ArraySlice<UInt8>) {
        var code = 0
        for digit in digits {
            guard Grammar.isDigit(digit), code < 1000 else { return nil }
            code = code * 10 + Int(digit & 0x0F)
        }
        self.init(code)
    }
}

extension Version {
    /// "SIP/x.y" in either case, trailing space left out.
    init?(_ octets: ArraySlice<UInt8>) {
        var rest = octets
        while let last = rest.last, Grammar.isSpace(last) { rest.removeLast() }
        guard rest.count >= 7, rest.count <= 11, zip(rest, "sip/".utf8).allSatisfy({ Grammar.lowercased($0) == $1 }) else { return nil }
        let numbers = rest.dropFirst(4).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard numbers.count == 2, let major = Version.number(numbers[0]), let minor = Version.number(numbers[1]) else { return nil }
        self.init(major: major, minor: minor)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...4).contains(digits.count), digits.allSatisfy(Grammar.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    }
}
