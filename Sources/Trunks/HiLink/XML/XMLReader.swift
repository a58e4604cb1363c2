import Wire

/// Reads the XML of a router: elements and text. It knows no document types, no entities but the five of XML, no namespaces, and passes
/// attributes and comments over. What strangers wrote is in there, so it is bounded in every way and keeps a lone `&` as it is.
struct XMLReader {
    static let sizeLimit = 512 * 1024
    static let depthLimit = 32
    static let elementLimit = 20_000
    static let nameLimit = 100

    private let octets: [UInt8]
    private var index = 0
    private var elements = 0

    /// The root element. Throws where the octets are no such XML.
    static func read(_ octets: [UInt8]) throws(DecodeError) -> Element {
        guard octets.count <= sizeLimit else { throw DecodeError("xml", at: 0, .tooLong(limit: sizeLimit)) }
        var reader = XMLReader(octets)
        if octets.starts(with: [0xEF, 0xBB, 0xBF]) { reader.index = 3 }
        try reader.skipProlog()
        let root = try reader.element(depth: 1)
        try reader.skipProlog()
        guard reader.index == octets.count else { throw reader.error("something after the end") }
        return root
    }

    private init(_ octets: [UInt8]) { self.octets = octets }

    // MARK: - Structure

    /// White space, comments and processing instructions before and after the root.
    private mutating func skipProlog() throws(DecodeError) {
        while true {
            skipSpace()
            if starts(with: "<?") {
                try skip(past: "?>")
            } else if starts(with: "<!--") {
                try skip(past: "-->")
            } else {
                return
            }
        }
    }

    private mutating func element(depth: Int) throws(DecodeError) -> Element {
        guard depth <= Self.depthLimit, elements < Self.elementLimit else { throw error("too deep or too many elements") }
        elements += 1
        guard take("<") else { throw error("an element expected") }
        let name = try self.name()
        guard try !skipAttributes() else { return Element(name) }
        return try content(of: name, depth: depth)
    }

    private mutating func content(of name: String, depth: Int) throws(DecodeError) -> Element {
        var text: [UInt8] = []
        var children: [Element] = []
        while index < octets.count {
            if starts(with: "</") {
                index += 2
                guard try self.name() == name else { throw error("</\(name)> expected") }
                skipSpace()
                guard take(">") else { throw error("> expected") }
                return Element(name, text: CESU8.decode(text), children: children)
            } else if starts(with: "<!--") {
                try skip(past: "-->")
            } else if starts(with: "<![CDATA[") {
                let start = index + 9
                try skip(past: "]]>")
                text += octets[start..<(index - 3)]
            } else if starts(with: "<?") {
                try skip(past: "?>")
            } else if octets[index] == UInt8(ascii: "<") {
                children.append(try element(depth: depth + 1))
            } else {
                appendCharacter(to: &text)
            }
        }
        throw error("</\(name)> expected")
    }

    private mutating func name() throws(DecodeError) -> String {
        let start = index
        while index < octets.count, octets[index].isNameOctet { index += 1 }
        guard index > start, index - start <= Self.nameLimit else { throw error("a name expected") }
        return String(decoding: octets[start..<index], as: UTF8.self)
    }

    /// Up to the end of a start tag; whether the element has no content.
    private mutating func skipAttributes() throws(DecodeError) -> Bool {
        var quote: UInt8?
        while index < octets.count {
            let octet = octets[index]
            index += 1
            if let open = quote {
                if octet == open { quote = nil }
            } else if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "'") {
                quote = octet
            } else if octet == UInt8(ascii: ">") {
                return octets[index - 2] == UInt8(ascii: "/")
            } else if octet == UInt8(ascii: "<") {
                break
            }
        }
        throw error("> expected")
    }

    // MARK: - Characters

    /// One octet of text, or what a reference stands for.
    private mutating func appendCharacter(to text: inout [UInt8]) {
        guard octets[index] == UInt8(ascii: "&"), let end = octets[index...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
            let character = Self.reference(octets[(index + 1)..<end])
        else {
            text.append(octets[index])
            index += 1
            return
        }
        text += character
        index = end + 1
    }

    /// The octets of `amp`, `#233`, `#xE9`; surrogates stay apart until `CESU8` joins them.
    private static func reference(_ name: ArraySlice<UInt8>) -> [UInt8]? {
        switch String(decoding: name, as: UTF8.self) {
        case "amp": return [UInt8(ascii: "&")]
        case "lt": return [UInt8(ascii: "<")]
        case "gt": return [UInt8(ascii: ">")]
        case "quot": return [UInt8(ascii: "\"")]
        case "apos": return [UInt8(ascii: "'")]
        case let text where text.hasPrefix("#"):
            let digits = text.dropFirst()
            let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            guard let value, value > 0 else { return nil }
            if let scalar = Unicode.Scalar(value) { return Array(String(scalar).utf8) }
            guard (0xD800...0xDFFF).contains(value) else { return nil }
            var octets: [UInt8] = []
            CESU8.append(value, to: &octets)
            return octets
        default: return nil
        }
    }

    // MARK: - Octets

    private func starts(with text: StaticString) -> Bool {
        guard octets.count - index >= text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { $0.elementsEqual(octets[index..<(index + text.utf8CodeUnitCount)]) }
    }

    private mutating func take(_ text: StaticString) -> Bool {
        guard starts(with: text) else { return false }
        index += text.utf8CodeUnitCount
        return true
    }

    private mutating func skip(past end: StaticString) throws(DecodeError) {
        while index < octets.count {
            if take(end) { return }
            index += 1
        }
        throw error("\(end) expected")
    }

    private mutating func skipSpace() {
        while index < octets.count, [0x20, 0x09, 0x0A, 0x0D].contains(octets[index]) { index += 1 }
    }

    private func error(_ reason: String) -> DecodeError { DecodeError("xml", at: index, .invalid(reason)) }
}

extension UInt8 {
    fileprivate var isNameOctet: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
