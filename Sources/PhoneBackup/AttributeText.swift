import Wire

/// The text of an attribute. Android's app writes a character beyond the basic plane as two references to its surrogates (`&#55357;&#56832;`), which
/// XML has no place for; they are put together again, and one that is alone becomes U+FFFD.
enum AttributeText {
    static func resolve(_ octets: ArraySlice<UInt8>, at place: Int) throws(DecodeError) -> String {
        guard octets.contains(UInt8(ascii: "&")) else { return String(decoding: octets, as: UTF8.self) }
        var out = "", rest = octets, high: UInt32?
        while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
            if ampersand > rest.startIndex { flush(&high, to: &out) }
            out += String(decoding: rest[..<ampersand], as: UTF8.self)
            guard let end = rest[ampersand...].prefix(14).firstIndex(of: UInt8(ascii: ";")) else { throw DecodeError("xml", at: place, .invalid("a reference expected")) }
            try append(String(decoding: rest[(ampersand + 1)..<end], as: UTF8.self), to: &out, &high, at: place)
            rest = rest[(end + 1)...]
        }
        flush(&high, to: &out)
        return out + String(decoding: rest, as: UTF8.self)
    }

    private static func append(_ name: String, to out: inout String, _ high: inout UInt32?, at place: Int) throws(DecodeError) {
        let five: [String: Unicode.Scalar] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
        if let scalar = five[name] {
            flush(&high, to: &out)
            out.unicodeScalars.append(scalar)
            return
        }
        let digits = name.hasPrefix("#x") || name.hasPrefix("#X") ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
        guard let number = digits else { throw DecodeError("xml", at: place, .invalid("one of the five entities expected")) }
        if (0xDC00...0xDFFF).contains(number), let first = high {
            high = nil
            out.unicodeScalars.append(Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (number - 0xDC00)) ?? "\u{FFFD}")
            return
        }
        flush(&high, to: &out)
        if (0xD800...0xDBFF).contains(number) {
            high = number
        } else {
            out.unicodeScalars.append(Unicode.Scalar(number).flatMap { PhoneWriting.isAllowed($0) ? $0 : nil } ?? "\u{FFFD}")
        }
    }

    private static func flush(_ high: inout UInt32?, to out: inout String) {
        guard high != nil else { return }
        high = nil
        out.unicodeScalars.append("\u{FFFD}")
    }
}
