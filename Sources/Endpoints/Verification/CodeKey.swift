import Crypto
import Files
import Glibc
import HTTPStack
import Telephony

/// The secret that codes are made of. A code is not stored, not even hashed: it is itself the keyed hash (HMAC-SHA-256) of its verification's
/// name and number, made anew to be sent again and to be compared.
struct CodeKey: Sendable {
    private let key: SymmetricKey

    init(_ octets: [UInt8]) { key = SymmetricKey(data: octets) }

    /// Six digits.
    func code(of verification: Verification) -> String {
        let hash = HMAC<SHA256>.authenticationCode(for: Array("\(verification.id) \(verification.number)".utf8), using: key)
        // 64 bits are divided by a million with a bias of one in 10^13.
        let number = hash.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 1_000_000
        let digits = String(number)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// Whether it is what somebody typed, spaces and hyphens aside; compared so that the time tells nothing.
    func isCode(of verification: Verification, _ typed: String) -> Bool {
        KnownSecret(code(of: verification)).equals(typed.filter { $0 != " " && $0 != "-" })
    }
}

extension CodeKey {
    private static let size = 32

    /// The key of a directory, made there when it is first asked for. Nil where it can be neither read nor made.
    static func kept(in directory: String, random: (Int) -> [UInt8] = Self.systemRandom) -> CodeKey? {
        let path = directory + "/codes.key"
        if let octets = read(path) { return CodeKey(octets) }
        let octets = random(size)
        return DurableFile.put(octets, at: path) ? CodeKey(octets) : nil
    }

    private static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var octets = [UInt8](repeating: 0, count: size)
        return Glibc.read(descriptor, &octets, size) == size ? octets : nil
    }

    static let systemRandom: @Sendable (Int) -> [UInt8] = { count in
        SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { Array($0) }
    }
}
