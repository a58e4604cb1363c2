/// UTF-8 as these routers write it: a character beyond the first plane as two surrogates of three octets each (Unicode report 26).
enum CESU8 {
    static func encode(_ text: String) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if scalar.value > 0xFFFF {
                for unit in String(scalar).utf16 { append(UInt32(unit), to: &octets) }
            } else {
                octets += String(scalar).utf8
            }
        }
        return octets
    }

    /// Takes both forms; what is neither becomes U+FFFD.
    static func decode(_ octets: some Collection<UInt8>) -> String {
        let octets = Array(octets)
        var joined: [UInt8] = []
        joined.reserveCapacity(octets.count)
        var index = 0
        while index < octets.count {
            if let high = surrogate(octets, at: index), (0xD800...0xDBFF).contains(high),
                let low = surrogate(octets, at: index + 3), (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
            {
                joined += String(scalar).utf8
                index += 6
            } else {
                joined.append(octets[index])
                index += 1
            }
        }
        return String(decoding: joined, as: UTF8.self)
    }

    /// The three octets of a code point between U+0800 and U+FFFF, surrogates too.
    static func append(_ value: UInt32, to octets: inout [UInt8]) {
        octets += [0xE0 | UInt8(value >> 12 & 0x0F), 0x80 | UInt8(value >> 6 & 0x3F), 0x80 | UInt8(value & 0x3F)]
    }

    private static func surrogate(_ octets: [UInt8], at index: Int) -> UInt32? {
        guard index + 2 < octets.count, octets[index] == 0xED, octets[index + 1] & 0xE0 == 0xA0, octets[index + 2] & 0xC0 == 0x80 else { return nil }
        return 0xD000 | UInt32(octets[index + 1] & 0x3F) << 6 | UInt32(octets[index + 2] & 0x3F)
    }
}
