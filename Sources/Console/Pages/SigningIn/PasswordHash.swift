import Crypto
import CryptoExtras
import Foundation

/// A password as it is kept: its scrypt hash (RFC 7914) with salt and parameters, `scrypt$16$8$2$salt$hash`.
public struct PasswordHash: Sendable {
    /// What it costs to try one password.
    public struct Cost: Hashable, Sendable {
        /// The binary logarithm of N.
        let rounds: Int
        let blockSize: Int
        let parallelism: Int

        /// 64 MiB and twice that work for each try, as OWASP's password storage cheat sheet has it: about a third of a second.
        public static let standard = Cost(rounds: 16, blockSize: 8, parallelism: 2)
        /// For tests.
        static let none = Cost(rounds: 4, blockSize: 1, parallelism: 1)
    }

    public let text: String

    /// Takes as long as the cost says: not for an event loop.
    public init(of password: String, cost: Cost = .standard) throws {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        text = Self.written(cost, salt, try Self.derive(password, salt, cost))
    }

    /// Nobody's: octets by chance in a hash's place. To try a password on it costs as much as on any.
    static func decoy(_ cost: Cost) -> String {
        let (salt, hash) = (SymmetricKey(size: .bits128), SymmetricKey(size: .bits256))
        return written(cost, salt.withUnsafeBytes { Array($0) }, hash.withUnsafeBytes { Array($0) })
    }

    private static func written(_ cost: Cost, _ salt: [UInt8], _ hash: [UInt8]) -> String {
        ["scrypt", "\(cost.rounds)", "\(cost.blockSize)", "\(cost.parallelism)", hex(salt), hex(hash)].joined(separator: "$")
    }

    /// Whether the password is the one that was hashed; compared in a time that tells nothing. No for a hash that is none.
    public static func matches(_ password: String, _ text: String) -> Bool {
        let fields = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 6, fields[0] == "scrypt", let rounds = Int(fields[1]), let block = Int(fields[2]), let lanes = Int(fields[3]),
            (1...20).contains(rounds), (1...16).contains(block), (1...16).contains(lanes), let salt = octets(fields[4]), let hash = octets(fields[5]),
            let found = try? derive(password, salt, Cost(rounds: rounds, blockSize: block, parallelism: lanes))
        else { return false }
        let key = SymmetricKey(size: .bits256)
        let code = HMAC<SHA256>.authenticationCode(for: hash, using: key)
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: found, using: key)
    }

    private static func derive(_ password: String, _ salt: [UInt8], _ cost: Cost) throws -> [UInt8] {
        // The same letters however a keyboard writes them (RFC 8265 §4.2).
        let octets = Array(password.precomposedStringWithCanonicalMapping.utf8)
        let key = try KDF.Scrypt.deriveKey(
            from: octets, salt: salt, outputByteCount: 32, rounds: 1 << cost.rounds, blockSize: cost.blockSize, parallelism: cost.parallelism)
        return key.withUnsafeBytes { Array($0) }
    }

    private static func hex(_ octets: [UInt8]) -> String { octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    private static func octets(_ hex: String) -> [UInt8]? {
        let digits = hex.compactMap(\.hexDigitValue)
        guard digits.count == hex.utf8.count, digits.count.isMultiple(of: 2), (32...128).contains(digits.count) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
