import Wire

/// A message in the Common Presence and Instant Messaging format (RFC 3862), as apps wrap a text to ask for notifications (RFC 5438 §6).
public struct CPIM: Hashable, Sendable {
    /// As they stand, in order, without the namespace prefix of IMDN.
    public var headers: [(name: String, value: String)]
    public var contentType: ContentType
    public var body: [UInt8]

    public init(headers: [(name: String, value: String)], contentType: ContentType, body: [UInt8]) {
        self.headers = headers
        self.contentType = contentType
        self.body = body
    }

    static let headerLimit = 64

    /// Reads leniently: bare line feeds and headers in any order. Throws where there is no inner content type.
    public init(decoding octets: [UInt8]) throws(DecodeError) {
        var rest = octets[...]
        headers = try Self.headers(&rest)
        let inner = try Self.headers(&rest)
        guard let type = inner.first(where: { $0.name.lowercased() == "content-type" })?.value else {
            throw DecodeError("cpim.Content-Type", at: rest.startIndex, .invalid("the type of the inner body expected"))
        }
        do {
            contentType = try ContentType(decoding: type)
        } catch {
            throw error.inside("cpim")
        }
        body = Array(rest)
    }

    /// The name by which the sender knows the message.
    public var messageID: String? { self["imdn.Message-ID"] ?? self["Message-ID"] }

    public subscript(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    public func encoded() -> [UInt8] {
        var text = ""
        for (name, value) in headers { text += "\(Self.line(name)): \(Self.line(value))\r\n" }
        text += "\r\nContent-Type: \(contentType)\r\n\r\n"
        return Array(text.utf8) + body
    }

    /// A header block and the empty line behind it.
    private static func headers(_ rest: inout ArraySlice<UInt8>) throws(DecodeError) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        while !rest.isEmpty {
            let start = rest.startIndex
            var line = rest.prefix { $0 != UInt8(ascii: "\n") }
            rest = rest[min(line.endIndex + 1, rest.endIndex)...]
            if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
            if line.isEmpty { return headers }
            guard headers.count < headerLimit else { throw DecodeError("cpim.headers", at: start, .tooLong(limit: headerLimit)) }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { throw DecodeError("cpim.header", at: start, .invalid("a colon expected")) }
            headers.append((String(decoding: line[..<colon], as: UTF8.self).trimmed, String(decoding: line[(colon + 1)...], as: UTF8.self).trimmed))
        }
        return headers
    }

    private static func line(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }

    public static func == (one: CPIM, other: CPIM) -> Bool {
        one.contentType == other.contentType && one.body == other.body && one.headers.elementsEqual(other.headers) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(contentType)
        hasher.combine(body)
    }
}
