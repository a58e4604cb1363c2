extension JSONScanner {
    /// A text between quotation marks; most have no escape and are taken as they stand.
    mutating func string() throws(JSONError) -> String {
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
