import Crypto
import HTTPStack
import Wire

/// An account that its owner has with an authority already, by whose key the new one is vouched for (RFC 8555 §7.3.4).
public struct ExternalAccount: Sendable {
    public let id: String
    private let key: SymmetricKey

    /// `key` in base64url, as authorities hand it out. Nil where it is none, or shorter than 16 octets.
    public init?(id: String, key: String) {
        // Some authorities print it with its padding.
        let digits = key.prefix { $0 != "=" }
        guard key[digits.endIndex...].allSatisfy({ $0 == "=" }), let octets = Base64URL.decode(String(digits)), octets.count >= 16 else { return nil }
        self.id = id
        self.key = SymmetricKey(data: octets)
    }

    func binding(of account: AccountKey, at url: WebURL) -> JSON {
        SignedRequest.flattened(
            header: ["alg": "HS256", "kid": .string(id), "url": .string(url.description)], payload: account.jwk.encoded,
            sign: { Array(HMAC<SHA256>.authenticationCode(for: $0, using: key)) })
    }
}
