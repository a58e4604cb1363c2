import Wire

/// How octets of a MIME body are written (RFC 2045 §6), as far as bodies of messages have it.
enum TransferEncoding {
    /// As they are: 7bit, 8bit and binary.
    case identity
    case base64

    /// Nil for one that is not read.
    ///
    /// - Parameter name: in lower case.
    init?(_ name: String) {
        switch name {
        case "7bit", "8bit", "binary": self = .identity
        case "base64": self = .base64
        default: return nil
        }
    }

    func decode(_ octets: [UInt8]) throws(DecodeError) -> [UInt8] {
        switch self {
        case .identity: octets
        case .base64: try Self.base64(octets)
        }
    }

    /// RFC 2045 §6.8: line ends and space between the digits mean nothing. Anything else that is none is more than likely damage, and a text
    /// with a hole is not what was written.
    private static func base64(_ octets: [UInt8]) throws(DecodeError) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(octets.count / 4 * 3)
        var bits: UInt32 = 0, digits = 0, padding = 0
        for (place, octet) in octets.enumerated() where !isBlank(octet) {
            if octet == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            guard padding == 0, let value = value(of: octet) else { throw DecodeError("cpim.body", at: place, .invalid("base64 expected")) }
            bits = bits << 6 | value
            digits += 1
            if digits % 4 == 0 { decoded += [UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8), UInt8(truncatingIfNeeded: bits)] }
        }
        switch (digits % 4, padding) {
        case (0, 0): break
        case (2, 0), (2, 2): decoded.append(UInt8(truncatingIfNeeded: bits >> 4))
        case (3, 0), (3, 1): decoded += [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
        default: throw DecodeError("cpim.body", at: octets.count, .invalid("base64 in fours expected"))
        }
        return decoded
    }

    private static func isBlank(_ octet: UInt8) -> Bool { Grammar.isSpace(octet) || octet == 0x0D || octet == 0x0A }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
