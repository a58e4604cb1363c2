/// A recursive-descent reader whose recursion is bounded by `JSON.depthLimit`.
struct JSONScanner {
    let octets: [UInt8]
    var offset = 0

    init(_ octets: [UInt8]) { self.octets = octets }

    mutating func document() throws(JSONError) -> JSON {
        let value = try value(depth: 0)
        skipSpace()
        guard offset == octets.count else { throw wrong("nothing more expected") }
        return value
    }

    func wrong(_ reason: String) -> JSONError { JSONError(offset: offset, reason: reason) }

    var current: UInt8? { offset < octets.count ? octets[offset] : nil }

    private mutating func skipSpace() {
        while let octet = current, octet == 0x20 || octet == 0x0A || octet == 0x0D || octet == 0x09 { offset += 1 }
    }

    mutating func take(_ octet: UInt8) -> Bool {
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
            // Before it is compared, which takes minutes for a long one of some characters.
            guard name.utf8.count <= 256 else { throw wrong("the name is too long") }
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
}
