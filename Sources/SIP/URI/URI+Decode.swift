import Wire

extension URI {
    public init(decoding text: String) throws(DecodeError) {
        try self.init(decoding: Array(text.utf8)[...])
    }

    /// Text that is no URI becomes a URI that is not well-formed.
    init(lenient octets: ArraySlice<UInt8>) {
        do throws(DecodeError) {
            self = try URI(decoding: octets)
        } catch {
            self.init(scheme: .other(""), opaque: String(decoding: octets, as: UTF8.self))
        }
    }

    init(decoding octets: ArraySlice<UInt8>) throws(DecodeError) {
        let bytes = octets.span.bytes
        for index in 0..<bytes.byteCount where bytes[index] < 0x80 && !Grammar.isURI(bytes[index]) {
            throw DecodeError("uri", at: octets.startIndex + index, .invalid("no space, bracket or quotation mark expected"))
        }
        let colon = octets.startIndex + OctetSearch.index(of: UInt8(ascii: ":"), from: 0, in: bytes)
        guard colon < octets.endIndex, let scheme = Scheme(octets[..<colon]) else {
            throw DecodeError("uri", at: octets.startIndex, .invalid("a scheme expected"))
        }
        let rest = octets[(colon + 1)...]
        guard scheme == .sip || scheme == .sips else {
            guard !rest.isEmpty else { throw DecodeError("uri", at: rest.startIndex, .invalid("something behind the scheme expected")) }
            self.init(scheme: scheme, opaque: String(decoding: rest, as: UTF8.self))
            return
        }
        try self.init(scheme: scheme, sip: rest)
    }

    private init(scheme: Scheme, sip octets: ArraySlice<UInt8>) throws(DecodeError) {
        var rest = octets
        var user: ArraySlice<UInt8>?
        if let at = octets.firstIndex(of: UInt8(ascii: "@")) {
            user = octets[..<at]
            rest = octets[(at + 1)...]
        }
        let hostEnd = rest.firstIndex { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
        let (host, port) = try Host.decode(rest[..<hostEnd])
        let (escapedUser, escapedPassword) = try user.map(URI.user) ?? (nil, nil)
        rest = rest[hostEnd...]
        let question = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        self.init(
            scheme: scheme, escapedUser: escapedUser, escapedPassword: escapedPassword, host: host, port: port,
            parameters: hostEnd < question ? try URI.list(rest[hostEnd..<question].dropFirst(), UInt8(ascii: ";")) : [],
            headers: question < rest.endIndex ? try URI.list(rest[question...].dropFirst(), UInt8(ascii: "&")) : [])
    }

    /// User and password as they are escaped.
    private static func user(_ octets: ArraySlice<UInt8>) throws(DecodeError) -> (String, String?) {
        let colon = octets.firstIndex(of: UInt8(ascii: ":")) ?? octets.endIndex
        guard colon > octets.startIndex else { throw DecodeError("uri.user", at: octets.startIndex, .invalid("a user expected before '@'")) }
        let user = octets[..<colon], password = octets[colon...].dropFirst()
        // Not in the grammar but in real dialled strings: '#' and octets of UTF-8.
        guard user.allSatisfy({ Grammar.isUser($0) || $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "#") || $0 >= 0x80 }),
              password.allSatisfy({ Grammar.isPassword($0) || $0 == UInt8(ascii: "%") || $0 >= 0x80 }), Escaping.isWellFormed(octets)
        else { throw DecodeError("uri.user", at: octets.startIndex, .invalid("escaped characters expected")) }
        return (String(decoding: user, as: UTF8.self), colon < octets.endIndex ? String(decoding: password, as: UTF8.self) : nil)
    }

    /// Parameters or headers of one URI, in number. Nobody needs as many, and comparing two URIs takes the square of it.
    private static let longestList = 32

    private static func list(_ octets: ArraySlice<UInt8>, _ separator: UInt8) throws(DecodeError) -> Parameters {
        guard Escaping.isWellFormed(octets) else { throw DecodeError("uri", at: octets.startIndex, .invalid("two hexadecimal digits expected behind '%'")) }
        var parameters = Parameters()
        let items = octets.split(separator: separator, maxSplits: longestList, omittingEmptySubsequences: true)
        guard items.count <= longestList else { throw DecodeError("uri", at: octets.startIndex, .tooLong(limit: longestList)) }
        for item in items {
            let equals = item.firstIndex(of: UInt8(ascii: "=")) ?? item.endIndex
            guard equals > item.startIndex else { throw DecodeError("uri", at: item.startIndex, .invalid("a parameter's name expected")) }
            let name = String(decoding: item[..<equals], as: UTF8.self)
            let value = equals < item.endIndex ? String(decoding: item[(equals + 1)...], as: UTF8.self) : nil
            parameters.append(Parameter(name, value))
        }
        return parameters
    }
}

extension URI.Scheme {
    /// A letter and then letters, digits and "+-." (RFC 3986 §3.1).
    init?(_ octets: ArraySlice<UInt8>) {
        if octets.count == 3, octets.elementsEqual([0x73, 0x69, 0x70]) {
            self = .sip
            return
        }
        guard let first = octets.first, first | 0x20 >= 0x61, octets.allSatisfy({ Grammar.isToken($0) }) else { return nil }
        self.init(name: String(decoding: octets, as: UTF8.self))
    }
}
