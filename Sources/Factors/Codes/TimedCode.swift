import Crypto

/// Codes of six digits that change every thirty seconds (TOTP, RFC 6238, over HMAC-SHA-1, which is all that every app understands).
public enum TimedCode {
    public static let period: Int64 = 30
    public static let digits = 6
    /// Octets of a new secret (RFC 4226 §4, R6 recommends 20).
    public static let secretOctets = 20
    /// How many steps a phone's clock may be early or late (RFC 6238 §5.2).
    private static let drift: Int64 = 1

    /// The step that a time lies in, in seconds since 1970.
    public static func step(at seconds: Int64) -> Int64 { seconds >= 0 ? seconds / period : 0 }

    /// The code of a step (RFC 4226 §5.3).
    public static func code(_ secret: [UInt8], step: Int64, digits: Int = Self.digits) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * Int64($0))) }
        let code = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(code[19] & 0x0F)
        let number = code[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = "\(number)".suffix(digits)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step whose code somebody typed, of those near a time and after the last that was used; nil where it is none of theirs.
    public static func step(of text: String, _ secret: [UInt8], at seconds: Int64, after last: Int64) -> Int64? {
        let typed = Array(text.utf8.filter { $0 != UInt8(ascii: " ") })
        let now = step(at: seconds)
        var found: Int64?
        for step in max(0, now - drift)...now + drift {
            let code = Array(code(secret, step: step).utf8)
            guard typed.count == code.count else { return nil }
            // All of it, so that the time tells nothing.
            let difference = zip(typed, code).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
            if difference == 0, step > last, found == nil { found = step }
        }
        return found
    }

    /// The link that an app takes a secret from (Key Uri Format). Names that are not plain are percent-encoded.
    public static func link(_ secret: [UInt8], issuer: String, account: String) -> String {
        "otpauth://totp/\(plain(issuer)):\(plain(account))?secret=\(Base32.encode(secret))&issuer=\(plain(issuer))&algorithm=SHA1&digits=\(digits)&period=\(period)"
    }

    private static func plain(_ text: String) -> String {
        var encoded = ""
        for octet in text.utf8 {
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "."), UInt8(ascii: "_"):
                encoded.unicodeScalars.append(Unicode.Scalar(octet))
            default: encoded += "%" + (octet < 16 ? "0" : "") + String(octet, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
