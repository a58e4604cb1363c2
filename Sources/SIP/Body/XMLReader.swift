import Wire

/// Reads a document into elements with a stack of its own, so that depth costs no call depth.
struct XMLReader {
    private let octets: [UInt8]
    private let limits: XML.Limits
    private var position = 0
    private var open: [XML.Element] = []
    /// Names as written, prefix and all: the end tag must repeat them.
    private var openNames: [ArraySlice<UInt8>] = []
    private var root: XML.Element?
    private var elementCount = 0

    init(_ octets: [UInt8], limits: XML.Limits) {
        self.octets = octets
        self.limits = limits
        if octets.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    mutating func document() throws(DecodeError) -> XML.Element {
        guard String(validating: octets, as: UTF8.self) != nil else { throw DecodeError("xml", at: 0, .invalid("UTF-8 expected")) }
        while position < octets.count {
            if octets[position] == UInt8(ascii: "<") { try markup() } else { try characters() }
        }
        guard let root, open.isEmpty else { throw invalid("every element closed") }
        return root
    }

    private func invalid(_ expectation: String) -> DecodeError {
        DecodeError(open.last?.name ?? "xml", at: position, .invalid("\(expectation) expected"))
    }

    private mutating func markup() throws(DecodeError) {
        if skip("<!--") {
            _ = try upTo("-->")
        } else if skip("<![CDATA[") {
            guard !open.isEmpty else { throw invalid("an element") }
            append(try checked(String(decoding: try upTo("]]>"), as: UTF8.self)))
        } else if skip("<?") {
            try declaration(try upTo("?>"))
        } else if octets[position...].starts(with: "<!".utf8) {
            throw invalid("no document type")
        } else if skip("</") {
            try endTag()
        } else {
            position += 1
            try startTag()
        }
    }

    /// The XML declaration may name no other encoding; other instructions are nobody's here.
    private func declaration(_ text: ArraySlice<UInt8>) throws(DecodeError) {
        let text = String(decoding: text, as: UTF8.self).lowercased()
        guard text.hasPrefix("xml "), let encoding = text.split(separator: "encoding", maxSplits: 1).dropFirst().first else { return }
        let name = encoding.drop { " =\"'\t".contains($0) }.prefix { !"\"'".contains($0) }
        guard name == "utf-8" || name == "us-ascii" else { throw invalid("encoding UTF-8") }
    }

    private mutating func startTag() throws(DecodeError) {
        guard root == nil else { throw invalid("nothing behind the root element") }
        elementCount += 1
        guard open.count < limits.depth else { throw DecodeError("xml", at: position, .tooLong(limit: limits.depth)) }
        guard elementCount <= limits.elements else { throw DecodeError("xml", at: position, .tooLong(limit: limits.elements)) }
        let name = try name()
        var element = XML.Element(XMLReader.local(name))
        while true {
            let hasSpace = skipSpace()
            if skip("/>") {
                close(element)
                return
            }
            if skip(">") {
                open.append(element)
                openNames.append(name)
                return
            }
            guard hasSpace else { throw invalid("a space, '>' or '/>'") }
            try attribute(of: &element)
        }
    }

    private mutating func attribute(of element: inout XML.Element) throws(DecodeError) {
        let name = try name()
        _ = skipSpace()
        guard skip("=") else { throw invalid("'='") }
        _ = skipSpace()
        let quote: String
        if skip("\"") { quote = "\"" } else if skip("'") { quote = "'" } else { throw invalid("a quotation mark") }
        let value = try upTo(quote)
        guard !value.contains(UInt8(ascii: "<")) else { throw invalid("no '<' in an attribute") }
        guard !name.starts(with: "xmlns".utf8) else { return }
        guard element.attributes.count < limits.attributes else { throw DecodeError("xml", at: position, .tooLong(limit: limits.attributes)) }
        guard element.attributes.updateValue(try resolved(value), forKey: XMLReader.local(name)) == nil else { throw invalid("each attribute once") }
    }

    private mutating func endTag() throws(DecodeError) {
        let name = try name()
        _ = skipSpace()
        guard skip(">") else { throw invalid("'>'") }
        guard let element = open.popLast(), let openName = openNames.popLast(), openName.elementsEqual(name) else {
            throw invalid("the end of the open element")
        }
        close(element)
    }

    private mutating func close(_ element: XML.Element) {
        var element = element
        element.text = XMLReader.trimmed(element.text)
        if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
    }

    private mutating func characters() throws(DecodeError) {
        let start = position
        while position < octets.count, octets[position] != UInt8(ascii: "<") { position += 1 }
        let text = octets[start..<position]
        guard !open.isEmpty else {
            guard text.allSatisfy(XMLReader.isSpace) else { throw DecodeError("xml", at: start, .invalid("no text outside the root element")) }
            return
        }
        append(try resolved(text))
    }

    private mutating func append(_ text: String) {
        open[open.count - 1].text += text
    }
}

/// The pieces.
extension XMLReader {
    private static func isSpace(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 || octet == 0x0A || octet == 0x0D }

