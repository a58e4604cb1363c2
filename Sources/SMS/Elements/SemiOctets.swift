/// Digits two an octet, the first one in the low half (3GPP TS 23.040 §9.1.2.3, TS 24.008 table 10.5.118).
enum SemiOctets {
    private static let characters = Array("0123456789*#abc".utf8)
    private static let filler: UInt8 = 0xF

    /// The first `count` digits. Fillers are left out.
    static func decode(_ octets: ArraySlice<UInt8>, count: Int) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(count)
        var left = count
        for octet in octets {
            for half in [octet & 0x0F, octet >> 4] where left > 0 {
                if half != filler { digits.append(characters[Int(half)]) }
                left -= 1
            }
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The last octet is filled up. Characters that are no digits are left out; `value(of:)` tells them before.
    static func encode(_ digits: String) -> [UInt8] {
        var octets: [UInt8] = []
        var low: UInt8?
        for half in digits.unicodeScalars.lazy.compactMap(value(of:)) {
            if let first = low {
                octets.append(half << 4 | first)
                low = nil
            } else {
                low = half
            }
        }
        if let low { octets.append(filler << 4 | low) }
        return octets
    }

    static func value(of digit: Unicode.Scalar) -> UInt8? {
        guard let ascii = UInt8(exactly: digit.value) else { return nil }
        return characters.firstIndex(of: ascii).map { UInt8(truncatingIfNeeded: $0) }
    }
}
