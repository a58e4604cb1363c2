/// Character classes of RFC 3261 §25.1, by octet. Each is a bit an octet below 128: a test spells them out.
enum Grammar {
    static func isToken(_ octet: UInt8) -> Bool { has(octet, 0x03FF_6CA2_0000_0000, 0x47FF_FFFF_87FF_FFFE) }
    /// Unescaped in the user part.
    static func isUser(_ octet: UInt8) -> Bool { has(octet, 0xABFF_FFD2_0000_0000, 0x47FF_FFFE_87FF_FFFE) }
    static func isPassword(_ octet: UInt8) -> Bool { has(octet, 0x23FF_7FD2_0000_0000, 0x47FF_FFFE_87FF_FFFE) }
    /// Unescaped in a URI parameter's name or value.
    static func isParameter(_ octet: UInt8) -> Bool { has(octet, 0x07FF_EFD2_0000_0000, 0x47FF_FFFE_AFFF_FFFE) }
    /// In a host name or IPv4 address. The underscore is not in the grammar but in real networks.
    static func isHost(_ octet: UInt8) -> Bool { has(octet, 0x03FF_6000_0000_0000, 0x07FF_FFFE_87FF_FFFE) }
    /// What may stand in a URI at all, besides octets above 127: no space, control, angle bracket or quotation mark.
    static func isURI(_ octet: UInt8) -> Bool { has(octet, 0xAFFF_FFFA_0000_0000, 0x7FFF_FFFF_FFFF_FFFF) }

    @inline(__always)
    private static func has(_ octet: UInt8, _ low: UInt64, _ high: UInt64) -> Bool {
        octet < 128 && (octet < 64 ? low : high) >> UInt64(octet & 63) & 1 != 0
    }

    static func isDigit(_ octet: UInt8) -> Bool { octet &- 0x30 < 10 }
    static func isSpace(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 }

    static func lowercased(_ octet: UInt8) -> UInt8 { octet &- 0x41 < 26 ? octet | 0x20 : octet }

    /// ASCII letters compared without case, other octets exactly.
    static func equalIgnoringCase(_ one: String, _ other: String) -> Bool {
        equalIgnoringCase(one.utf8.span, other.utf8.span)
    }

    static func equalIgnoringCase(_ one: ArraySlice<UInt8>, _ other: String) -> Bool {
        equalIgnoringCase(one.span, other.utf8.span)
    }

    private static func equalIgnoringCase(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        for index in one.indices where lowercased(one[index]) != lowercased(other[index]) { return false }
        return true
    }
}
