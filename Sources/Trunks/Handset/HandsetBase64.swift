import Foundation

/// Base64 as phones write it: with line breaks, without padding, in the URL's alphabet, behind `data:…;base64,`.
enum HandsetBase64 {
    /// Nil where it is none.
    static func decode(_ text: String) -> [UInt8]? {
        var digits = Substring(text)
        if digits.hasPrefix("data:"), let comma = digits.firstIndex(of: ",") { digits = digits[digits.index(after: comma)...] }
        var plain: [UInt8] = []
        plain.reserveCapacity(digits.utf8.count + 3)
        for octet in digits.utf8 {
            switch octet {
            case UInt8(ascii: "-"): plain.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): plain.append(UInt8(ascii: "/"))
            case 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: "="): continue
            default: plain.append(octet)
            }
        }
        plain += Array(repeating: UInt8(ascii: "="), count: (4 - plain.count % 4) % 4)
        return Data(base64Encoded: Data(plain)).map { Array($0) }
    }

    /// Standard, in one line.
    static func encode(_ octets: [UInt8]) -> String { Data(octets).base64EncodedString() }
}
