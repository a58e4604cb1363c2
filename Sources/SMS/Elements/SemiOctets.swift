/// Digits two an octet, the first one in the low half (3GPP TS 23.040 §9.1.2.3, TS 24.008 table 10.5.118).
enum SemiOctets {
    private static let filler: UInt8 = 0xF

    /// The first `count` digits. Fillers are left out.
    static func decode(_ octets: ArraySlice<UInt8>, count: Int) -> String {
        let halves = min(count, octets.count * 2)
        var digits: [UInt8] = []
        digits.append(addingCapacity: halves) { digits in
            let octets = octets.span
            for index in 0..<halves {
                let half = index.isMultiple(of: 2) ? octets[index / 2] & 0x0F : octets[index / 2] >> 4
                if half != filler { digits.append(character(of: half)) }
            }
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The last octet is filled up. Characters that are no digits are left out; `value(of:)` tells them before.
    static func encode(_ digits: String) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(digits.utf8.count / 2 + 1)
        var low: UInt8?
        for ascii in digits.utf8 {
            guard let half = value(of: ascii) else { continue }
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

    static func value(of ascii: UInt8) -> UInt8? {
        switch ascii {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): ascii - UInt8(ascii: "0")
        case UInt8(ascii: "*"): 0xA
        case UInt8(ascii: "#"): 0xB
        case UInt8(ascii: "a")...UInt8(ascii: "c"): ascii - UInt8(ascii: "a") + 0xC
        default: nil
        }
    }

    private static func character(of half: UInt8) -> UInt8 {
        switch half {
        case 0...9: UInt8(ascii: "0") + half
        case 0xA: UInt8(ascii: "*")
        case 0xB: UInt8(ascii: "#")
        default: UInt8(ascii: "a") + (half & 0x0F) - 0xC
        }
    }
}