    private static func local(_ name: ArraySlice<UInt8>) -> String {
        String(decoding: name.split(separator: UInt8(ascii: ":"), maxSplits: 1).last ?? name, as: UTF8.self)
    }

    private static func trimmed(_ text: String) -> String {
        let octets = Array(text.utf8)
        guard let first = octets.firstIndex(where: { !isSpace($0) }), let last = octets.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(decoding: octets[first...last], as: UTF8.self)
    }

    private mutating func skip(_ text: String) -> Bool {
        guard octets[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    private mutating func skipSpace() -> Bool {
        let start = position
        while position < octets.count, XMLReader.isSpace(octets[position]) { position += 1 }
        return position > start
    }

    /// What stands before `end`, moving behind it.
    private mutating func upTo(_ end: String) throws(DecodeError) -> ArraySlice<UInt8> {
        let start = position, first = end.utf8.first
        while position < octets.count {
            if octets[position] == first, octets[position...].starts(with: end.utf8) {
                defer { position += end.utf8.count }
                return octets[start..<position]
            }
            position += 1
        }
        throw invalid("'\(end)'")
    }

    private mutating func name() throws(DecodeError) -> ArraySlice<UInt8> {
        let start = position
        while position < octets.count, Grammar.isHost(octets[position]) || octets[position] == UInt8(ascii: ":") || octets[position] >= 0x80 { position += 1 }
        guard position > start, position - start <= 256, !Grammar.isDigit(octets[start]) else { throw invalid("a name") }
        return octets[start..<position]
    }

    /// Text with its references replaced: the five of XML and characters by number.
    private func resolved(_ text: ArraySlice<UInt8>) throws(DecodeError) -> String {
        guard text.contains(UInt8(ascii: "&")) else { return try checked(String(decoding: text, as: UTF8.self)) }
        var out = "", rest = text
        while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
            out += String(decoding: rest[..<ampersand], as: UTF8.self)
            guard let end = rest[ampersand...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { throw invalid("a reference") }
            out.unicodeScalars.append(try reference(String(decoding: rest[(ampersand + 1)..<end], as: UTF8.self)))
            rest = rest[(end + 1)...]
        }
        return try checked(out + String(decoding: rest, as: UTF8.self))
    }

    private func checked(_ text: String) throws(DecodeError) -> String {
        guard text.unicodeScalars.allSatisfy(XML.isAllowed) else { throw invalid("no control character") }
        return text
    }

    private func reference(_ name: String) throws(DecodeError) -> Unicode.Scalar {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        case _ where name.hasPrefix("#"):
            let number = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
            guard let scalar = number.flatMap(Unicode.Scalar.init), XML.isAllowed(scalar) else { throw invalid("a character") }
            return scalar
        default: throw invalid("one of the five entities")
        }
    }
}
