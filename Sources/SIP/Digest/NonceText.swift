/// Octets that come in threes in the digits of base64url (RFC 4648 §5): nothing is left over, so no two texts stand for the same octets.
enum NonceText {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func encode(_ octets: [UInt8]) -> String {
        let length = octets.count / 3 * 4
        return String(unsafeUninitializedCapacity: length) { text in
            for place in 0..<length {
                let first = place / 4 * 3
                let bits = UInt32(octets[first]) << 16 | UInt32(octets[first + 1]) << 8 | UInt32(octets[first + 2])
                text[place] = digits[Int(bits >> UInt32(18 - place % 4 * 6) & 0x3F)]
            }
            return length
        }
    }

    /// Nil for what is not of so many octets.
    static func decode(_ text: String, octets count: Int) -> [UInt8]? {
        guard text.utf8.count == count / 3 * 4 else { return nil }
        var octets: [UInt8] = []
        octets.reserveCapacity(count)
        var bits: UInt32 = 0
        for (place, digit) in text.utf8.enumerated() {
            guard let value = value(of: digit) else { return nil }
            bits = bits << 6 | value
            guard place % 4 == 3 else { continue }
            octets.append(UInt8(truncatingIfNeeded: bits >> 16))
            octets.append(UInt8(truncatingIfNeeded: bits >> 8))
            octets.append(UInt8(truncatingIfNeeded: bits))
        }
        return octets
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
