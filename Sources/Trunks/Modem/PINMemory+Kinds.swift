import Glibc
import Synchronization

/// Remembers for as long as the process lives.
public final class VolatilePINMemory: PINMemory {
    private let failed = Mutex<Set<String>>([])

    public init() {}

    public func hasFailed(_ fingerprint: String) -> Bool { failed.withLock { $0.contains(fingerprint) } }
    public func willTry(_ fingerprint: String) { failed.withLock { _ = $0.insert(fingerprint) } }
    public func forget(_ fingerprint: String) { failed.withLock { _ = $0.remove(fingerprint) } }
}

/// Remembers in a directory: an empty file a refused PIN. To try one again, its owner deletes the file or changes the configuration.
public struct PINMemoryDirectory: PINMemory {
    private let directory: String

    public init(_ directory: String) {
        self.directory = directory
    }

    public func hasFailed(_ fingerprint: String) -> Bool { access(path(fingerprint), F_OK) == 0 }

    public func willTry(_ fingerprint: String) {
        let descriptor = open(path(fingerprint), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    public func forget(_ fingerprint: String) { unlink(path(fingerprint)) }

    private func path(_ fingerprint: String) -> String { "\(directory)/pin-refused-\(fingerprint)" }
}
