import SMS
import Wire

/// How a USSD string crosses the link (TS 27.007 §7.15); makes disagree.
public enum USSDWriting: Hashable, Sendable, CaseIterable {
    /// As characters.
    case plain
    /// As packed septets in hexadecimal digits: Huawei's way.
    case packed
    /// As UTF-16 units in hexadecimal digits.
    case ucs2

    /// The string and its data coding scheme. Throws when the text has characters that septets lack.
    func encode(_ text: String) throws(EncodeError) -> (string: String, coding: UInt8) {
        switch self {
        case .plain:
            return (text, 15)
        case .packed:
            let packed = try GSM7.encode(text)
            // Seven free bits at the end would read as `@`.
            guard packed.septets % 8 == 7 else { return (Hex.encode(packed.octets), 15) }
            return (Hex.encode(try GSM7.encode(text + "\r").octets), 15)
        case .ucs2:
            return (Hex.encode(text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }), 72)
        }
    }

    /// The text of an answer: by its coding scheme (TS 23.038 §5) first, and by looks where the make ignores that.
    static func decode(_ string: String, coding: Int?) -> String {
        guard let octets = try? Hex.decode(string), octets.count >= 2 else { return string }
        switch alphabet(of: coding ?? 15) {
        case .ucs2(let skipped):
            return utf16(octets.dropFirst(skipped)) ?? string
        case .eightBit:
            return String(decoding: octets, as: UTF8.self)
        case .septets:
            if let text = utf16(octets[...]), text.utf16.allSatisfy({ $0 < 0x80 }), isReadable(text) { return text }
            let text = unpacked(octets)
            return isReadable(text) ? text : string
        }
    }

    private enum Alphabet {
        case septets
        case eightBit
        /// Behind so many octets of language code.
        case ucs2(after: Int)
    }

    private static func alphabet(of coding: Int) -> Alphabet {
        switch coding {
        case 0x11: .ucs2(after: 2)
        case 0x40...0x7F, 0x90...0x9F:
            switch coding >> 2 & 3 {
            case 1: .eightBit
            case 2: .ucs2(after: 0)
            default: .septets
            }
        case 0xF4...0xF7: .eightBit
        default: .septets
        }
    }

    private static func utf16(_ octets: ArraySlice<UInt8>) -> String? {
        guard octets.count.isMultiple(of: 2), !octets.isEmpty else { return nil }
        let units = stride(from: octets.startIndex, to: octets.endIndex, by: 2).map { UInt16(octets[$0]) << 8 | UInt16(octets[$0 + 1]) }
        return String(validating: units, as: UTF16.self)
    }

    private static func unpacked(_ octets: [UInt8]) -> String {
        var text = GSM7.decode(octets[...], septets: 0..<octets.count * 8 / 7)
        if octets.count.isMultiple(of: 7), let last = text.last, last == "\r" || last == "@" { text.removeLast() }
        return text
    }

    /// Four characters of five as people write them.
    private static func isReadable(_ text: String) -> Bool {
        let common = text.unicodeScalars.count { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", " ", "\n", "\r", ".", ",", ":", ";", "-", "+", "*", "#", "/", "(", ")", "!", "?", "'", "\"", "%",
                "=", "€", "$":
                true
            default: scalar.value >= 0xC0 && scalar.properties.isAlphabetic && scalar.value < 0x250
            }
        }
        return !text.isEmpty && common * 5 >= text.unicodeScalars.count * 4
    }
}
