import Crypto

/// The hashes that digest authentication is made of. In a file of their own: the library's names clash with SIP's.
enum Hashing {
    static let md5: @Sendable ([UInt8]) -> [UInt8] = { Array(Insecure.MD5.hash(data: $0)) }
    static let sha256: @Sendable ([UInt8]) -> [UInt8] = { Array(SHA256.hash(data: $0)) }

    /// An HMAC-SHA-256 under a fresh key: what it sealed means nothing after a restart.
    static func seal() -> @Sendable ([UInt8]) -> [UInt8] {
        // Taking in the key is half the work of sealing something short: done once.
        let keyed = HMAC<SHA256>(key: SymmetricKey(size: .bits256))
        return { octets in
            var code = keyed
            code.update(data: octets)
            return Array(code.finalize())
        }
    }
}
