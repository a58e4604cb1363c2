/// Sixteen-bit text (3GPP TS 23.038 §6.2.3), which in practice is UTF-16 with the most significant octet first.
public enum UCS2 {
    /// The text of octets; a lone surrogate reads as U+FFFD, an odd octet at the end is left out.
    public static func decode(_ octets: ArraySlice<UInt8>) -> String {
        var units: [UInt16] = []
        units.reserveCapacity(octets.count / 2)
        var index = octets.startIndex
        while index + 1 < octets.endIndex {
            units.append(UInt16(octets[index]) << 8 | UInt16(octets[index + 1]))
            index += 2
        }
        return String(decoding: units, as: UTF16.self)
    }

    public static func encode(_ text: String) -> [UInt8] {
        var octets: [UInt8] = []
        encode(text, to: &octets)
        return octets
    }

    static func encode(_ text: String, to octets: inout [UInt8]) {
        for unit in text.utf16 {
            octets.append(UInt8(truncatingIfNeeded: unit >> 8))
            octets.append(UInt8(truncatingIfNeeded: unit))
        }
    }
}
