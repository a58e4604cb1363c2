import Crypto
import CryptoExtras

extension COSEKey {
    /// Whether the signature over the octets is this key's (WebAuthn §6.5.5). No for a signature or a key that is none.
    func isValid(_ signature: [UInt8], over octets: [UInt8]) -> Bool {
        switch self {
        case .es256(let x, let y):
            guard let key = try? P256.Signing.PublicKey(x963Representation: [4] + x + y),
                let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: octets)
        case .edDSA(let x):
            guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: x) else { return false }
            return key.isValidSignature(signature, for: octets)
        case .rs256(let modulus, let exponent):
            guard let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent) else { return false }
            let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
            return key.isValidSignature(signature, for: SHA256.hash(data: octets), padding: .insecurePKCS1v1_5)
        }
    }

    /// Whether there is such a key at all: a point that is on its curve, numbers that RSA can be done with.
    var isUsable: Bool {
        switch self {
        case .es256(let x, let y): (try? P256.Signing.PublicKey(x963Representation: [4] + x + y)) != nil
        case .edDSA(let x): (try? Curve25519.Signing.PublicKey(rawRepresentation: x)) != nil
        case .rs256(let modulus, let exponent): (try? _RSA.Signing.PublicKey(n: modulus, e: exponent)) != nil
        }
    }
}
