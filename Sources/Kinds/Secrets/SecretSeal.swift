import CryptoExtras
import Wire

/// Tells a secret from another one for the same peer without being it: scrypt (RFC 7914) under a salt of its own. A PIN has few digits,
/// so each try to find it must cost.
struct SecretSeal: CustomStringConvertible {
    private static let saltCount = 16
    private static let sealCount = 16
    /// 32 MiB and about a tenth of a second.
    private static let rounds = 1 << 15

    private let salt: [UInt8]
    private let seal: [UInt8]

    /// Seals under a fresh salt; nil when the library refuses.
    init?(of attempt: SecretAttempt) {
        let salt = (0..<Self.saltCount).map { _ in UInt8.random(in: .min ... .max) }
        guard let seal = Self.seal(attempt, salt) else { return nil }
        (self.salt, self.seal) = (salt, seal)
    }

    /// Reads what `description` wrote.
    init?(_ text: some StringProtocol) {
        guard let octets = try? Hex.decode(String(text)), octets.count == Self.saltCount + Self.sealCount else { return nil }
        salt = Array(octets[..<Self.saltCount])
        seal = Array(octets[Self.saltCount...])
    }

    var description: String { Hex.encode(salt + seal) }

    func fits(_ attempt: SecretAttempt) -> Bool { Self.seal(attempt, salt) == seal }

    private static func seal(_ attempt: SecretAttempt, _ salt: [UInt8]) -> [UInt8]? {
        let key = try? KDF.Scrypt.deriveKey(
            from: Array("\(attempt.peer):\(attempt.secret)".utf8), salt: salt, outputByteCount: sealCount, rounds: rounds, blockSize: 8,
            parallelism: 1, maxMemory: 64 * 1024 * 1024)
        return key.map { $0.withUnsafeBytes { Array($0) } }
    }
}
