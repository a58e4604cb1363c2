import Crypto
import CryptoExtras
import Foundation
import HTTPStack

/// What routers take for a password. None of it is a standard; it is known from the clients that others have published.
enum LoginProof {
    /// Types 0 and 3.
    static func plain(_ password: String) -> String { base64(password) }

    /// Type 4: the password's hash, hashed again with the user's name and the token that goes with the request.
    static func hashed(_ password: String, user: String, token: String) -> String {
        base64(hexHash(user + base64(hexHash(password)) + token))
    }

    /// The answer to a challenge: like SCRAM (RFC 5802 §3) with SHA-256, but the arguments of each HMAC are exchanged, and the message that is
    /// signed is made of the nonces alone.
    static func answer(to challenge: LoginChallenge, password: String) -> String? {
        guard let salted = try? KDF.Insecure.PBKDF2.deriveKey(
            from: Array(password.utf8), salt: challenge.salt, using: .sha256, outputByteCount: 32, unsafeUncheckedRounds: challenge.iterations)
        else { return nil }
        let clientKey = code(key: Array("Client Key".utf8), salted.withUnsafeBytes { Array($0) })
        let signature = code(
            key: Array("\(challenge.clientNonce),\(challenge.serverNonce),\(challenge.serverNonce)".utf8), Array(SHA256.hash(data: clientKey)))
        return lowercaseHex(zip(clientKey, signature).map { $0 ^ $1 })
    }

    private static func code(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    }

    private static func hexHash(_ text: String) -> String { lowercaseHex(SHA256.hash(data: Array(text.utf8))) }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
