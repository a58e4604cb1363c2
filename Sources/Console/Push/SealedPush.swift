import Crypto
import Exchange
import Foundation

/// What is said to a browser, so that only it can read it: the content encoding aes128gcm (RFC 8188) with keys agreed on as RFC 8291 says.
struct SealedPush {
    let octets: [UInt8]

    /// Octets that fit into one push message (RFC 8030 §7.2), less what the encoding adds.
    static let longest = 3993
    private static let recordSize: UInt32 = 4096

    /// - Parameters:
    ///   - key: of this one message.
    ///   - salt: 16 octets of this one message.
    /// Throws where the browser's keys are none.
    init(_ words: [UInt8], for browser: PushSubscription, key: P256.KeyAgreement.PrivateKey = .init(), salt: [UInt8] = Self.freshSalt()) throws {
        let theirs = try P256.KeyAgreement.PublicKey(x963Representation: browser.key)
        let ours = Array(key.publicKey.x963Representation)
        // §3.4: the secret that both agree on is mixed with the one that the browser gave us.
        let info = Array("WebPush: info".utf8) + [0] + browser.key + ours
        let material = try key.sharedSecretFromKeyAgreement(with: theirs)
            .hkdfDerivedSymmetricKey(using: SHA256.self, salt: browser.secret, sharedInfo: info, outputByteCount: 32)
        func derived(_ purpose: String, _ count: Int) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: material, salt: salt, info: Array("Content-Encoding: \(purpose)".utf8) + [0], outputByteCount: count)
        }
        let nonce = try AES.GCM.Nonce(data: derived("nonce", 12).withUnsafeBytes { Array($0) })
        // RFC 8188 §2: a delimiter of 2 ends the last record, which is the only one.
        let box = try AES.GCM.seal(words.prefix(Self.longest) + [2], using: derived("aes128gcm", 16), nonce: nonce)
        let size = withUnsafeBytes(of: Self.recordSize.bigEndian) { Array($0) }
        octets = salt + size + [UInt8(ours.count)] + ours + Array(box.ciphertext) + Array(box.tag)
    }

    private static func freshSalt() -> [UInt8] { SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) } }
}
