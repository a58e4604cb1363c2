import Crypto

/// What every form carries to show that it was ours: a code of the secret in the browser's cookie, which no other site can read.
struct FormToken {
    static let field = "token"

    let text: String

    init(of secret: String) { text = Self.code(secret).map(format).joined() }

    /// Compared in a time that tells nothing.
    static func isRight(_ text: String?, for secret: String) -> Bool {
        guard let text, let octets = octets(text) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(octets, authenticating: purpose, using: SymmetricKey(data: Array(secret.utf8)))
    }

    var input: HTML { "<input type=\"hidden\" name=\"token\" value=\"\(text)\">" }

    private static let purpose = Array("homeline form".utf8)

    private static func code(_ secret: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: purpose, using: SymmetricKey(data: Array(secret.utf8))))
    }

    private static func octets(_ hex: String) -> [UInt8]? {
        let digits = hex.compactMap(\.hexDigitValue)
        guard hex.utf8.count == 64, digits.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

private func format(_ octet: UInt8) -> String { (octet < 16 ? "0" : "") + String(octet, radix: 16) }
