/// Sixteen-bit text (3GPP TS 23.038 §6.2.3), which in practice is UTF-16 with the most significant octet first.
public enum UCS2 {
    /// The text of octets; a lone surrogate reads as U+FFFD, an odd octet at the end is left out.
    public static func decode(_ octets: ArraySlice<UInt8>) -> String {
        var utf8: [UInt8] = []
        // A unit takes at most three octets of UTF-8, a pair of units four.
        utf8.append(addingCapacity: octets.count / 2 * 3) { transcode(octets.span, to: &$0) }
        return String(decoding: utf8, as: UTF8.self)
    }

    private static func transcode(_ octets: Span<UInt8>, to utf8: inout OutputSpan<UInt8>) {
        var index = 0
        func unit(at index: Int) -> UInt32? {
            index + 1 < octets.count ? UInt32(octets[index]) << 8 | UInt32(octets[index + 1]) : nil
        }
        while let first = unit(at: index) {
            index += 2
            guard first & 0xF800 == 0xD800 else {
                append(first, to: &utf8)
                continue
            }
            if first < 0xDC00, let second = unit(at: index), second & 0xFC00 == 0xDC00 {
                index += 2
                append(0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF), to: &utf8)
            } else {
                append(0xFFFD, to: &utf8)
            }
        }
    }

    @inline(__always)
    private static func append(_ scalar: UInt32, to utf8: inout OutputSpan<UInt8>) {
        func trailing(_ shift: UInt32) { utf8.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> shift & 0x3F)) }
        switch scalar {
        case ..<0x80:
            utf8.append(UInt8(truncatingIfNeeded: scalar))
        case ..<0x800:
            utf8.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
            trailing(0)
        case ..<0x10000:
            utf8.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
            trailing(6)
            trailing(0)
        default:
            utf8.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
            trailing(12)
            trailing(6)
            trailing(0)
        }
    }

    public static func encode(_ text: String) -> [UInt8] {
        var octets: [UInt8] = []
        encode(text, to: &octets)
        return octets
    }

    static func encode(_ text: String, to octets: inout [UInt8]) {
        octets.reserveCapacity(octets.count + text.utf16.count * 2)
        for unit in text.utf16 {
            octets.append(UInt8(truncatingIfNeeded: unit >> 8))
            octets.append(UInt8(truncatingIfNeeded: unit))
        }
    }
}
