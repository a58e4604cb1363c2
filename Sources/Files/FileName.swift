/// Names that others gave their files. We keep them to be shown; no path is ever made of one.
public enum FileName {
    private static let limit = 120

    /// The last segment, without control characters and what turns text around, and not too long; `file` where nothing is left.
    public static func harmless(_ name: String) -> String {
        // Scalars all the way: a character of a stranger's can be as long as the name, and hide a separator.
        let last = name.unicodeScalars.split { $0 == "/" || $0 == "\\" }.last ?? Substring().unicodeScalars
        let text = shortened(String(String.UnicodeScalarView(last.filter(isShown))))
        return text.unicodeScalars.allSatisfy({ $0 == "." || $0 == " " }) ? "file" : text
    }

    /// Without its middle, so that the ending stays.
    private static func shortened(_ text: String) -> String {
        let octets = text.utf8
        guard octets.count > limit else { return text }
        var end = octets.index(octets.startIndex, offsetBy: limit / 2)
        while isWithinScalar(octets[end]) { octets.formIndex(before: &end) }
        var start = octets.index(octets.endIndex, offsetBy: -limit / 2)
        while isWithinScalar(octets[start]) { octets.formIndex(after: &start) }
        return String(text.unicodeScalars[..<end]) + String(text.unicodeScalars[start...])
    }

    private static func isWithinScalar(_ octet: UInt8) -> Bool { octet & 0xC0 == 0x80 }

    /// The same for an address: what is neither letter, digit, point nor dash of ASCII becomes a line.
    static func plain(_ name: String) -> String {
        var octets: [UInt8] = []
        for octet in harmless(name).utf8 {
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
                UInt8(ascii: "-"):
                octets.append(octet)
            default:
                if octets.last != UInt8(ascii: "_") { octets.append(UInt8(ascii: "_")) }
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
        default: true
        }
    }

    /// For a part that has no name: `picture.jpg`, `recording.amr`.
    public static func made(for mediaType: String) -> String {
        let halves = mediaType.split(separator: "/")
        let kind = ["image": "picture", "audio": "recording", "video": "video"][halves.first ?? ""] ?? "file"
        let subtype = String(halves.dropFirst().first ?? "bin")
        let ending = ["jpeg": "jpg", "svg+xml": "svg", "3gpp": "3gp", "mpeg": "mp3", "x-vcard": "vcf", "vcard": "vcf", "plain": "txt", "octet-stream": "bin"][subtype]
        return "\(kind).\(ending ?? String(subtype.filter { $0.isLetter || $0.isNumber }.prefix(8)))"
    }
}
