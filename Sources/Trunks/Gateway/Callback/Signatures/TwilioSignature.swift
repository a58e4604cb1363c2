import Crypto
import Foundation

/// What Twilio signs: the address it called and, sorted by name, the parameters of its form; HMAC-SHA1 under the account's token.
/// https://www.twilio.com/docs/usage/security
struct TwilioSignature {
    let secret: String

    func isRight(_ signature: String, address: String, form: [(name: String, value: String)]) -> Bool {
        guard let said = octets(base64: signature) else { return false }
        let sorted = form.sorted { Self.precedes($0.name, $1.name) || $0.name.utf8.elementsEqual($1.name.utf8) && Self.precedes($0.value, $1.value) }
        let signed = sorted.reduce(into: address) { $0 += $1.name + $1.value }
        // Compares every octet, whatever it finds.
        return HMAC<Insecure.SHA1>.isValidAuthenticationCode(said, authenticating: Data(signed.utf8), using: SymmetricKey(data: Data(secret.utf8)))
    }

    /// By octets. Texts as such are put into a normal form first, which takes minutes for a stranger's long one of some characters.
    private static func precedes(_ one: String, _ other: String) -> Bool { one.utf8.lexicographicallyPrecedes(other.utf8) }
}
