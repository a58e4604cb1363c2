import Wire

extension OctetReader {
    /// A variable-length unsigned integer: seven bits an octet, at most five octets (WAP-230-WSP §8.1.2).
    mutating func uintvar(_ field: StaticString) throws(DecodeError) -> Int {
        let start = offset
        var number = 0
        for _ in 0..<5 {
            let octet = try octet(field)
            number = number << 7 | Int(octet & 0x7F)
            if octet & 0x80 == 0 { return number }
        }
        throw DecodeError("\(field)", at: start, .tooLong(limit: 5))
    }

    /// The length before a value: 0 to 30 in one octet, more after the octet 31 (§8.4.2.2). Nil, and nothing read, where no length stands.
    mutating func valueLength(_ field: StaticString) throws(DecodeError) -> Int? {
        guard let first = peek, first < 32 else { return nil }
        _ = try octet(field)
        return first < 31 ? Int(first) : try uintvar(field)
    }

    /// Characters up to a NUL, which is read, without the quote before a first character that looks like something else (§8.4.2.1).
    mutating func textString(_ field: StaticString) throws(DecodeError) -> ArraySlice<UInt8> {
        guard let characters = rest(upTo: 0) else {
            throw DecodeError("\(field)", at: offset, .truncated(needed: remaining + 1, available: remaining))
        }
        _ = try octets(characters.count + 1, field)
        return TextString.unquoted(characters)
    }

    /// A number in one octet above 7F or after its length (§8.4.2.3). Nil, and nothing read, where something else stands.
    mutating func integer(_ field: StaticString) throws(DecodeError) -> UInt64? {
        guard let first = peek else { throw DecodeError("\(field)", at: offset, .truncated(needed: 1, available: 0)) }
        if first & 0x80 != 0 { return UInt64(try octet(field) & 0x7F) }
        guard (1...30).contains(first) else { return nil }
        let start = offset
        _ = try octet(field)
        guard let number = UInt64(bigEndian: try octets(Int(first), field)) else {
            throw DecodeError("\(field)", at: start, .tooLong(limit: 8))
        }
        return number
    }

    /// What is left before the next octet of this value; nil where there is none among the next `limit`. Nothing is read.
    func rest(upTo octet: UInt8, within limit: Int = .max) -> ArraySlice<UInt8>? {
        var rest = self
        let octets = rest.rest()
        return octets.prefix(limit).firstIndex(of: octet).map { octets[..<$0] }
    }
}

extension UInt64 {
    /// The number that octets make, the most significant first. Nil where it takes more than 64 bits.
    init?(bigEndian octets: ArraySlice<UInt8>) {
        self = 0
        for octet in octets {
            guard self >> 56 == 0 else { return nil }
            self = self << 8 | UInt64(octet)
        }
    }
}
