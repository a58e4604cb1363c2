import Crypto
import Foundation
import HTTPStack
import Telephony

/// What Vonage signs: its parameters but for `sig`, sorted by name, as `&name=value` with `&` and `=` of a value written `_`; HMAC-SHA256 under
/// the account's signature secret, in hexadecimal digits. https://developer.vonage.com/en/getting-started/concepts/signing-messages
struct VonageSignature {
    static let tolerance: Duration = .seconds(300)

    let secret: String

    func isRight(_ fields: [(name: String, value: String)], now: Instant) -> Bool {
        guard let said = fields.first(where: { $0.name == "sig" })?.value.lowercased(),
            let time = fields.first(where: { $0.name == "timestamp" }).flatMap({ Int64($0.value) }), now.isWithin(Self.tolerance, of: time)
        else { return false }
        let sorted = fields.filter { $0.name != "sig" }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let signed = sorted.reduce(into: "") { text, field in
            text += "&\(field.name)=" + String(String.UnicodeScalarView(field.value.unicodeScalars.map { $0 == "&" || $0 == "=" ? "_" : $0 }))
        }
        let code = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return KnownSecret(lowercaseHex(code)).equals(said)
    }
}
