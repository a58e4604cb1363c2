import HTTPStack

extension JSON {
    /// What a gateway writes. Some cut a text in the middle of a character, or put its line ends down as they are: the text is read all the same, and
    /// what is half a character is shown as one that is missing.
    init(ofGateway octets: [UInt8]) throws(JSONError) {
        do throws(JSONError) {
            self = try JSON(decoding: octets)
        } catch {
            self = try JSON(decoding: Self.mended(octets))
        }
    }

    /// Well-formed UTF-8, without halves of surrogate pairs and, within texts, without control characters. Nothing else is changed.
    private static func mended(_ octets: [UInt8]) -> [UInt8] {
        let octets = Array(String(decoding: octets, as: UTF8.self).utf8)
        var mended: [UInt8] = []
        mended.reserveCapacity(octets.count)
        var index = 0
        var isText = false
        while index < octets.count {
            let octet = octets[index]
            var length = 1
            switch octet {
            case UInt8(ascii: "\\") where isText:
                length = escapeLength(in: octets, at: index)
                mended += length == 6 && isHalf(octets, at: index) ? Array("\\uFFFD".utf8) : Array(octets[index..<min(index + length, octets.count)])
            case 0x00..<0x20 where isText: mended += "\\u00\(lowercaseHex(CollectionOfOne(octet)))".utf8
            default:
                if octet == UInt8(ascii: "\"") { isText.toggle() }
                mended.append(octet)
            }
            index += length
        }
        return mended
    }

    /// Octets of an escape: 12 for a surrogate pair.
    private static func escapeLength(in octets: [UInt8], at index: Int) -> Int {
        guard let unit = unit(octets, at: index) else { return 2 }
        guard (0xD800..<0xDC00).contains(unit), let low = Self.unit(octets, at: index + 6), (0xDC00..<0xE000).contains(low) else { return 6 }
        return 12
    }

    private static func isHalf(_ octets: [UInt8], at index: Int) -> Bool { unit(octets, at: index).map { (0xD800..<0xE000).contains($0) } ?? false }

    /// The number behind `\u`; nil where there is no such escape.
    private static func unit(_ octets: [UInt8], at index: Int) -> UInt16? {
        guard octets.count - index >= 6, octets[index] == UInt8(ascii: "\\"), octets[index + 1] == UInt8(ascii: "u") else { return nil }
        return UInt16(String(decoding: octets[index + 2..<index + 6], as: UTF8.self), radix: 16)
    }
}
