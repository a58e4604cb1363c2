import Wire

/// Reads the small XML documents that SIP bodies hold: elements and text, nothing that expands or refers elsewhere.
///
/// A document type, an unknown entity, too much depth or size is an error. Attributes are passed over.
struct XMLReader {
    enum Event: Hashable {
        /// The local name, without a namespace prefix.
        case start(String)
        case text(String)
        case end(String)
    }

    static let sizeLimit = 64 * 1024
    static let depthLimit = 16

    private let octets: [UInt8]
    private var position = 0
    private var open: [String] = []
    /// An empty element has been started and is to be ended next.
    private var isEnding = false
    private var hasRoot = false

    init(_ octets: [UInt8]) throws(DecodeError) {
        guard octets.count <= Self.sizeLimit else { throw DecodeError("xml", at: Self.sizeLimit, .tooLong(limit: Self.sizeLimit)) }
        self.octets = octets
    }

    /// The next event; nil at the end of a whole document.
    mutating func next() throws(DecodeError) -> Event? {
        if isEnding, let name = open.popLast() {
            isEnding = false
            return .end(name)
        }
        while position < octets.count {
            if octets[position] != UInt8(ascii: "<") {
                if let text = try text() { return .text(text) }
            } else if skip("<?") {
                try skip(past: "?>")
            } else if skip("<!--") {
                try skip(past: "-->")
            } else if skip("<![CDATA[") {
                let start = position
                try skip(past: "]]>")
                return .text(String(decoding: octets[start..<position - 3], as: UTF8.self))
            } else if starts("<!") {
                throw invalid("no document type expected")
            } else {
                return try tag()
            }
        }
        guard open.isEmpty, hasRoot else { throw invalid("the document ends early") }
        return nil
    }

    private mutating func text() throws(DecodeError) -> String? {
        let start = position
        while position < octets.count, octets[position] != UInt8(ascii: "<") { position += 1 }
        let text = try Self.unescape(octets[start..<position])
        if open.isEmpty {
            guard text.allSatisfy(\.isWhitespace) else { throw invalid("text outside the document") }
            return nil
        }
        return text
    }

    private mutating func tag() throws(DecodeError) -> Event {
        position += 1
        let isEnd = skip("/")
        let start = position
        while position < octets.count, !" \t\r\n/>=<".utf8.contains(octets[position]) { position += 1 }
        let name = String(decoding: octets[start..<position], as: UTF8.self)
        let local = name.split(separator: ":", omittingEmptySubsequences: false).last.map(String.init) ?? name
        guard !local.isEmpty else { throw invalid("an element name expected") }
        let isEmpty = try skipAttributes()
        if isEnd {
            guard open.popLast() == local else { throw invalid("an end tag that fits expected") }
            return .end(local)
        }
        guard open.count < Self.depthLimit else { throw DecodeError("xml", at: position, .tooLong(limit: Self.depthLimit)) }
        guard !open.isEmpty || !hasRoot else { throw invalid("one root element expected") }
        hasRoot = true
        open.append(local)
        isEnding = isEmpty
        return .start(local)
    }

    /// Passes over attributes to behind the `>`; true for an empty element.
    private mutating func skipAttributes() throws(DecodeError) -> Bool {
        var quote: UInt8?
        var last: UInt8 = 0
        while position < octets.count {
            let octet = octets[position]
            position += 1
            if let open = quote {
                if octet == open { quote = nil }
            } else if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "'") {
                quote = octet
            } else if octet == UInt8(ascii: ">") {
                return last == UInt8(ascii: "/")
            } else if octet == UInt8(ascii: "<") {
                throw invalid("'>' expected")
            }
            last = octet
        }
        throw invalid("the document ends within a tag")
    }

    private static func unescape(_ octets: ArraySlice<UInt8>) throws(DecodeError) -> String {
        guard octets.contains(UInt8(ascii: "&")) else { return String(decoding: octets, as: UTF8.self) }
        var text = ""
        var rest = octets
        while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
            text += String(decoding: rest[..<ampersand], as: UTF8.self)
            guard let end = rest[ampersand...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
                throw DecodeError("xml", at: ampersand, .invalid("an entity's end expected"))
            }
            let name = String(decoding: rest[(ampersand + 1)..<end], as: UTF8.self)
            guard let character = character(of: name) else { throw DecodeError("xml", at: ampersand, .invalid("a known entity expected")) }
            text.append(character)
            rest = rest[(end + 1)...]
        }
        return text + String(decoding: rest, as: UTF8.self)
    }

    private static func character(of entity: String) -> Character? {
        switch entity {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let code = entity.hasPrefix("#x") ? UInt32(entity.dropFirst(2), radix: 16) : entity.hasPrefix("#") ? UInt32(entity.dropFirst()) : nil
            return code.flatMap(Unicode.Scalar.init).map { Character($0) }
        }
    }

    private func starts(_ text: StaticString) -> Bool {
        octets[position...].starts(with: text.description.utf8)
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        guard starts(text) else { return false }
        position += text.utf8CodeUnitCount
        return true
    }

    private mutating func skip(past end: StaticString) throws(DecodeError) {
        while position < octets.count {
            if skip(end) { return }
            position += 1
        }
        throw invalid("the document ends early")
    }

    private func invalid(_ expectation: String) -> DecodeError {
        DecodeError("xml", at: position, .invalid(expectation))
    }
}

/// Text for between two tags.
func escapedXML(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "&": escaped += "&amp;"
        case "\"": escaped += "&quot;"
        case "\t", "\n": escaped.unicodeScalars.append(scalar)
        case _ where scalar.value < 0x20 || scalar.value == 0x7F: escaped += " "
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}
