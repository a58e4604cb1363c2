import Crypto
import Logging
import Synchronization

/// The key under the addresses of files: made once and kept, so that addresses outlive a restart. Read when it is first needed.
public final class LinkKey: Sendable {
    private struct State {
        var key: SymmetricKey?
        /// In its place while it cannot be read.
        var spare: SymmetricKey?
    }

    private let file: KeyFile
    private let log: Logger
    private let state = Mutex(State())

    public init(directory: String, log: Logger = Logger(label: "files")) {
        file = KeyFile(directory + "/files.key")
        self.log = log
    }

    /// HMAC-SHA-256 of the octets.
    public func seal(_ octets: [UInt8]) -> [UInt8] {
        let key = state.withLock { $0.key ?? found(&$0) }
        return Array(HMAC<SHA256>.authenticationCode(for: octets, using: key))
    }

    /// A key that is there and cannot be read is never replaced: every address that was given out would end with it.
    private func found(_ state: inout State) -> SymmetricKey {
        do {
            let key = try file.kept() ?? made()
            (state.key, state.spare) = (key, nil)
            return key
        } catch {
            if let spare = state.spare { return spare }
            log.warning("the key of file addresses cannot be read; until it can, addresses of before lead nowhere", metadata: ["reason": "\(error)"])
            let spare = SymmetricKey(size: .bits256)
            state.spare = spare
            return spare
        }
    }

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
