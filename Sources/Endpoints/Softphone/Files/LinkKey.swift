import Crypto
import Glibc
import Logging
import Synchronization

/// The key under the addresses of files: made once and kept, so that addresses outlive a restart. Read when it is first needed.
final class LinkKey: Sendable {
    private let path: String
    private let log: Logger
    private let key = Mutex<SymmetricKey?>(nil)

    init(directory: String, log: Logger) {
        path = directory + "/files.key"
        self.log = log
    }

    /// HMAC-SHA-256 of the octets.
    func seal(_ octets: [UInt8]) -> [UInt8] {
        let key = key.withLock { held in
            let key = held ?? Self.kept(at: path) ?? made()
            held = key
            return key
        }
        return Array(HMAC<SHA256>.authenticationCode(for: octets, using: key))
    }

    private static let size = 32

    private static func kept(at path: String) -> SymmetricKey? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var octets = [UInt8](repeating: 0, count: size)
        guard read(descriptor, &octets, size) == size else { return nil }
        return SymmetricKey(data: octets)
    }

    /// A new one. Where it cannot be kept it serves until the end of the process.
    private func made() -> SymmetricKey {
        let key = SymmetricKey(size: .bits256)
        let octets = key.withUnsafeBytes { Array($0) }
        let draft = path + ".new"
        let descriptor = open(draft, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, write(descriptor, octets, octets.count) == octets.count, fsync(descriptor) == 0, rename(draft, path) == 0 else {
            log.warning("the key of file addresses cannot be kept; addresses end with this process", metadata: ["path": "\(path)"])
            return key
        }
        return key
    }
}
