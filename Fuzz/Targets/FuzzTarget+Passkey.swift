import Factors
import Wire

extension FuzzTarget {
    /// What reads is written back to the same value, whatever is in it; and a key that reads is one of the sizes that ciphers take.
    static func passkey(_ octets: [UInt8]) -> String? {
        if let value = try? CBOR(decoding: octets), (try? CBOR(decoding: value.encoded)) != value { return "what was encoded decodes to another value" }
        let text = Base64URL.encode(octets)
        if Base64URL.decode(text) != octets { return "base64url reads otherwise than it was written" }
        if let read = Base64URL.decode(String(decoding: octets, as: UTF8.self)), Base64URL.encode(read) != String(decoding: octets, as: UTF8.self) {
            return "two texts of base64url are one value"
        }
        let attested = (try? Attestation(decoding: octets))?.authenticator ?? (try? AuthenticatorData(decoding: octets))
        guard let credential = attested?.credential else { return nil }
        if credential.id.isEmpty || credential.id.count > 1023 { return "a credential ID of \(credential.id.count) octets" }
        if (try? COSEKey(decoding: credential.keyOctets)) != credential.key { return "a key's own octets are another key" }
        return nil
    }
}
