import Foundation

/// The octets of a text in the charset that its writer says.
enum KannelText {
    /// Nil for a charset we do not know, and for octets that are none of it. UTF-8 where nobody says, and what is none is Latin.
    static func decode(_ octets: [UInt8], charset: String?, coding: String?) -> String? {
        switch (charset ?? (coding == "2" ? "utf-16be" : "")).lowercased() {
        case "": String(validating: octets, as: UTF8.self) ?? String(bytes: octets, encoding: .windowsCP1252)
        case "utf-8", "utf8": String(validating: octets, as: UTF8.self)
        case "us-ascii", "ascii": octets.allSatisfy { $0 < 0x80 } ? String(decoding: octets, as: UTF8.self) : nil
        case "iso-8859-1", "latin1", "iso-8859-15", "latin9": latin(octets, charset: charset ?? "")
        case "windows-1252", "cp1252": String(bytes: octets, encoding: .windowsCP1252)
        case "utf-16be", "utf16be", "ucs-2", "ucs2", "ucs-2be", "utf-16", "iso-10646-ucs-2": units(octets) { UInt16($0) << 8 | UInt16($1) }
        case "utf-16le", "utf16le": units(octets) { UInt16($1) << 8 | UInt16($0) }
        default: nil
        }
    }

    /// ISO 8859-1 is the beginning of Unicode; part 15 has eight letters of its own.
    private static func latin(_ octets: [UInt8], charset: String) -> String {
        let own: [UInt8: Unicode.Scalar] =
            charset.hasSuffix("15") || charset.hasSuffix("9") && charset.lowercased().hasPrefix("latin")
            ? [0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ"] : [:]
        var text = String.UnicodeScalarView()
        for octet in octets { text.append(own[octet] ?? Unicode.Scalar(octet)) }
        return String(text)
    }

    private static func units(_ octets: [UInt8], _ join: (UInt8, UInt8) -> UInt16) -> String? {
        guard octets.count.isMultiple(of: 2) else { return nil }
        return String(validating: stride(from: 0, to: octets.count, by: 2).map { join(octets[$0], octets[$0 + 1]) }, as: UTF16.self)
    }
}
