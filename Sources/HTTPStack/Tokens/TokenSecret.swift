import Crypto
import Telephony

/// The secret half of a token: shown once when it is made, kept only as a hash.
public enum TokenSecret {
    /// A fresh secret of 256 bits, `hl_…`, 46 characters that need no quoting anywhere.
    public static func mint(random: () -> UInt64) -> String {
        var text = "hl_"
        var bits: UInt64 = 0
        var count = 0
        // 43 characters of 6 bits hold 256 bits; the alphabet is base64url's.
        for _ in 0..<43 {
            if count < 6 {
                bits = random()
                count = 60
            }
            text.unicodeScalars.append(alphabet[Int(bits & 63)])
            bits >>= 6
            count -= 6
        }
        return text
    }

    /// What `Token.hash` holds for a secret: SHA-256, lower-case hex.
    public static func hash(_ secret: String) -> String {
        lowercaseHex(digest(secret))
    }

    static func digest(_ secret: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(secret.utf8)))
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".unicodeScalars)
}
