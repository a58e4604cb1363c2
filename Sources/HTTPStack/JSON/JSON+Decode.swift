/// Why octets are not the JSON we take.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Octets before the place.
    public let offset: Int
    public let reason: String

    public var description: String { "Not valid JSON at octet \(offset): \(reason)" }
}

extension JSON {
    /// Deepest nesting that is taken.
    public static let depthLimit = 16

    /// Reads exactly one value.
    public init(decoding octets: [UInt8]) throws(JSONError) {
        var scanner = JSONScanner(octets)
        self = try scanner.document()
    }
}

/// A recursive-descent reader whose recursion is bounded by `JSON.depthLimit`.
struct JSONScanner {
    private let octets: [UInt8]
    private(set) var offset = 0

    init(_ octets: [UInt8]) { self.octets = octets }

    mutating func document() throws(JSONError) -> JSON {
        let value = try value(depth: 0)
        skipSpace()
        guard offset == octets.count else { throw wrong("nothing more expected") }
        return value
    }

    private func wrong(_ reason: String) -> JSONError { JSONError(offset: offset, reason: reason) }

    private var current: UInt8? { offset < octets.count ? octets[offset] : nil }

    private mutating func skipSpace() {
        while let octet = current, octet == 0x20 || octet == 0x0A || octet == 0x0D || octet == 0x09 { offset += 1 }
    }

    private mutating func take(_ octet: UInt8) -> Bool {
        guard current == octet else { return false }
        offset += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
        skipSpace()
        guard let octet = current else { throw wrong("a value expected, not the end") }
        switch octet {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw wrong("a value expected")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        for octet in word.description.utf8 {
            guard take(octet) else { throw wrong("a value expected") }
        }
        return value
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSON {
        try enter(depth)
        var members: [JSON.Member] = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object([]) }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw wrong("a name expected") }
            let name = try string()
            guard !members.contains(where: { $0.name == name }) else { throw wrong("the name \(name) comes twice") }
            guard members.count < 64 else { throw wrong("too many names") }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw wrong("a colon expected") }
            members.append((name, try value(depth: depth + 1)))
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw wrong("a comma or the end of the object expected") }
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSON {
        try enter(depth)
        var elements: [JSON] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw wrong("a comma or the end of the array expected") }
        }
    }

    private mutating func enter(_ depth: Int) throws(JSONError) {
        guard depth < JSON.depthLimit else { throw wrong("nested too deeply") }
        offset += 1
    }

    /// `-? int frac? exp?`; integers that fit stay exact.
    private mutating func number() throws(JSONError) -> JSON {
        let start = offset
        var isInteger = true
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) {
            isInteger = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        guard offset - start <= 64 else { throw wrong("the number is too long") }
        let text = String(decoding: octets[start..<offset], as: UTF8.self)
        if isInteger, let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw wrong("the number is out of range") }
        return .number(number)
    }

    private mutating func digits() throws(JSONError) {
        let start = offset
        while let octet = current, octet >= UInt8(ascii: "0"), octet <= UInt8(ascii: "9") { offset += 1 }
        guard offset > start else { throw wrong("a digit expected") }
    }

    private mutating func string() throws(JSONError) -> String {
        offset += 1
        let start = offset
        while let octet = current, octet != UInt8(ascii: "\""), octet != UInt8(ascii: "\\"), octet >= 0x20 { offset += 1 }
        if current == UInt8(ascii: "\"") {
            defer { offset += 1 }
            return try text(octets[start..<offset])
        }
        return try escapedString(Array(octets[start..<offset]))
    }

    private mutating func escapedString(_ beginning: [UInt8]) throws(JSONError) -> String {
        var unescaped = beginning
        while let octet = current {
            switch octet {
            case UInt8(ascii: "\""):
                defer { offset += 1 }
                return try text(unescaped[...])
            case UInt8(ascii: "\\"):
                offset += 1
                try escape(into: &unescaped)
            case 0x00..<0x20: throw wrong("a control character must be escaped")
            default:
                unescaped.append(octet)
                offset += 1
            }
        }
        throw wrong("the text does not end")
    }

    private func text(_ octets: ArraySlice<UInt8>) throws(JSONError) -> String {
        guard let text = String(validating: octets, as: UTF8.self) else { throw wrong("the text is not UTF-8") }
        return text
    }

    private mutating func escape(into unescaped: inout [UInt8]) throws(JSONError) {
        guard let octet = current else { throw wrong("the text does not end") }
        offset += 1
        switch octet {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(octet)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"): unescaped += String(try scalar()).utf8
        default: throw wrong("there is no such escape")
        }
    }

    /// Four digits after `\u`, or a surrogate pair. A surrogate without its other half stands for nothing and is refused.
    private mutating func scalar() throws(JSONError) -> Character {
        let unit = try codeUnit()
        guard (0xD800...0xDFFF).contains(unit) else {
            guard let scalar = Unicode.Scalar(unit) else { throw wrong("no such character") }
            return Character(scalar)
        }
        guard unit < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw wrong("half a surrogate pair") }
        let low = try codeUnit()
        guard (0xDC00...0xDFFF).contains(low), let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) else {
            throw wrong("half a surrogate pair")
        }
        return Character(scalar)
    }

    private mutating func codeUnit() throws(JSONError) -> UInt32 {
        guard octets.count - offset >= 4, octets[offset..<offset + 4].allSatisfy(\.isHexDigit),
            let unit = UInt32(String(decoding: octets[offset..<offset + 4], as: UTF8.self), radix: 16)
        else { throw wrong("four hexadecimal digits expected") }
        offset += 4
        return unit
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        default: false
        }
    }
}
