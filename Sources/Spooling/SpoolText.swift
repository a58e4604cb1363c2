/// Texts as files carry them.
public enum SpoolText {
    /// UTF-16, most significant octet first where no mark says otherwise. Ends at a NUL: behind it gammu leaves what lay in its buffer.
    public static func utf16(_ octets: some Collection<UInt8>) -> String {
        var octets = Array(octets)[...]
        let isLittle = octets.starts(with: [0xFF, 0xFE])
        if isLittle || octets.starts(with: [0xFE, 0xFF]) { octets = octets.dropFirst(2) }
        var units: [UInt16] = []
        units.reserveCapacity(octets.count / 2)
        var index = octets.startIndex
        while index + 1 < octets.endIndex {
            let (first, second) = (UInt16(octets[index]), UInt16(octets[index + 1]))
            let unit = isLittle ? second << 8 | first : first << 8 | second
            if unit == 0 { break }
            units.append(unit)
            index += 2
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// Most significant octet first, without a mark.
    public static func utf16Octets(_ text: String) -> [UInt8] {
        text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }

    /// Text of a file without a word on its character set: UTF-16 by its mark, UTF-8 where it is that, else ISO 8859-15.
    public static func guessed(_ octets: [UInt8]) -> String {
        if octets.starts(with: [0xFE, 0xFF]) || octets.starts(with: [0xFF, 0xFE]) { return utf16(octets) }
        let marked = octets.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(octets.dropFirst(3)) : octets
        let whole = Array(marked.prefix { $0 != 0 })
        return String(validating: whole, as: UTF8.self) ?? latin(whole)
    }

    /// ISO 8859-15, which has the euro and a few letters in place of signs of ISO 8859-1.
    static func latin(_ octets: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        for octet in octets { text.append(latinDifferences[octet] ?? Unicode.Scalar(octet)) }
        return String(text)
    }

    private static let latinDifferences: [UInt8: Unicode.Scalar] = [
        0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ",
    ]

    /// Hexadecimal digits, four a unit.
    static func hex(_ text: String) -> String {
        text.utf16.reduce(into: "") { hex, unit in
            let digits = String(unit, radix: 16, uppercase: true)
            hex += String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}
