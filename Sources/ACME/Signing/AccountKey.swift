import Crypto
import HTTPStack
import Wire

/// The key that an account at an authority is known by: P-256, signing ES256 (RFC 7518 §3.4).
struct AccountKey: Sendable {
    private let key: P256.Signing.PrivateKey

    init() { key = P256.Signing.PrivateKey() }

    /// Throws where the text is no such key.
    init(pem: String) throws { key = try P256.Signing.PrivateKey(pemRepresentation: pem) }

    var pem: String { key.pemRepresentation }

    /// The public half (RFC 7518 §6.2), its members in the order that a thumbprint wants.
    var jwk: JSON {
        let point = Array(key.publicKey.rawRepresentation)
        return ["crv": "P-256", "kty": "EC", "x": .string(Base64URL.encode(point[..<32])), "y": .string(Base64URL.encode(point[32...]))]
    }

    /// RFC 7638 §3.
    var thumbprint: String { Base64URL.encode(Array(SHA256.hash(data: jwk.encoded))) }

    /// What proves to an authority that the holder of this key answers a challenge (RFC 8555 §8.1).
    func authorization(of token: String) -> String { "\(token).\(thumbprint)" }

    /// r and s, 32 octets each.
    func sign(_ octets: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: octets).rawRepresentation) }

    func isValid(_ signature: [UInt8], of octets: [UInt8]) -> Bool {
        guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
        return key.publicKey.isValidSignature(signature, for: octets)
    }
}
