import Crypto
import Logging
import Synchronization

/// The key under the addresses of files: made once and kept, so that addresses outlive a restart. Read when it is first needed.
public final class LinkKey: Sendable {
    private let file: KeyFile
    private let log: Logger
    private let key = Mutex<SymmetricKey?>(nil)

    public init(directory: String, log: Logger = Logger(label: "files")) {
        file = KeyFile(directory + "/files.key")
        self.log = log
    }

    /// HMAC-SHA-256 of the octets.
    public func seal(_ octets: [UInt8]) -> [UInt8] {
        let key = key.withLock { held in
            let key = held ?? kept() ?? made()
            held = key
            return key
        }
        return Array(HMAC<SHA256>.authenticationCode(for: octets, using: key))
    }

    private func kept() -> SymmetricKey? { try? file.kept() }

    /// A new one. Where it cannot be kept it serves until the end of the process.
    private func made() -> SymmetricKey {
        let key = SymmetricKey(size: .bits256)
        do {
            try file.keep(key)
        } catch {
            log.warning("the key of file addresses cannot be kept; addresses end with this process", metadata: ["reason": "\(error)"])
        }
        return key
    }
}
