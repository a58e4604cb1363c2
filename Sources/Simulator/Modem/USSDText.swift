import SMS
import Wire

/// Text of `+CUSD` in the four ways modems carry it (3GPP TS 27.007 §7.15, TS 23.038 §5).
enum USSDText {
    /// The octets between the quotes and the coding scheme after them.
    static func encode(_ text: String, charset: String, style: Personality.USSDStyle) -> (octets: [UInt8], coding: Int) {
        switch style {
        case .packed:
            guard let packed = pack(text) else { return (Array(ucs2Hex(text).utf8), 72) }
            return (Array(Hex.encode(packed).utf8), 15)
        case .ucs2:
            return (Array(ucs2Hex(text).utf8), 72)
        case .charset where charset == "UCS2":
            return (Array(ucs2Hex(text).utf8), 15)
        case .plain, .charset:
            return (Array(text.utf8), 15)
        case .gsm:
            guard let (octets, septets) = try? GSM7.encode(text) else { return (Array(ucs2Hex(text).utf8), 72) }
            return (unpacked(octets, count: septets), 15)
        }
    }

    /// What a terminal wrote between the quotes, which may be in another way than the answers are.
    static func decode(_ octets: [UInt8], charset: String, style: Personality.USSDStyle) -> String {
        guard let hex = try? Hex.decode(octets[...]), !hex.isEmpty else { return String(decoding: octets, as: UTF8.self) }
        if charset == "UCS2" || style == .ucs2, hex.count.isMultiple(of: 2), hex[0] == 0 { return UCS2.decode(hex[...]) }
        if style == .packed {
            let text = GSM7.decode(hex[...], septets: 0..<hex.count * 8 / 7)
            // With seven characters in seven octets, the eighth septet is padding.
            return text.last == "\r" || (text.last == "@" && hex.count.isMultiple(of: 7)) ? String(text.dropLast()) : text
        }
        return String(decoding: octets, as: UTF8.self)
    }

    static func ucs2Hex(_ text: String) -> String {
        Hex.encode(UCS2.encode(text))
    }

    /// Packed septets; seven left-over bits are filled with CR (3GPP TS 23.038 §6.1.2.3.1).
    private static func pack(_ text: String) -> [UInt8]? {
        guard let (octets, septets) = try? GSM7.encode(text) else { return nil }
        return septets % 8 == 7 ? try? GSM7.encode(text + "\r").octets : octets
    }

    /// One octet a septet.
    private static func unpacked(_ octets: [UInt8], count: Int) -> [UInt8] {
        (0..<count).map { septet in
            let bit = septet * 7
            let low = UInt16(octets[bit / 8])
            let high = bit / 8 + 1 < octets.count ? UInt16(octets[bit / 8 + 1]) : 0
            return UInt8(truncatingIfNeeded: (high << 8 | low) >> (bit % 8)) & 0x7F
        }
    }
}
