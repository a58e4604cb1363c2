import Wire

/// A file of smstools: headers, an empty line, a body of octets.
public struct SMSToolsFile: Hashable, Sendable {
    public struct Header: Hashable, Sendable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public var headers: [Header]
    public var body: [UInt8]

    public static let sizeLimit = 1 << 20
    static let headerLimit = 200

    public init(_ headers: [Header], body: [UInt8]) {
        self.headers = headers
        self.body = body
    }

    /// Lines end with LF, or CR LF. A line without a colon is passed over, as smsd does.
    public init(decoding octets: [UInt8]) throws(DecodeError) {
        guard octets.count <= Self.sizeLimit else { throw DecodeError("file", at: 0, .tooLong(limit: Self.sizeLimit)) }
        headers = []
        var start = octets.startIndex
        while start < octets.endIndex {
            let end = octets[start...].firstIndex(of: UInt8(ascii: "\n")) ?? octets.endIndex
            let line = String(decoding: octets[start..<end], as: UTF8.self)[...].trimmed
            start = min(end + 1, octets.endIndex)
            if line.isEmpty { break }
            guard headers.count < Self.headerLimit else { throw DecodeError("headers", at: start, .tooLong(limit: Self.headerLimit)) }
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers.append(Header(String(line[..<colon].trimmed), String(line[line.index(after: colon)...].trimmed)))
        }
        body = Array(octets[start...])
    }

    /// The first of a name counts; case does, too.
    public subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

    public func encoded() -> [UInt8] {
        let lines = headers.map { "\($0.name.headerPiece): \($0.value.headerPiece)\n" }
        return Array((lines.joined() + "\n").utf8) + body
    }

    /// `yes`, `true`, `on` and `1`; everything else is no.
    public func isYes(_ name: String) -> Bool { ["yes", "true", "on", "1"].contains(self[name]?.lowercased() ?? "") }
}

extension String {
    /// Nothing in it ends the line.
    fileprivate var headerPiece: String { String(unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) }) }
}
