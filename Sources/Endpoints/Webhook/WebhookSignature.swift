import Crypto
import HTTPStack
import Telephony

/// Proves to the receiver who sent a body and when: HMAC-SHA256 over `t.body`.
public struct WebhookSignature: Sendable {
    /// `t=1784073600,v1=5f2b…`: seconds since 1970 and lower-case hex.
    public let field: String

    public init(secret: String, body: [UInt8], at instant: Instant) {
        let time = String(instant.seconds)
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(time.utf8) + [UInt8(ascii: ".")] + body, using: SymmetricKey(data: Array(secret.utf8)))
        field = "t=\(time),v1=\(lowercaseHex(code))"
    }
}
