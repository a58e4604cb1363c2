import Crypto
import CryptoExtras

/// How keys are made of keys (age-encryption.org/v1).
enum AgeKeys {
    /// Wraps and unwraps the file key (§ scrypt recipient stanza). Takes 2^(work + 10) octets of memory for a moment.
    static func wrapping(_ passphrase: String, salt: [UInt8], work: Int) -> SymmetricKey? {
        let salt = Array("age-encryption.org/v1/scrypt".utf8) + salt
        return try? KDF.Scrypt.deriveKey(from: Array(passphrase.utf8), salt: salt, outputByteCount: 32, rounds: 1 << work, blockSize: 8, parallelism: 1)
    }

    static func headerCode(of header: [UInt8], fileKey: [UInt8]) -> [UInt8] {
        let key = derived(from: fileKey, salt: [], "header")
        return Array(HMAC<SHA256>.authenticationCode(for: header, using: key))
    }

    static func isRight(_ code: [UInt8], of header: [UInt8], fileKey: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: header, using: derived(from: fileKey, salt: [], "header"))
    }

    static func payload(_ fileKey: [UInt8], nonce: [UInt8]) -> SymmetricKey { derived(from: fileKey, salt: nonce, "payload") }

    private static func derived(from fileKey: [UInt8], salt: [UInt8], _ purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: SymmetricKey(data: fileKey), salt: salt, info: Array(purpose.utf8), outputByteCount: 32)
    }
}
